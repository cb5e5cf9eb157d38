// Serves the demo shop's files over HTTP, for `npm start` and the browser tests. It needs only
// Node, and only this machine can reach it.
//
//   /        www/demo    the shop's pages
//   /dist/   www/dist    the compiled TypeScript
//   /pkg/    www/pkg     the WASM module and its glue
//   /fit/    out/demo    the public file of the model that `npm start` trained
//   /shopify/            the plugin's theme blocks, which the page on integration shows
//
// It answers range requests, because the page reads only the parts of a model that it needs.
import { createReadStream, realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { at } from './lib/repo.mjs';
import { Stop, script, started } from './lib/run.mjs';

/**
 * A folder that is served under a prefix of the URL's path; `only` restricts it to file names that
 * match.
 * @typedef {{ prefix: string, folder: string, only?: RegExp }} Mount
 */

/**
 * The folders to serve. The first one whose prefix matches is used.
 * @type {Mount[]}
 */
export const mounts = [
  { prefix: '/dist/', folder: at('www', 'dist') },
  { prefix: '/pkg/', folder: at('www', 'pkg') },
  // The folder also holds private files and the simulated truth, which no page may read.
  { prefix: '/fit/', folder: at('out', 'demo'), only: /\.inseam$/ },
  {
    prefix: '/shopify/',
    folder: at('integrations', 'shopify', 'extensions', 'size-advice', 'blocks'),
    only: /\.liquid$/,
  },
  { prefix: '/', folder: at('www', 'demo') },
];

/**
 * The content type of each file extension.
 * @type {Record<string, string>}
 */
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
 * A Content-Security-Policy as strict as a careful shop's: nothing from other servers, and WASM
 * only because 'wasm-unsafe-eval' allows it.
 */
const strict =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** @typedef {{ file: string, info: import('node:fs').Stats }} Found */

/**
 * The file that a URL names, or the address to redirect to. Undefined if there is no such file or
 * nobody may read it.
 * @param {string} url
 * @param {Mount[]} mounts
 * @returns {Promise<{ redirect: string } | Found | undefined>}
 */
async function find(url, mounts) {
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
  const mount = mounts.find(({ prefix }) => path.startsWith(prefix));
  if (!mount) return undefined;
  try {
    let file = join(mount.folder, path.slice(mount.prefix.length));
    let info = await stat(file);
    if (info.isDirectory()) {
      // Without the slash at the end, relative URLs in the page would start one folder too high.
      if (!path.endsWith('/'))
        return { redirect: `${url.split(/[?#]/, 1)[0].replace(/^\/+/, '/')}/` };
      file = join(file, 'index.html');
      info = await stat(file);
    }
    // A symbolic link must not lead out of the folder.
    if (!realpathSync(file).startsWith(realpathSync(mount.folder) + sep)) return undefined;
    if (!info.isFile() || (mount.only && !mount.only.test(file))) return undefined;
    return { file, info };
  } catch {
    return undefined;
  }
}

/**
 * Reads a Range header with one byte range (RFC 9110, section 14). The server ignores any other
 * header, as the standard allows, and sends the whole file.
 * @param {string | undefined} header
 * @param {number} size bytes of the file
 * @returns {{ start: number, end: number } | 'whole' | 'unsatisfiable'} `end` is the position of
 *   the range's last byte
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
 * Answers one request.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Mount[]} mounts
 * @param {string} policy the Content-Security-Policy
 */
async function answer(request, response, mounts, policy) {
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
  const found = await find(request.url ?? '/', mounts);
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
  // If the file has changed since the page read its first part, a range of it would not fit to that
  // part.
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
 * Starts the server on 127.0.0.1.
 * @param {object} [options]
 * @param {number} [options.port] the first port to try; the server takes the first free one of this
 *   port and the twenty after it. With 0 the system chooses a port.
 * @param {Mount[]} [options.mounts]
 * @param {string} [options.policy] the Content-Security-Policy
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
        `The server found no free port: it tried 127.0.0.1:${port} and the ${tried} ports after it. ${error.message}`,
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

/** The port in the environment variable PORT, or 8080. */
export function wantedPort() {
  const text = process.env.PORT;
  if (text === undefined || text === '') return 8080;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Stop(
      `The environment variable PORT is ${text}, but it must be a number from 0 to 65535.`,
    );
  return Number(text);
}

/** Serves the demo shop until Ctrl-C. */
export async function serveUntilStopped() {
  const port = wantedPort();
  const server = await serve({ port });
  if (port !== 0 && server.port !== port) console.log(`Another program uses port ${port}.`);
  console.log(`\n  The demo shop is at ${server.url}/\n  Ctrl-C stops it.\n`);
  await new Promise((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  await server.close();
  console.log('\nThe server has stopped.');
}

if (started(import.meta.url)) await script(serveUntilStopped);
