// What the browser tests share: the demo shop in a real Chromium, with every console error
// recorded.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { at } from '../../scripts/lib/repo.mjs';
import { mounts, serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages that a test writes count as public, and may otherwise not ask servers of this machine.
  '--disable-features=LocalNetworkAccessChecks',
  // Every machine draws letters the same way.
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
];

/** The shop's server and a browser; `close` ends both. */
export async function openShop() {
  // Pages that only the tests need.
  const pages = { prefix: '/test/', folder: at('tests', 'browser', 'pages') };
  const font = {
    prefix: '/font/',
    folder: at('node_modules', '@fontsource-variable', 'inter', 'files'),
  };
  const server = await serve({ port: 0, mounts: [pages, font, ...mounts] });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  return {
    url: server.url,
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * @typedef {object} Visit
 * @property {number} [width]
 * @property {number} [height]
 * @property {'light' | 'dark'} [scheme]
 * @property {(route: import('playwright-core').Route) => Promise<void>} [model] answers the request
 *   for the model's file
 * @property {() => void} [before] runs in the page before any of its scripts
 * @property {(page: import('playwright-core').Page) => Promise<void>} [route] answers requests of
 *   the page
 */

/**
 * A new visitor on a page of the shop, once it is rendered.
 * @param {{ url: string, browser: import('playwright-core').Browser }} shop
 * @param {string} hash
 * @param {Visit} [how]
 */
export async function visit(
  shop,
  hash,
  { width = 1280, height = 900, scheme = 'light', model, before, route } = {},
) {
  const context = await shop.browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  if (before) await page.addInitScript(before);
  if (model) await page.route('**/shop.inseam', model);
  if (route) await route(page);
  await page.goto(`${shop.url}/${hash}`);
  await page.locator('h1').first().waitFor();
  return { page, errors, close: () => context.close() };
}

/**
 * The line of advice as the shopper reads it, once there is one.
 * @param {import('playwright-core').Page} page
 */
export async function adviceLine(page) {
  const line = page.locator('inseam-advice p.line');
  await line.filter({ hasText: /\S/ }).waitFor();
  return (await line.innerText()).replace(/\s+/g, ' ').trim();
}

/**
 * The advised size. Checks that the line names it, if it names any size to take.
 * @param {import('playwright-core').Page} page
 * @param {string} [awaited] the size that it is to become: the element still shows the advice
 *   before when a change is not through yet
 */
export async function advisedSize(page, awaited) {
  if (awaited !== undefined)
    await page.waitForFunction(
      (size) => document.querySelector('inseam-advice')?.result?.advice?.size === size,
      awaited,
    );
  await page.locator('inseam-advice .size').first().waitFor();
  const named = await page.locator('inseam-advice .size').allInnerTexts();
  const [size, takes] = await page.evaluate(() => {
    const { advice, takes } = document.querySelector('inseam-advice').result;
    return [advice.size, takes];
  });
  if (takes.length > 0 && !(named.includes(size) && takes.includes(size)))
    throw new Error(`${size} is advised, the line names ${named.join(' and ')}`);
  return size;
}

/**
 * The advice on the article shown, and the belief about the shopper's size, from the package's API.
 * @param {import('playwright-core').Page} page
 */
export const insight = (page) =>
  page.evaluate(async () => {
    const { sharedModel, storedShopper } = await import('/dist/element.js');
    const element = document.querySelector('inseam-advice');
    const model = await sharedModel(element.getAttribute('model'));
    const shopper = model.shopper(storedShopper());
    const id = element.getAttribute('article');
    const advice = await shopper.advise(id, {
      inStock: element.getAttribute('in-stock').split('|'),
    });
    const { mean, sd } = shopper.belief(model.article(id).group);
    const position = advice.outcomes.find(({ size }) => size === advice.size)?.position;
    return { advice, mean, sd, position };
  });

/**
 * Saves a picture in test-results, for people to look at.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function picture(page, name) {
  mkdirSync(at('test-results'), { recursive: true });
  await page.screenshot({ path: at('test-results', `${name}.png`), fullPage: true });
}
