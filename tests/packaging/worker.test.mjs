// The entry with the engine in a worker: in the kinds of workers that browsers have, where workers
// are refused, and built by bundlers.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { at } from '../../scripts/lib/repo.mjs';
import { serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { packed, yard } from './pack.mjs';

const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const plain = join(yard, 'worker-plain');
/** The size that every variant has to advise. @type {string | undefined} */
let expected;

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  await packed();
  cpSync(join(yard, 'worker'), plain, { recursive: true });
  const main = join(plain, 'main.js');
  const source = readFileSync(main, 'utf8');
  writeFileSync(main, source.replace('inseam/worker', '/inseam/worker.js'));
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox'],
  });
  const { Inseam } = await import('inseam');
  const model = await Inseam.fromBytes(readFileSync(at('out', 'demo', 'shop.inseam')));
  const history = [{ article: 'LA-D01', size: '38' }];
  expected = (await model.shopper({ history }).advise('SB-D03')).size;
  assert.ok(expected);
});
after(() => browser?.close());

/** @type {(() => Promise<void>)[]} */
const opened = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/**
 * A shop's server, and new pages of it: what each has noted in its document.
 * @param {string} folder
 * @param {string} [workers] what the policy says about workers
 */
async function shop(folder, workers = "worker-src 'self'") {
  const server = await serve({
    port: 0,
    policy: `${policy}; ${workers}`,
    mounts: [
      { prefix: '/fit/', folder: at('out', 'demo'), only: /\.inseam$/ },
      { prefix: '/inseam/', folder: join(yard, 'node_modules', 'inseam', 'www', 'dist') },
      { prefix: '/', folder },
    ],
  });
  const context = await browser.newContext();
  opened.push(
    () => context.close(),
    () => server.close(),
  );
  const open = async (prepare = async (/** @type {import('playwright-core').Page} */ _) => {}) => {
    const page = await context.newPage();
    await prepare(page);
    await page.goto(`${server.url}/index.html`);
    await page.locator('body[data-size]').waitFor({ state: 'attached', timeout: 30_000 });
    const noted = await page.evaluate(() => ({ ...document.body.dataset }));
    return { page, noted };
  };
  return { context, open };
}

/** @param {Record<string, string | undefined>} noted */
function check({ size, ranked, influences, mean, brand, groups, mistake }) {
  assert.equal(size, expected);
  assert.ok(['SB-D03', 'LA-D01'].includes(ranked ?? ''), ranked);
  assert.ok(Number(influences) > 0, 'the advice is explained');
  assert.equal(mean, 'true');
  assert.ok(brand);
  assert.ok(Number(groups) > 0);
  assert.equal(mistake, 'InseamInput');
}

const withoutShared = (/** @type {import('playwright-core').Page} */ page) =>
  page.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'));

test('the pages of an origin share one worker, and compute nothing themselves', async () => {
  const { open } = await shop(plain);
  for (let i = 0; i < 2; i++) {
    const { noted } = await open();
    check(noted);
    assert.equal(noted.here, 'false');
  }
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  assert.equal(targetInfos.filter(({ type }) => type === 'shared_worker').length, 1);
});

test('without shared workers each page has its own', async () => {
  const { open } = await shop(plain);
  const { page, noted } = await open(withoutShared);
  check(noted);
  assert.equal(noted.here, 'false');
  assert.equal(page.workers().length, 1);
});

for (const [why, workers, prepare] of /** @type {const} */ ([
  ['the policy refuses workers', "worker-src 'none'", undefined],
  [
    'the worker’s script is not there',
    undefined,
    async (/** @type {import('playwright-core').Page} */ page) => {
      await withoutShared(page);
      await page.route('**/worker-host.js', (route) => route.fulfill({ status: 404 }));
    },
  ],
  [
    'the worker refuses WebAssembly',
    undefined,
    async (/** @type {import('playwright-core').Page} */ page) => {
      await withoutShared(page);
      await page.route('**/worker-host.js', async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), 'content-security-policy': "default-src 'self'" };
        await route.fulfill({ response, headers });
      });
    },
  ],
]))
  test(`the page’s own thread answers where ${why}`, async () => {
    const { open } = await shop(plain, workers);
    const { noted } = await open(prepare);
    check(noted);
    assert.equal(noted.here, 'true');
  });

test('Vite finds the worker’s script', async () => {
  const { build } = await import('vite');
  const outDir = join(yard, 'worker-vite');
  await build({
    root: join(yard, 'worker'),
    logLevel: 'error',
    build: { outDir, target: 'es2022' },
  });
  const { open } = await shop(outDir);
  const { noted } = await open();
  check(noted);
  assert.equal(noted.here, 'false');
});
