import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { byteRange, serve } from './serve.mjs';

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inseam-serve-'));
  for (const name of ['shop/sub', 'fit']) mkdirSync(join(folder, name), { recursive: true });
  const files = {
    'secret.txt': 'secret',
    'shop/index.html': '<p>the shop</p>',
    'shop/sub/index.html': 'below',
    'shop/a.wasm': '0123456789',
    'shop/empty.css': '',
    'shop/.hidden': 'secret',
    'fit/shop.inseam': 'model',
    'fit/shop.customers': 'secret',
  };
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'shop', 'link.txt'));
  server = await serve({
    port: 0,
    mounts: [
      { prefix: '/fit/', folder: join(folder, 'fit'), only: /\.inseam$/ },
      { prefix: '/', folder: join(folder, 'shop') },
    ],
  });
});

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends a path as it is; `fetch` would normalise it first. */
function get(
  /** @type {string} */ path,
  /** @type {Record<string, string>} */ headers = {},
  method = 'GET',
) {
  return /** @type {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: string }>} */ (
    new Promise((done, fail) => {
      request({ host: '127.0.0.1', port: server.port, path, headers, method }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part) => {
          body += part;
        });
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      })
        .on('error', fail)
        .end();
    })
  );
}

test('the address of a folder returns its index.html; a file has its content type', async () => {
  assert.equal((await get('/')).body, '<p>the shop</p>');
  assert.equal((await get('/?a=b')).status, 200);
  assert.match((await get('/')).headers['content-type'] ?? '', /^text\/html/);
  assert.equal((await get('/a.wasm')).headers['content-type'], 'application/wasm');
  assert.equal((await get('/fit/shop.inseam')).body, 'model');
  assert.equal((await get('/empty.css')).status, 200);
  const sub = await get('/sub');
  assert.deepEqual([sub.status, sub.headers.location], [308, '/sub/']);
  assert.equal((await get('//evil.example/..')).status, 404);
});

test('the server never sends files from outside its folders', async () => {
  const paths = [
    '/../secret.txt',
    '/sub/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
    '/.hidden',
    '/link.txt',
    '/fit/shop.customers',
    '/fit/../../secret.txt',
    'secret.txt',
  ];
  for (const path of paths) {
    const { status, body } = await get(path);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    assert.ok(!body.includes('secret'), path);
  }
});

test('a range request returns only that part of the file', async () => {
  const part = await get('/a.wasm', { range: 'bytes=2-4' });
  assert.equal(part.status, 206);
  assert.equal(part.body, '234');
  assert.equal(part.headers['content-range'], 'bytes 2-4/10');
  assert.equal(part.headers['content-length'], '3');
  assert.equal((await get('/a.wasm', { range: 'bytes=-3' })).body, '789');
  assert.equal((await get('/a.wasm', { range: 'bytes=8-100' })).body, '89');
  const beyond = await get('/a.wasm', { range: 'bytes=10-' });
  assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, 'bytes */10']);
});

test('a range request returns the whole file if the file has changed', async () => {
  const { headers } = await get('/a.wasm');
  const same = await get('/a.wasm', { range: 'bytes=0-0', 'if-range': String(headers.etag) });
  assert.equal(same.status, 206);
  const changed = await get('/a.wasm', { range: 'bytes=0-0', 'if-range': '"other"' });
  assert.deepEqual([changed.status, changed.body], [200, '0123456789']);
});

test('byteRange reads a Range header', () => {
  assert.equal(byteRange(undefined, 10), 'whole');
  assert.equal(byteRange('bytes=1-2,4-5', 10), 'whole');
  assert.equal(byteRange('items=1-2', 10), 'whole');
  assert.equal(byteRange('bytes=-', 10), 'whole');
  assert.equal(byteRange('bytes=5-4', 10), 'whole');
  assert.equal(byteRange('bytes=-0', 10), 'unsatisfiable');
  assert.equal(byteRange('bytes=0-', 0), 'unsatisfiable');
  assert.deepEqual(byteRange('bytes=0-0', 10), { start: 0, end: 0 });
  assert.deepEqual(byteRange('bytes=-99', 10), { start: 0, end: 9 });
});

test('the server does not send a file that the page already has, and no body for HEAD', async () => {
  const { headers } = await get('/a.wasm');
  assert.equal((await get('/a.wasm', { 'if-none-match': String(headers.etag) })).status, 304);
  const head = await get('/a.wasm', {}, 'HEAD');
  assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '10', '']);
  assert.equal((await get('/a.wasm', {}, 'POST')).status, 405);
});

test('if a port is in use, the server takes the next free one', async () => {
  const other = createServer();
  await new Promise((done) => other.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (other.address());
  const second = await serve({ port, mounts: [] });
  try {
    assert.ok(second.port > port && second.port <= port + 20);
  } finally {
    await second.close();
    other.close();
  }
});
