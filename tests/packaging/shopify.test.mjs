// The Shopify theme app extension: its blocks rendered by a Liquid engine, and opened.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Liquid } from 'liquidjs';
import { at, programOf } from '../../scripts/lib/repo.mjs';
import { model, openPlatform } from './platform.mjs';

const extension = at('integrations', 'shopify', 'extensions', 'size-advice');

/** @type {Awaited<ReturnType<typeof openPlatform>>} */
let platform;
before(async () => {
  const history = join(extension, 'assets', 'account-history.js');
  platform = await openPlatform('shopify', 'assets', history);
});
after(() => platform?.close());

/** The settings of a block, with their defaults. @param {string} source */
const defaults = (source) => {
  const [, schema] = /{% schema %}([\s\S]*){% endschema %}/.exec(source) ?? [];
  const { settings, name } = JSON.parse(schema ?? '');
  assert.ok(name);
  return Object.fromEntries(settings.map(({ id, default: value }) => [id, value]));
};

/** Renders a block as Shopify would. */
async function render(block, { settings = {}, locale = 'en', ...objects }) {
  const source = readFileSync(join(extension, 'blocks', `${block}.liquid`), 'utf8');
  const words = JSON.parse(
    readFileSync(
      join(extension, 'locales', locale === 'en' ? 'en.default.json' : `${locale}.json`),
      'utf8',
    ),
  );
  const engine = new Liquid();
  engine.registerFilter('asset_url', (/** @type {string} */ name) => `/assets/${name}`);
  engine.registerFilter('t', (/** @type {string} */ key) => words[key]);
  const body = source.replace(/{% schema %}[\s\S]*/, '');
  return engine.parseAndRender(body, {
    block: { settings: { ...defaults(source), ...settings }, shopify_attributes: '' },
    request: { locale: { iso_code: locale } },
    section: { id: 'main' },
    ...objects,
  });
}

const variants = ['Red', 'Blue'].flatMap((colour) =>
  ['38', '40', '42', '44'].map((size) => ({
    id: `${colour}${size}`,
    options: [colour, size],
    available: colour === 'Blue' && size !== '44',
  })),
);
const product = (metafields = {}) => ({
  id: 7,
  variants,
  options_with_values: [{ name: 'Colour' }, { name: 'Size' }],
  metafields: { inseam: { article: { value: 'SB-D03' }, ...metafields } },
});
const shop = { metafields: { inseam: { model: { value: model } } } };
const record = () =>
  execFileSync(programOf(false), ['record', at('out', 'demo', 'shop.inseam'), 'SB-D03'], {
    encoding: 'utf8',
  }).trim();

test('the advice: stock by the size option, the record, the language, the size chart', async () => {
  const html = await render('size-advice', {
    shop,
    product: product({ record: { value: record() } }),
    locale: 'de',
    settings: { size_chart: '/pages/sizes' },
  });
  assert.match(html, /in-stock="38\|40\|42\|"/);
  assert.match(html, /\bsizes="[^"]*44\|"/);
  assert.match(html, />Größentabelle</);
  const { page, errors } = await platform.open(html);
  await page.waitForFunction(() => document.querySelector('inseam-advice')?.result?.advice);
  const [size, line] = await page.evaluate(() => {
    const { result, shadowRoot } = document.querySelector('inseam-advice');
    return [result.advice.size, shadowRoot.querySelector('.line').textContent];
  });
  assert.ok(['38', '40', '42'].includes(size), size);
  assert.match(line, /Größe|Nimm|zwischen/);
  assert.deepEqual(errors, []);
  await page.close();
});

test('with the id of the theme’s picker the shopper chooses there', async () => {
  const picker = `<variant-selects id="variant-selects-main"><fieldset>${variants
    .filter(({ options: [colour] }) => colour === 'Blue')
    .map(
      ({ options: [, size], available }) =>
        `<input type="radio" name="Size" id="s${size}" value="${size}" class="${available ? '' : 'disabled'}"><label for="s${size}">${size}</label>`,
    )
    .join('')}</fieldset></variant-selects>`;
  const html = await render('size-advice', {
    shop,
    product: product(),
    settings: { buttons: 'variant-selects-{section}' },
  });
  const { page, errors } = await platform.open(picker + html);
  await page.waitForFunction(() => document.querySelector('inseam-advice')?.result?.advice);
  await page.evaluate(() => {
    document.querySelector('inseam-advice').shopper = {
      history: [
        { article: 'LA-D01', size: '36' },
        { article: 'SB-D03', size: '40' },
      ],
    };
  });
  const accept = page.locator('inseam-advice .accept').first();
  await accept.waitFor();
  const wanted = (await accept.innerText()).match(/\d+/)?.[0];
  await accept.click();
  assert.equal(await page.locator('input:checked').inputValue(), wanted);
  assert.deepEqual(errors, []);
  await page.close();
});

test('nothing is shown without a model, or for a product without a size option', async () => {
  const none = { metafields: {} };
  assert.equal((await render('size-advice', { shop: none, product: product() })).trim(), '');
  const plain = { ...product(), options_with_values: [{ name: 'Colour' }] };
  assert.equal((await render('size-advice', { shop, product: plain })).trim(), '');
});

test('the orders of a customer are merged, with their records', async () => {
  const line = (id, more = {}) => ({
    id,
    product_id: 7,
    product: product({ record: { value: 'AbC' } }),
    options_with_values: [
      { name: 'Colour', value: 'Red' },
      { name: 'Size', value: '42' },
    ],
    quantity: 1,
    current_quantity: 1,
    ...more,
  });
  const now = new Date().toISOString();
  const customer = {
    orders: [
      { created_at: '2020-01-01', line_items: [line(1), line(2, { current_quantity: 0 })] },
      { created_at: now, line_items: [line(3)] },
      { created_at: '2020-01-01', cancelled: true, line_items: [line(4)] },
      { created_at: '2020-01-01', line_items: [line(5, { options_with_values: [] })] },
    ],
  };
  const html = await render('account-history', { customer });
  const { page, errors } = await platform.open(html);
  await page.waitForFunction(() => localStorage.getItem('inseam.shopper'));
  const { history } = await page.evaluate(
    () => JSON.parse(localStorage.getItem('inseam.shopper')).profiles[0],
  );
  assert.deepEqual(
    history.map(({ line, article, size, outcome, record }) => [
      line,
      article,
      size,
      outcome,
      record,
    ]),
    [
      ['1', 'SB-D03', '42', 'kept', 'AbC'],
      ['2', 'SB-D03', '42', 'unknown_reason', 'AbC'],
      ['3', 'SB-D03', '42', 'pending', 'AbC'],
      ['4', 'SB-D03', '42', 'other_reason', 'AbC'],
    ],
  );
  assert.deepEqual(errors, []);
  await page.close();
  assert.equal((await render('account-history', {})).trim(), '');
});
