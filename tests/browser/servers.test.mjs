// Servers of another site, and service workers, as a browser sees them: tests/node/servers.test.mjs
// has more of them.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { catalogue } from '../node/catalogue.mjs';
import { shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
/** @type {import('node:http').Server} */
let server;
/** @type {Buffer} */
let file;
let base = '';
/** @type {(range: number[] | undefined, response: any) => void} */
let reply;
let requests = 0;
let sent = 0;
before(async () => {
  shop = await openShop();
  file = await catalogue(100_000);
  server = createServer(({ headers }, response) => {
    requests++;
    response.setHeader('access-control-allow-origin', '*');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const range = from === undefined ? undefined : [Number(from), Number(to) + 1];
    const end = response.end.bind(response);
    response.end = (body) => {
      sent += body?.length ?? 0;
      return end(body);
    };
    reply(range, response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server?.close();
  await shop?.close();
});

const part = (all, [start, end], response, headers = {}) => {
  const bytes = all.subarray(start, end);
  const last = start + bytes.length - 1;
  response.writeHead(206, { 'content-range': `bytes ${start}-${last}/${all.length}`, ...headers });
  response.end(bytes);
};

/** What the server does, and the requests and bytes that the first advice may take. */
const servers = [
  [
    'does not expose Content-Range to other sites',
    (range, response) => (range ? part(file, range, response) : response.end(file)),
    2,
    60_000,
  ],
  [
    'sends the whole file with 206, always',
    (_, response) => part(file, [0, file.length], response),
    1,
  ],
  [
    'sends 206 without Content-Range and the whole file',
    (_, response) => response.writeHead(206).end(file),
    1,
  ],
  [
    'refuses ranges at first with 416',
    (range, response) => (range ? response.writeHead(416).end() : response.end(file)),
    2,
  ],
  [
    'stores its objects compressed',
    (range, response) => {
      const all = gzipSync(file, { level: 1 });
      const headers = { 'content-encoding': 'gzip' };
      if (range) part(all, range, response, headers);
      else response.writeHead(200, headers).end(all);
    },
    3,
  ],
];
for (const [what, answer, most, mostBytes] of servers) {
  test(`a server that ${what}: the advice, with few requests`, async () => {
    [requests, sent, reply] = [0, 0, answer];
    const html = `<inseam-advice model="${base}/shop.inseam" article="A5">Size chart</inseam-advice>`;
    const { settled, close } = await shopPage(shop, html, { policy: '' });
    const { message, size } = await settled('result');
    assert.equal(message, undefined);
    assert.ok(size);
    assert.ok(requests <= most, `${requests} requests`);
    if (mostBytes) assert.ok(sent <= mostBytes, `${sent} bytes`);
    await close();
  });
}

test('a file beyond whole-limit is not loaded, and the error says why', async () => {
  reply = (_, response) => response.writeHead(200, { 'content-length': file.length }).end(file);
  const html = `<inseam-advice model="${base}/shop.inseam" article="A5" whole-limit="100000">Size chart</inseam-advice>`;
  const { page, settled, close } = await shopPage(shop, html, { policy: '' });
  assert.match((await settled('result')).message, /longer than wholeLimit, 100000 bytes/);
  assert.equal(await page.getByText('Size chart').isVisible(), true);
  await close();
});

test('a service worker that answers ranges from its cache with the whole file', async () => {
  const worker = `addEventListener('install', () => skipWaiting());
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));
    addEventListener('fetch', (event) => {
      if (!event.request.url.endsWith('.inseam')) return;
      event.respondWith((async () => {
        const cache = await caches.open('all');
        const known = await cache.match(event.request.url);
        if (known) return known;
        const response = await fetch(event.request);
        await cache.put(event.request, response.clone());
        return response;
      })());
    });`;
  const html = `<script>navigator.serviceWorker.register('/test/naive.js').then(() => navigator.serviceWorker.ready).then(() => {
    const element = document.createElement('inseam-advice');
    element.model = '/fit/shop.inseam';
    element.article = 'SB-D03';
    setTimeout(() => document.body.append(element), 300);
  });</script>`;
  const { settled, close } = await shopPage(shop, html, {
    policy: '',
    route: async (page) => {
      await page
        .context()
        .route('**/test/naive.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: worker }),
        );
    },
  });
  // A part can't be put into a cache, so the worker fails at the first range.
  const { message, size } = await settled('result');
  assert.equal(message, undefined);
  assert.ok(size);
  await close();
});
