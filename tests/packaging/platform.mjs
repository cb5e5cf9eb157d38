// What the tests of shop platforms share: the package's bundles where a platform serves them, and
// pages that a platform's templates have rendered, in Chromium.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { at } from '../../scripts/lib/repo.mjs';
import { serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';

/** The model's address in these shops. */
export const model = '/fit/shop.inseam';

/**
 * A shop of a platform.
 * @param {string} name
 * @param {string} assets the folder where the platform serves scripts
 * @param {string} history the platform's script for the account page
 */
export async function openPlatform(name, assets, history) {
  const folder = at('out', name);
  const scripts = join(folder, assets);
  mkdirSync(scripts, { recursive: true });
  copyFileSync(at('www', 'dist', 'element.bundle.js'), join(scripts, 'element.bundle.js'));
  copyFileSync(history, join(scripts, 'account-history.js'));
  await build({
    entryPoints: [at('www', 'dist', 'shopper.js')],
    outfile: join(scripts, 'shopper.bundle.js'),
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  });
  const server = await serve({
    port: 0,
    mounts: [
      { prefix: '/fit/', folder: at('out', 'demo'), only: /\.inseam$/ },
      { prefix: '/', folder },
    ],
  });
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox'],
  });
  return {
    /** Opens a rendered page. @param {string} html */
    async open(html) {
      const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>${html}`;
      writeFileSync(join(folder, 'page.html'), page);
      return visit(browser, `${server.url}/page.html`);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
async function visit(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'warning') errors.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    errors,
    /** The element's result, once it has advice. */
    advised: async () => {
      await page.waitForFunction(() => document.querySelector('inseam-advice')?.result?.advice);
      return page.evaluate(() => {
        const { result, shadowRoot } = document.querySelector('inseam-advice');
        const line = shadowRoot.querySelector('.line').textContent;
        return { size: result.advice.size, article: result.article, line };
      });
    },
    /** The history in the shopper's file, once there is one: texts of these fields. */
    stored: async (/** @type {string[]} */ ...fields) => {
      await page.waitForFunction(() => localStorage.getItem('inseam.shopper'));
      const { history } = await page.evaluate(
        () => JSON.parse(localStorage.getItem('inseam.shopper') ?? '').profiles[0],
      );
      return history.map((/** @type {Record<string, string>} */ line) =>
        fields.map((field) => line[field] ?? '').join(' '),
      );
    },
  };
}

/**
 * Runs a PHP program of tests/packaging/php on a shop.
 * @param {string} program
 * @param {string[]} args
 * @param {unknown} shop
 */
export function php(program, args, shop) {
  const file = at('tests', 'packaging', 'php', program);
  const settings = ['-d', 'display_errors=stderr', '-d', 'error_reporting=E_ALL'];
  const { status, stdout, stderr, error } = spawnSync('php', [...settings, file, ...args], {
    input: JSON.stringify(shop),
    encoding: 'utf8',
  });
  if (error || status !== 0 || stderr) throw new Error(`${program}: ${error ?? stderr}`);
  return stdout;
}
