// A million articles on a static server: what a page requests, and how many bytes that is.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { at } from '../../scripts/lib/repo.mjs';
import { mounts, serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { catalogue, signed } from '../node/catalogue.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let key = '';

before(async () => {
  const { bytes, key: ours } = signed(await catalogue(1_000_000));
  key = ours;
  const folder = at('target', 'catalogue', 'www');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/million.inseam`, bytes);
  writeFileSync(`${folder}/page.html`, '<!doctype html><title>A page</title>');
  const own = ['/million.inseam', '/page.html'].map((prefix) => ({ prefix, folder }));
  server = await serve({
    port: 0,
    mounts: [
      { prefix: '/shop/', folder },
      ...mounts.filter(({ prefix }) => prefix !== '/'),
      ...own,
    ],
  });
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--js-flags=--expose-gc',
      '--enable-precise-memory-info',
    ],
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page of the shop, and the length of each response of the model's file so far. */
async function visit() {
  const page = await browser.newPage();
  /** @type {number[]} */
  const answers = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.inseam'))
      answers.push(Number(response.headers()['content-length']));
  });
  await page.goto(`${server.url}/shop/page.html`);
  return { page, answers, bytes: () => answers.reduce((sum, n) => sum + n, 0) };
}

/** Advice on an article for the page's shopper. The first call opens the model. */
const advise = (page, article) =>
  page.evaluate(async (id) => {
    globalThis.shopper ??= (async () => {
      const { Inseam } = await import('/dist/index.js');
      return (await Inseam.open('/shop/million.inseam')).shopper();
    })();
    const { size, outcomes } = await (await globalThis.shopper).advise(id);
    return { size, outcomes: outcomes.length };
  }, article);

test('two requests of 40 kB before the first advice, one of 10 kB for each further article', async () => {
  const { page, answers, bytes } = await visit();
  const first = await advise(page, 'A123456');
  assert.equal(first.outcomes, 6);
  assert.equal(answers.length, 2);
  console.log(`first advice: ${answers.join(' + ')} bytes`);
  assert.ok(bytes() <= 40_000, `${bytes()} bytes`);
  for (const article of ['A7', 'A999999', 'A500000']) {
    const before = bytes();
    assert.equal((await advise(page, article)).outcomes, 6);
    console.log(`${article}: ${bytes() - before} bytes`);
    assert.ok(bytes() - before <= 10_000, `${bytes() - before} bytes`);
  }
  assert.equal(answers.length, 5);
  await advise(page, 'A7');
  assert.equal(answers.length, 5);
  assert.equal((await advise(page, 'no such article')).outcomes, 0);
  await page.close();
});

test('Chromium checks a signature', async () => {
  const { page } = await visit();
  const tried = await page.evaluate(
    async ([ours, theirs]) => {
      const { Inseam } = await import('/dist/index.js');
      const open = (keys) =>
        Inseam.open('/shop/million.inseam', { keys }).then(
          ({ groups }) => groups.length,
          (error) => `${error.name}: ${error.message}`,
        );
      return [await open([ours]), await open([theirs])];
    },
    [key, key.replace(/^../, (byte) => (byte === '00' ? '01' : '00'))],
  );
  assert.equal(tried[0], 4, String(tried[0]));
  assert.match(String(tried[1]), /^InseamUntrusted: /);
  await page.close();
});

/**
 * Puts the engine's exports into `globalThis.engine`, however the engine is started.
 * @param {import('playwright-core').Page} page
 */
const exposeEngine = (page) =>
  page.evaluate(() => {
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class extends Instance {
      constructor(/** @type {any} */ module, /** @type {any} */ imports) {
        super(module, imports);
        /** @type {any} */ (globalThis).engine = this.exports;
      }
    };
  });

test('50,000 advices on random articles do not make a page larger', async () => {
  const { page, answers } = await visit();
  await exposeEngine(page);
  await advise(page, 'A1');
  const { sizes, advised } = await page.evaluate(async () => {
    const { Inseam } = await import('/dist/index.js');
    const shopper = (await Inseam.open('/shop/million.inseam')).shopper({ body: {} });
    const { memory } = /** @type {any} */ (globalThis).engine;
    const used = () => {
      // The second run also counts the buffers that the first has released.
      globalThis.gc();
      globalThis.gc();
      return { heap: performance.memory.usedJSHeapSize, engine: memory.buffer.byteLength };
    };
    // The generator of Numerical Recipes: the same articles in every run.
    let state = 1;
    const random = (/** @type {number} */ below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    // One of fifty articles is any of the million and has to be loaded. The others are the latest
    // of these, whose blocks the engine still holds.
    const seen = ['A1'];
    const sizes = [];
    let advised = 0;
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 5_000; i++) {
        if (i % 50 === 0) seen[random(32)] = `A${random(1_000_000)}`;
        const { size } = await shopper.advise(seen[random(32)] ?? 'A1');
        advised += Number(size !== undefined);
      }
      sizes.push(used());
    }
    return { sizes, advised };
  });
  const megabytes = sizes.map(
    ({ heap, engine }) => `${(heap / 1e6).toFixed(1)} + ${(engine / 1e6).toFixed(1)}`,
  );
  console.log(`heap and module's memory after each 5,000 advices, MB: ${megabytes.join(', ')}`);
  assert.equal(advised, 50_000);
  // After half of the advices the caches are full. From then on the heap may grow by 300 kB, and
  // the module's memory by two of its pages of 64 kB, as the largest blocks may still come. A leak
  // of twelve bytes at each advice would fail.
  const [warm, later] = [sizes[4], sizes.slice(5)];
  for (const { heap, engine } of later) {
    assert.ok(engine <= (warm?.engine ?? 0) + 2 * 65_536, megabytes.join(', '));
    assert.ok(heap < (warm?.heap ?? 0) + 3e5, megabytes.join(', '));
  }
  assert.ok(answers.length > 750, `${answers.length} requests`);
  await page.close();
});
