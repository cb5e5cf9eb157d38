// Opens the gallery of the element's states, for several tests.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { visit } from './shop.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The button that closes the details, in each language. @type {Record<string, string>} */
const hide = {
  en: 'Hide',
  de: 'Ausblenden',
  es: 'Ocultar',
  fr: 'Masquer',
  it: 'Nascondi',
  nl: 'Verbergen',
  pl: 'Ukryj',
  sv: 'Dölj',
};
export const languages = Object.keys(hide);
export const states = [
  'advised',
  'between',
  'both',
  'unsure',
  'no-fit',
  'sold-out',
  'sold-out-none',
  'unknown',
  'failed',
  'profiles',
];

/**
 * The gallery, once every element has shown its advice, and its details if they are to be open.
 * @param {Awaited<ReturnType<typeof import('./shop.mjs').openShop>>} shop
 * @param {string} query
 * @param {object} [how]
 */
export async function gallery(shop, query, how = {}) {
  const seen = await visit(shop, `gallery/?${query}`, { width: 1100, height: 900, ...how });
  await seen.page.waitForFunction(
    ([count, open]) => {
      const elements = [...document.querySelectorAll('inseam-advice')];
      const shown = (/** @type {any} */ { result, shadowRoot }) =>
        result && (!open || !result.advice?.outcomes.length || shadowRoot.querySelector('.wear'));
      return elements.length === count && elements.every(shown);
    },
    /** @type {const} */ ([states.length, query.includes('details=open')]),
  );
  return seen;
}

/** The violations of WCAG 2.2 AA that axe finds. @param {import('playwright-core').Page} page */
export async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => {
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    return /** @type {any} */ (globalThis).axe.run(document, { runOnly: { type: 'tag', values } });
  });
  return violations.map((/** @type {any} */ v) => [
    v.id,
    ...v.nodes.map((/** @type {any} */ n) => n.target.join(' ') + n.failureSummary),
  ]);
}

/**
 * Switches the gallery to a language, and waits until every element uses it.
 * @param {import('playwright-core').Page} page
 * @param {string} lang
 */
export async function turn(page, lang) {
  await page.getByLabel('Language').selectOption(lang);
  await page.waitForFunction(
    ([word]) => {
      const toggles = [...document.querySelectorAll('inseam-advice')].map((e) =>
        e.shadowRoot.querySelector('.toggle'),
      );
      const shown = toggles.filter((toggle) => !toggle.hidden);
      return shown.length > 0 && shown.every((toggle) => toggle.textContent === word);
    },
    [hide[lang]],
  );
}
