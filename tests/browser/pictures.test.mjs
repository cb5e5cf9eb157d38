// Compares every state of the element with an approved picture of it in tests/browser/pictures.
// `npm run approve` replaces those that have changed: look at each of them before you commit it.
// The font comes from a package, so that every machine draws the same.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { at } from '../../scripts/lib/repo.mjs';
import { languages, states } from './gallery.mjs';
import { openShop, visit } from './shop.mjs';

/**
 * The distance from 0 to 1 that two colours may have, and how many pixels in a thousand may have
 * more: another version may draw the edges of letters differently.
 */
const TOLERANCE = { colour: 0.1, thousandths: 0.2 };

const approving = process.env.APPROVE === '1';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

/**
 * The page of states, once every element has shown its advice.
 * @param {string} query
 * @param {number} [width]
 */
async function look(query, width = 800) {
  const seen = await visit(shop, `test/states.html?${query}`, { width, height: 900 });
  const { page } = seen;
  await page.waitForFunction((open) => {
    const all = [...document.querySelectorAll('inseam-advice')];
    const shown = (/** @type {any} */ element) =>
      !open || !element.result.advice?.outcomes.length || element.shadowRoot.querySelector('.wear');
    return all.length > 0 && all.every((element) => element.result && shown(element));
  }, query.includes('details=open'));
  assert.ok(
    await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check('16px Inter'))),
  );
  return seen;
}

/**
 * Compares a picture of part of a page with the approved one.
 * @param {import('playwright-core').Locator} part
 * @param {string} name
 */
async function compare(part, name) {
  const approved = at('tests', 'browser', 'pictures', `${name}.png`);
  const bytes = await part.screenshot({ animations: 'disabled' });
  if (approving) {
    // A picture that differs no more than the tolerance is kept.
    if (!existsSync(approved) || differences(readFileSync(approved), bytes))
      writeFileSync(approved, small(bytes));
    return;
  }
  assert.ok(existsSync(approved), `${name} has no approved picture: npm run approve`);
  const found = differences(readFileSync(approved), bytes);
  const kept = (/** @type {string} */ what) => at('test-results', `${name}${what}.png`);
  for (const what of ['', '-difference']) rmSync(kept(what), { force: true });
  if (!found) return;
  mkdirSync(at('test-results'), { recursive: true });
  writeFileSync(kept(''), bytes);
  if (found.picture) writeFileSync(kept('-difference'), found.picture);
  assert.fail(
    `${name} differs from the approved picture, ${found.what}: see test-results/${name}*.png`,
  );
}

/**
 * Makes a picture smaller, with colours in steps that are well within the tolerance.
 * @param {Buffer} bytes
 */
function small(bytes) {
  const picture = PNG.sync.read(bytes);
  for (let i = 0; i < picture.data.length; i++)
    if (i % 4 < 3) picture.data[i] = Math.min(255, Math.round(picture.data[i] / 16) * 16);
  return PNG.sync.write(picture, {
    colorType: 2,
    deflateLevel: 9,
    deflateStrategy: 0,
    filterType: 0,
  });
}

/**
 * How two pictures differ beyond the tolerance; undefined if they don't.
 * @param {Buffer} before
 * @param {Buffer} now
 */
function differences(before, now) {
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(now)];
  const size = (/** @type {PNG} */ { width, height }) => `${width} x ${height}`;
  if (size(a) !== size(b)) return { what: `${size(b)} pixels where it is ${size(a)}` };
  const { width, height } = a;
  const picture = new PNG({ width, height });
  const far = pixelmatch(a.data, b.data, picture.data, width, height, {
    threshold: TOLERANCE.colour,
  });
  if (far * 1000 <= width * height * TOLERANCE.thousandths) return undefined;
  return { what: `in ${far} of ${width * height} pixels`, picture: PNG.sync.write(picture) };
}

for (const [theme, width] of /** @type {const} */ ([
  ['light', 800],
  ['dark', 320],
])) {
  test(`each state, details open: ${theme}, ${width} pixels`, async () => {
    const { page, close } = await look(`details=open&theme=${theme}`, width);
    /** @type {Error[]} */
    const wrong = [];
    for (const state of states)
      await compare(page.locator(`#${state}`), `${state}-${theme}-${width}`).catch((error) =>
        wrong.push(error),
      );
    await close();
    assert.equal(wrong.length, 0, wrong.map(({ message }) => message).join('\n'));
  });
}

for (const lang of languages) {
  test(`all lines, a narrow phone: ${lang}`, async () => {
    const { page, close } = await look(`lang=${lang}`, 320);
    await compare(page.locator('body'), `lines-${lang}`);
    await close();
  });
}

test('right to left', async () => {
  const { page, close } = await look('details=open&dir=rtl&lang=de&state=advised', 320);
  await compare(page.locator('#advised'), 'advised-rtl');
  await close();
});
