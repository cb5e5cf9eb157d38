// The snippets of the demo's integration page, word for word: built or rendered, opened, and used
// to take a size. The documents and the project for Next have the same. The Shopify block that the
// page shows is the plugin's, which has a test of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { at, programOf } from '../../scripts/lib/repo.mjs';
import { serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { packed, yard } from './pack.mjs';

const snippets = at('www', 'demo', 'integrate', 'snippets');
const folder = join(yard, 'snippets');
const fit = join(yard, 'fit');
const history = [{ article: 'LA-D01', size: '38' }];

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  await packed();
  cpSync(snippets, folder, { recursive: true });
  execFileSync(programOf(false), ['publish', at('out', 'demo', 'shop.inseam'), '--out', fit]);
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
      { prefix: '/fit/', folder: fit },
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

/** The blocks of code in a document, without the indentation that a list gives them. */
const blocksOf = (/** @type {string} */ name) =>
  [...readFileSync(at('docs', name), 'utf8').matchAll(/^( *)```\w+\n(.*?)^ *```/gms)].map(
    ([, indent, code]) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

test('the documents and the project for Next have the same code', () => {
  const snippet = (/** @type {string} */ name) => readFileSync(join(snippets, name), 'utf8');
  const next = (/** @type {string} */ name) =>
    readFileSync(at('tests', 'packaging', 'frameworks', 'next', 'app', name), 'utf8');
  assert.ok(blocksOf('page.md').includes(snippet('plain.html')));
  const frameworks = blocksOf('frameworks.md');
  const pages = ['page.tsx', 'server/page.tsx'].map(next);
  for (const code of [snippet('react.tsx'), snippet('vue.vue'), ...pages])
    assert.ok(frameworks.includes(code), `docs/frameworks.md does not have:\n${code}`);
  assert.equal(next('size-advice.tsx'), snippet('react.tsx'));
});

test('plain HTML', async () => {
  const { page, errors, result } = await open(folder, 'plain.html');
  assert.ok(result.takes.length > 0 && result.size !== '50', `${result.size} can be had`);
  await page.locator('inseam-advice .accept').first().click();
  assert.equal(await page.locator('input:checked').inputValue(), result.takes[0]);
  assert.deepEqual(errors, []);
});

test('React', async () => {
  const { build } = await import('esbuild');
  await build({
    entryPoints: { react: join(folder, 'react.main.tsx') },
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
  // React checks the button that its own state has, and no other.
  await page.getByText(`${result.takes[0]} chosen`).waitFor();
  assert.equal(await page.locator('input:checked').inputValue(), result.takes[0]);
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
  await page.getByText(`${result.takes[0]} chosen`).waitFor();
  assert.equal(await page.locator('input:checked').inputValue(), result.takes[0]);
  assert.deepEqual(errors, []);
});
