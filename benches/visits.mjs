// Measures first visits to a product page, from cold and with brotli: bytes, requests, the time to
// the first advice, and how long the page's own thread is blocked. Three pages in turns, so that
// they can be compared while a machine is busy: with the element, with the API on the page's own
// thread, and with the API in a worker.
//
//     npm run build && node benches/visits.mjs [VISITS]
//
// A block is a task of the page's own thread between the start of the page and the advice, in
// processor time. Chromium slows only that thread, not workers: their part of the times is that of
// a fast processor.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { demo } from '../scripts/demo.mjs';
import { at } from '../scripts/lib/repo.mjs';
import { script } from '../scripts/lib/run.mjs';
import { chromiumPath } from '../scripts/setup.mjs';

const visitCount = Number(process.argv[2] ?? 10);
const history = [
  { article: 'LA-D01', size: '38', outcome: 'kept' },
  { article: 'VE-D04', size: '42', outcome: 'kept' },
];

const buttons = `<fieldset id="sizes">${['38', '40', '42', '44'].map((size) => `<label><input type="radio" name="size" value="${size}">${size}</label>`).join('')}</fieldset>`;
const api = (/** @type {string} */ entry) => `<p id="advice"></p><script type="module">
  import { Inseam } from '/dist/${entry}.js';
  const model = await Inseam.open('/fit/shop.inseam');
  const shopper = model.shopper({ history: ${JSON.stringify(history)} });
  const { size } = await shopper.advise('SB-D03', { inStock: ['38', '40', '42', '44'] });
  document.querySelector('#advice').textContent = size;
  advised();
</script>`;
/** @type {Record<string, string>} */
const pages = {
  element: `<inseam-advice model="/fit/shop.inseam" article="SB-D03" for="sizes" shopper='${JSON.stringify({ history })}'>Size chart</inseam-advice><script type="module" src="/dist/element.js"></script><script>document.addEventListener('inseam-advice', () => advised())</script>`,
  API: api('index'),
  worker: api('worker'),
};
const conditions = {
  quiet: { rate: 1 },
  'CPU / 4': { rate: 4 },
  // Slow 4G as Lighthouse has it: 1.6 Mbit/s, 150 ms.
  'CPU / 4, slow 4G': { rate: 4, latency: 150, throughput: 200_000 },
};

const types = { '.js': 'text/javascript', '.inseam': 'application/octet-stream' };

/** A server that compresses, and counts what it sends. */
async function brotliServer() {
  const sent = { requests: 0, bytes: 0 };
  const cache = new Map();
  const body = (/** @type {string} */ path) => {
    if (path in pages)
      return brotliCompressSync(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><script>function advised() { performance.mark('advice'); console.debug('advice'); }</script><h1>A dress</h1>${buttons}${pages[path]}`,
      );
    const file = path.startsWith('fit/') ? at('out', 'demo', path.slice(4)) : join(at('www'), path);
    const bytes = readFileSync(file);
    return path.endsWith('.js') ? brotliCompressSync(bytes) : bytes;
  };
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url.slice(1));
    try {
      if (!cache.has(path)) cache.set(path, body(path));
    } catch {
      response.writeHead(404).end();
      return;
    }
    const bytes = cache.get(path);
    const type = Reflect.get(types, extname(path)) ?? 'text/html';
    response.writeHead(200, {
      'content-type': type,
      'content-length': bytes.length,
      ...(extname(path) !== '.inseam' && { 'content-encoding': 'br' }),
    });
    response.end(bytes);
    sent.requests++;
    sent.bytes += bytes.length;
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, sent, close: () => server.close() };
}

/**
 * One visit with an empty cache.
 * @param {import('playwright-core').Browser} browser
 * @param {Awaited<ReturnType<typeof brotliServer>>} server
 * @param {string} path
 * @param {{ rate: number, latency?: number, throughput?: number }} condition
 */
async function visit(browser, server, path, { rate, latency, throughput }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  if (rate > 1) await session.send('Emulation.setCPUThrottlingRate', { rate });
  if (latency) {
    await session.send('Network.enable');
    const speed = { downloadThroughput: throughput ?? -1, uploadThroughput: throughput ?? -1 };
    await session.send('Network.emulateNetworkConditions', { offline: false, latency, ...speed });
  }
  const done = new Promise((resolve) =>
    page.on('console', (message) => message.text() === 'advice' && resolve(undefined)),
  );
  Object.assign(server.sent, { requests: 0, bytes: 0 });
  const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
  await browser.startTracing(page, { categories });
  await page.goto(`${server.url}/${path}`);
  await done;
  const time = await page.evaluate(() => performance.getEntriesByName('advice')[0]?.startTime);
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()));
  await context.close();
  return { time, ...server.sent, ...blocks(traceEvents) };
}

/** @param {any[]} events */
function blocks(events) {
  const advice = events.find(({ name, cat }) => name === 'advice' && cat.includes('user_timing'));
  const tasks = events.filter(
    ({ pid, tid, ph, name, ts }) =>
      name === 'RunTask' &&
      ph === 'X' &&
      pid === advice.pid &&
      tid === advice.tid &&
      ts < advice.ts,
  );
  const times = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return {
    longest: Math.max(...times),
    all: times.reduce((sum, one) => sum + one, 0),
    long: times.filter((one) => one > 50).length,
  };
}

/** @param {number[]} values */
const summary = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return `${sorted[0].toFixed(0)} / ${sorted[sorted.length >> 1].toFixed(0)}`;
};

await script(async () => {
  await demo();
  const server = await brotliServer();
  const args = ['--headless', '--no-sandbox', '--disable-gpu'];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  console.log(`${visitCount} visits to each page, minimum / median`);
  for (const [name, condition] of Object.entries(conditions)) {
    /** @type {Record<string, Awaited<ReturnType<typeof visit>>[]>} */
    const seen = {};
    for (let i = 0; i < visitCount; i++)
      for (const path of Object.keys(pages)) {
        seen[path] ??= [];
        seen[path].push(await visit(browser, server, path, condition));
      }
    for (const [path, visits] of Object.entries(seen)) {
      const all = (/** @type {keyof (typeof visits)[0]} */ key) => visits.map((one) => one[key]);
      console.log(
        `${name}, ${path}: ${Math.max(...all('bytes'))} bytes in ${Math.max(...all('requests'))} requests, advice after ${summary(all('time'))} ms, longest block ${summary(all('longest'))} ms, all blocks ${summary(all('all'))} ms, blocks over 50 ms ${summary(all('long'))}`,
      );
    }
  }
  await browser.close();
  server.close();
});
