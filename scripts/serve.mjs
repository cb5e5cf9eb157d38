// A small static server for the demo shop, which the browser tests use too. Node alone; only this
// machine can reach it.
//
//   /        www/demo    the shop's pages
//   /dist/   www/dist    the compiled TypeScript
//   /pkg/    www/pkg     the WASM module and its glue
//   /fit/    out/demo    the model that `npm start` trained: the public file alone
//
// Range requests are answered, because the page reads of a model only the parts it needs.
import { createReadStream, realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { at } from './lib/repo.mjs';
import { Stop, script, started } from './lib/run.mjs';

/** @typedef {{ prefix: string, folder: string, only?: RegExp }} Mount */

/** The first whose prefix matches is taken. @type {Mount[]} */
export const mounts = [
  { prefix: '/dist/', folder: at('www', 'dist') },
  { prefix: '/pkg/', folder: at('www', 'pkg') },
  // Beside the model stand the private files and the simulated truth, which no page may have.
  { prefix: '/fit/', folder: at('out', 'demo'), only: /\.inseam$/ },
  { prefix: '/', folder: at('www', 'demo') },
];

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.inseam': 'application/octet-stream',
};

/**
 * As strict as a careful shop's: WASM is allowed by its own word, and nothing comes from elsewhere.
 */
const strict =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The file a URL stands for, or nothing.
 * @param {string} url
 * @param {Mount[]} where
 * @returns {Promise<{ redirect: string } | { file: string, info: import('node:fs').Stats } | undefined>}
 */
async function find(url, where) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  if (
    !path.startsWith('/') ||
    /[\\\0]/.test(path) ||
    path.split('/').some((part) => part.startsWith('.'))
  )
    return undefined;
  const mount = where.find(({ prefix }) => path.startsWith(prefix));
  if (!mount) return undefined;
  try {
    let file = join(mount.folder, path.slice(mount.prefix.length));
    let info = await stat(file);
    if (info.isDirectory()) {
      // Without the stroke, the page's relative addresses would point one folder too high.
      if (!path.endsWith('/'))
        return { redirect: `${url.split(/[?#]/, 1)[0].replace(/^\/+/, '/')}/` };
      file = join(file, 'index.html');
      info = await stat(file);
    }
    // A symbolic link must not lead out of the folder either.
    if (!realpathSync(file).startsWith(realpathSync(mount.folder) + sep)) return undefined;
    if (!info.isFile() || (mount.only && !mount.only.test(file))) return undefined;
    return { file, info };
  } catch {
    return undefined;
  }
}

/**
 * One byte range, as RFC 9110 has it. Anything not understood is ignored, which the standard
 * allows: the answer is then the whole file.
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ start: number, end: number } | 'whole' | 'unsatisfiable'} `end` is the last byte's position
 */
export function byteRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'whole';
  if (match[1] === '') {
    const last = Number(match[2]);
    if (last === 0 || size === 0) return 'unsatisfiable';
    return { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return 'whole';
  return start >= size ? 'unsatisfiable' : { start, end };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Mount[]} where
 * @param {string} policy
 */
async function answer(request, response, where, policy) {
  const plain = (
    /** @type {number} */ status,
    /** @type {Record<string, string>} */ headers = {},
  ) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end(request.method === 'HEAD' ? undefined : `${status}\n`);
  };
  response.setHeader('x-content-type-options', 'nosniff');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, { allow: 'GET, HEAD' });
  const found = await find(request.url ?? '/', where);
  if (!found) return plain(404);
  if ('redirect' in found) return plain(308, { location: found.redirect });
  const { file, info } = found;
  const tag = `"${info.size.toString(16)}-${Math.round(info.mtimeMs).toString(16)}"`;
  const headers = {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    'last-modified': info.mtime.toUTCString(),
    etag: tag,
  };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  // A range of a file that has changed since would be a range of another file.
  const same = [undefined, tag, headers['last-modified']].includes(
    request.headers['if-range']?.toString(),
  );
  const range = same ? byteRange(request.headers.range, info.size) : 'whole';
  if (range === 'unsatisfiable') return plain(416, { 'content-range': `bytes */${info.size}` });
  const { start, end } = range === 'whole' ? { start: 0, end: info.size - 1 } : range;
  const partial =
    range === 'whole' ? {} : { 'content-range': `bytes ${start}-${end}/${info.size}` };
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...headers,
    ...partial,
    'content-length': end - start + 1,
  });
  if (request.method === 'HEAD' || info.size === 0) {
    response.end();
    return;
  }
  createReadStream(file, { start, end })
    .on('error', () => response.destroy())
    .pipe(response);
}

/**
 * Starts the server on the given port of 127.0.0.1, or on the next free one of the twenty after it;
 * 0 takes any.
 * @param {{ port?: number, mounts?: Mount[], policy?: string }} [options] `policy` is the Content-Security-Policy
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve({ port = 8080, mounts: where = mounts, policy = strict } = {}) {
  const server = createServer((request, response) => {
    answer(request, response, where, policy).catch(() => response.destroy());
  });
  const listen = (/** @type {number} */ at) =>
    /** @type {Promise<NodeJS.ErrnoException | undefined>} */ (
      new Promise((done) => {
        server.once('error', done);
        server.listen(at, '127.0.0.1', () => {
          server.off('error', done);
          done(undefined);
        });
      })
    );
  for (let tried = 0; ; tried++) {
    const error = await listen(port === 0 ? 0 : port + tried);
    if (!error) break;
    if (
      !['EADDRINUSE', 'EACCES'].includes(error.code ?? '') ||
      tried === 20 ||
      port + tried >= 65_535
    ) {
      throw new Stop(
        `No port can be had at 127.0.0.1:${port} or the ${tried} after it: ${error.message}`,
      );
    }
  }
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The port that the environment asks for. */
export function wantedPort() {
  const text = process.env.PORT;
  if (text === undefined || text === '') return 8080;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Stop(`PORT is ${text}; it must be 0 to 65535.`);
  return Number(text);
}

/** Serves until Ctrl-C. */
export async function serveUntilStopped() {
  const port = wantedPort();
  const server = await serve({ port });
  if (port !== 0 && server.port !== port) console.log(`Port ${port} is taken.`);
  console.log(`\n  The demo shop is at ${server.url}/\n  Ctrl-C stops it.\n`);
  await new Promise((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  await server.close();
  console.log('\nStopped.');
}

if (started(import.meta.url)) await script(serveUntilStopped);
