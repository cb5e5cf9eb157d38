// What the element shows agrees with itself: the line, the chart and the reasons. Every sample
// shopper sees every article of the demo shop, with each of its sizes sold out in turn.
//
// With INSEAM_MODEL=shop.inseam and INSEAM_PAIRS=pairs.jsonl it checks another shop's model too.
// Each line of the pairs is an object with `shopper` (the details that the element takes) and
// `article`, and may have `inStock`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { loadCatalogue } from '../../www/demo/catalogue.js';
import { SHOPPERS } from '../../www/demo/shoppers.js';
import { shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/**
 * @typedef {object} Pair
 * @property {{ history?: { article?: string, size: string, outcome?: string }[] }} shopper
 * @property {string} article
 * @property {string[]} [inStock]
 *
 * @typedef {object} Shown what the element shows for one pair
 * @property {string} state
 * @property {string[]} takes the sizes that the advice names
 * @property {string} line
 * @property {{ size: string, share: string, best: boolean, gone: boolean }[]} rows of the chart
 * @property {string[]} reasons
 */

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

/**
 * Shows pairs one after the other. Runs in the page.
 * @param {{ model: string, pairs: Pair[] }} asked
 * @returns {Promise<Shown[]>}
 */
async function show({ model, pairs }) {
  const shown = [];
  for (const { shopper, article, inStock } of pairs) {
    const element = /** @type {any} */ (document.createElement('inseam-advice'));
    Object.assign(element, { model, article, shopper, open: true });
    if (inStock) element.inStock = inStock;
    element.setAttribute('open', '');
    const settled = new Promise((done) => {
      element.addEventListener('ready', done);
      element.addEventListener('loaderror', done);
    });
    document.body.append(element);
    await settled;
    const root = element.shadowRoot;
    const texts = (/** @type {string} */ name) =>
      [...root.querySelectorAll(name)].map((part) => part.textContent.trim());
    for (let i = 0; i < 500 && texts('.details .heading').length === 0; i++)
      await new Promise((done) => setTimeout(done, 2));
    const { state, takes } = element.result;
    shown.push({
      state,
      takes,
      line: texts('.line').join(' '),
      rows: [...root.querySelectorAll('.row')].map((row) => ({
        size: row.querySelector('.label').textContent,
        share: row.querySelector('.share').textContent,
        best: row.classList.contains('best'),
        gone: row.classList.contains('gone'),
      })),
      reasons: texts('.reasons li'),
    });
    element.remove();
  }
  return shown;
}

/**
 * What is wrong with an advice as it is shown.
 * @param {Pair} pair
 * @param {Shown} shown
 */
function contradictions({ shopper, article }, { takes, line, rows, reasons }) {
  const found = [];
  const returned = (shopper.history ?? []).filter(
    (purchase) => purchase.article === article && (purchase.outcome ?? 'kept') !== 'kept',
  );
  const marked = rows.filter(({ best }) => best).map(({ size }) => size);
  if (marked.join() !== takes.join())
    found.push(`the chart marks ${marked}, the line takes ${takes}`);
  // Of two sizes, the second may be one that too few purchases tell about.
  if (takes.length > 0 && !rows.some(({ best, share }) => best && share !== ''))
    found.push(`${takes} has no figure`);
  const percent = (/** @type {{ share: string }} */ { share }) => Number(share.replace('%', ''));
  for (const best of rows.filter((row) => takes.includes(row.size))) {
    if (best.gone) found.push(`${best.size} is sold out`);
    for (const row of rows) {
      const ruledOut = row.gone || returned.some(({ size }) => size === row.size);
      if (row.share === '' || ruledOut || percent(row) <= percent(best)) continue;
      if (!line.includes(row.size))
        found.push(`${row.size} is shown to fit more often than ${best.size}, without a word`);
    }
    const count = / (\d) in 10/.exec(line)?.[1];
    if (takes.length === 1 && count && Math.abs(percent(best) / 10 - Number(count)) > 0.55)
      found.push(`"${count} in 10" beside ${best.share}`);
  }
  const place = (/** @type {string | undefined} */ size) => rows.findIndex((r) => r.size === size);
  for (const reason of reasons) {
    const runs = / runs .* (small|large)\./.exec(reason)?.[1];
    const without = /Without that, we’d suggest (.*)\./.exec(reason)?.[1];
    if (runs && without && takes.length === 1) {
      const larger = place(takes[0]) > place(without);
      if (larger !== (runs === 'small')) found.push(`${takes[0]}, but: ${reason}`);
    }
    if (without && takes.length === 0) found.push(`no size is named, but: ${reason}`);
  }
  return found;
}

/**
 * Shows all pairs in one page and checks them.
 * @param {string} model
 * @param {Pair[]} pairs
 * @param {Parameters<typeof shopPage>[2]} [how]
 */
async function check(model, pairs, how) {
  const { page, errors, close } = await shopPage(shop, '', how);
  await page.waitForFunction(() => customElements.get('inseam-advice'));
  const shown = [];
  for (let i = 0; i < pairs.length; i += 100)
    shown.push(...(await page.evaluate(show, { model, pairs: pairs.slice(i, i + 100) })));
  await close();
  const wrong = shown.flatMap((one, i) => {
    const found = contradictions(pairs[i], one);
    return found.length > 0 ? [{ pair: pairs[i], ...one, found }] : [];
  });
  /** @type {Record<string, number>} */
  const states = {};
  for (const { state } of shown) states[state] = (states[state] ?? 0) + 1;
  const counts = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  console.log(`${shown.length} pairs: ${counts.join(', ')}; ${wrong.length} contradictions`);
  const kinds = wrong.map(({ pair, line, rows, reasons, found }) => ({
    article: pair.article,
    history: pair.shopper.history?.map(({ size }) => size).join(' '),
    line,
    chart: rows.map(({ size, share, gone }) => `${size}${gone ? ' gone' : ''} ${share}`).join(', '),
    reasons,
    found,
  }));
  assert.deepEqual(kinds.slice(0, 5), []);
  assert.deepEqual(errors, []);
  return states;
}

test('no sample shopper sees a contradiction at any article of the demo shop', async () => {
  const table = readFileSync(at('www', 'demo', 'catalogue.csv'), 'utf8');
  const articles = await loadCatalogue(`data:text/csv,${encodeURIComponent(table)}`);
  const pairs = SHOPPERS.flatMap(({ history }) =>
    articles.flatMap(({ id: article, sizes }) => {
      const stocks = [sizes, ...sizes.map((gone) => sizes.filter((size) => size !== gone))];
      return stocks.map((inStock) => ({ shopper: { history }, article, inStock }));
    }),
  );
  const states = await check('/fit/shop.inseam', pairs);
  assert.ok(pairs.length > 500);
  for (const state of ['advised', 'sold-out', 'between', 'unsure'])
    assert.ok(states[state], `no advice is "${state}"`);
});

const [file, list] = [process.env.INSEAM_MODEL, process.env.INSEAM_PAIRS];
const skip = file && list ? false : 'INSEAM_MODEL and INSEAM_PAIRS name no model and no pairs';
test('nobody sees a contradiction in another shop', { skip }, async () => {
  const lines = readFileSync(list ?? '', 'utf8')
    .trim()
    .split('\n');
  const body = readFileSync(file ?? '');
  await check(
    '/fit/other.inseam',
    lines.map((line) => JSON.parse(line)),
    { route: (page) => page.route('**/fit/other.inseam', (route) => route.fulfill({ body })) },
  );
});
