// The snippets of the demo's integration page, word for word: built or rendered, opened, and used
// to take a size.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { at } from '../../scripts/lib/repo.mjs';
import { serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { packed, yard } from './pack.mjs';

const folder = join(yard, 'snippets');
const history = [{ article: 'LA-D01', size: '38' }];

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  await packed();
  cpSync(at('www', 'demo', 'integrate', 'snippets'), folder, { recursive: true });
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox'],
  });
});
after(() => browser?.close());

/** @type {(() => Promise<void>)[]} */
const opened = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/**
 * Opens a page as a shopper with a history, and waits for the advice.
 * @param {string} root
 * @param {string} path
 */
async function open(root, path) {
  const server = await serve({
    port: 0,
    mounts: [
      { prefix: '/fit/', folder: at('out', 'demo'), only: /\.inseam$/ },
      { prefix: '/inseam/', folder: join(yard, 'node_modules', 'inseam', 'www', 'dist') },
      { prefix: '/', folder: root },
    ],
  });
  const page = await browser.newPage();
  opened.push(
    () => page.close(),
    () => server.close(),
  );
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (
      ['error', 'warning'].includes(message.type()) &&
      !/Failed to load resource/.test(message.text())
    )
      errors.push(message.text());
  });
  await page.addInitScript(
    (known) => localStorage.setItem('inseam.shopper', JSON.stringify({ history: known })),
    history,
  );
  await page.goto(`${server.url}/${path}`);
  await page.waitForFunction(() => document.querySelector('inseam-advice')?.result);
  const result = await page.evaluate(() => {
    const { state, takes, advice } = document.querySelector('inseam-advice').result;
    return { state, takes, size: advice?.size };
  });
  return { page, errors, result };
}

test('plain HTML', async () => {
  const { page, errors, result } = await open(folder, 'plain.html');
  assert.ok(['42', '44'].includes(result.size), `${result.size} can be had`);
  await page.locator('inseam-advice .accept').first().click();
  assert.equal(await page.locator('input:checked').inputValue(), result.takes[0]);
  assert.deepEqual(errors, []);
});

test('React', async () => {
  const { build } = await import('esbuild');
  await build({
    entryPoints: { react: join(folder, 'react.main.jsx') },
    outdir: join(folder, 'built'),
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const { page, errors, result } = await open(folder, 'react.html');
  assert.match(result.state, /^(advised|between)$/, 'a size is named');
  await page.locator('inseam-advice .accept').first().click();
  assert.equal(
    await page.locator('#chosen').innerText(),
    result.size,
    'the component’s own state has it',
  );
  await page.getByText(`${result.size} chosen`).waitFor();
  assert.deepEqual(errors, []);
});

test('Vue', async () => {
  const { build } = await import('vite');
  const { default: vue } = await import('@vitejs/plugin-vue');
  const outDir = join(yard, 'vue-built');
  await build({
    root: folder,
    logLevel: 'error',
    plugins: [
      vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'inseam-advice' } } }),
    ],
    build: { outDir, target: 'es2022', rolldownOptions: { input: join(folder, 'vue.html') } },
  });
  const { page, errors, result } = await open(outDir, 'vue.html');
  assert.match(result.state, /^(advised|between)$/, 'a size is named');
  await page.locator('inseam-advice .accept').first().click();
  assert.equal(await page.locator('#chosen').innerText(), result.size);
  assert.deepEqual(errors, []);
});

test('a Shopify theme block, from metafields', async () => {
  const { Liquid } = await import('liquidjs');
  const engine = new Liquid();
  engine.registerFilter('asset_url', (/** @type {string} */ name) => `/inseam/${name}`);
  // The schema is for the theme's editor, and is not rendered.
  engine.registerTag('schema', {
    parse(_, remaining) {
      while (remaining.length > 0 && remaining.shift()?.getText?.() !== '{% endschema %}');
    },
    render: () => '',
  });
  const variants = ['38', '40', '42', '44'].map((option1) => ({
    option1,
    available: option1 !== '44',
  }));
  const metafields = {
    inseam: { article: { value: 'SB-D03' }, model: { value: '/fit/shop.inseam' } },
  };
  const product = { id: 7, variants, metafields };
  const shop = { metafields };
  const request = { locale: { iso_code: 'de' } };
  const html = await engine.parseAndRender(readFileSync(join(folder, 'shopify.liquid'), 'utf8'), {
    product,
    shop,
    request,
  });
  assert.match(html, /in-stock="38\|40\|42\|"/);
  assert.match(html, /\bsizes="[^"]*44\|"/);
  writeFileSync(
    join(folder, 'shopify.html'),
    `<!doctype html><meta charset="utf-8"><title>Shopify</title>${html}`,
  );
  const { page, errors, result } = await open(folder, 'shopify.html');
  assert.ok(['38', '40', '42'].includes(result.size), `${result.size} can be had`);
  assert.match(await page.locator('inseam-advice .line').innerText(), /Nimm|zwischen|deine Größe/);
  assert.deepEqual(errors, []);
});
