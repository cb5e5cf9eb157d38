// Pages of other shops, written in the test that visits them.
import { visit } from './shop.mjs';

export const history = [
  { article: 'LA-D01', size: '38', outcome: 'kept' },
  { article: 'VE-D04', size: '42', outcome: 'kept' },
];

/**
 * Skips questions until the element asks for the field with this label.
 * @param {import('playwright-core').Locator} host
 * @param {string} label
 */
export async function askFor(host, label) {
  const field = host.getByLabel(label);
  const question = host.locator('.asking .field').first();
  for (let i = 0; i < 6; i++) {
    await question.waitFor();
    if (await field.count()) break;
    const before = (await question.innerText()).split('\n')[0];
    await host.getByRole('button', { name: 'I don’t know' }).click();
    await question.filter({ hasNotText: before }).waitFor();
  }
  await field.waitFor();
  return field;
}

/** A policy under which strict shops run the package. */
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * @typedef {object} ShopPage
 * @property {string} [policy] the Content-Security-Policy
 * @property {string} [lang]
 * @property {boolean} [element] whether the page loads the element's script; true if absent
 */

/**
 * A new visitor on a page with this body.
 * @param {Awaited<ReturnType<typeof import('./shop.mjs').openShop>>} shop
 * @param {string} body
 * @param {ShopPage & Parameters<typeof visit>[2]} [how]
 */
export async function shopPage(
  shop,
  body,
  { policy: own = policy, lang = 'en', element = true, ...how } = {},
) {
  const script = element ? '<script type="module" src="/dist/element.js"></script>' : '';
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><h1>A dress</h1>${body}${script}</html>`;
  const headers = { 'content-type': 'text/html', ...(own && { 'content-security-policy': own }) };
  const seen = await visit(shop, 'test/written.html', {
    ...how,
    route: async (page) => {
      await how.route?.(page);
      await page.route('**/test/written.html', (route) => route.fulfill({ headers, body: html }));
    },
  });
  const { page } = seen;
  const host = page.locator('inseam-advice').first();
  return {
    ...seen,
    host,
    /** The element's result, once it shows advice that fits. */
    settled: async (/** @type {string} */ condition = 'result?.advice') => {
      const expression = `((result) => Boolean(${condition}))(document.querySelector('inseam-advice')?.result)`;
      const deadline = Date.now() + 15_000;
      // The page's policy forbids to evaluate the text in the page itself.
      while (!(await page.evaluate(expression))) {
        if (Date.now() > deadline) throw new Error(`it never was so: ${condition}`);
        await new Promise((done) => setTimeout(done, 20));
      }
      return host.evaluate((element) => {
        const { state, takes, advice, error, article } = /** @type {any} */ (element).result;
        const message = error && String(error.message);
        return { state, takes, size: advice?.size, missed: advice?.missed, message, article };
      });
    },
    line: async () => (await host.locator('.line').innerText()).replace(/\s+/g, ' ').trim(),
  };
}
