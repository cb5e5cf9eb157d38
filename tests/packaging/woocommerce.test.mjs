// The WooCommerce plugin: its PHP run on a shop of the test, and what it prints opened in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { model, openPlatform, php } from './platform.mjs';

const plugin = at('integrations', 'woocommerce', 'inseam-size-advice');

/** @type {Awaited<ReturnType<typeof openPlatform>>} */
let platform;
before(async () => {
  const history = join(plugin, 'assets', 'account-history.js');
  platform = await openPlatform('woocommerce', join('plugin', 'assets'), history);
});
after(() => platform?.close());

/** Runs a hook of the plugin: what it gives, and the scripts that it asks for, as HTML. */
function run(what, shop) {
  const { result, scripts, block } = JSON.parse(php('woocommerce.php', [plugin, what], shop));
  const tags = Object.values(scripts).map((src) => `<script type="module" src="${src}"></script>`);
  return { result, html: `${result}${tags.join('')}`, block };
}

const article = { _inseam_article: 'SB-D03' };
const variation = (size, stock = true) => ({ values: { pa_size: size }, stock });
const product = (meta = article) => ({
  type: 'variable',
  meta,
  attributes: { pa_colour: ['red'], pa_size: ['38', '40', '42', '44'] },
  children: [11, 12, 13, 14],
});
const products = (meta) => ({
  7: product(meta),
  11: variation('38'),
  12: variation('40'),
  13: variation('42'),
  14: variation('44', false),
});
const options = { inseam_model: model, inseam_size_chart: '/sizes' };

test('the advice: stock by the size attribute, language, size chart, block', async () => {
  const shop = { options, shown: 7, products: products(), locale: 'de_DE' };
  const { html, block } = run('product', shop);
  assert.match(html, /in-stock="38\|40\|42\|"/);
  assert.match(html, /\bsizes="38\|40\|42\|44"/);
  assert.match(html, /for="pa_size"/);
  assert.match(html, /lang="de-DE"/);
  assert.equal(block.name, 'inseam/size-advice');
  const list = `<select id="pa_size"><option value="">Wähle</option>${['38', '40', '42', '44'].map((size) => `<option>${size}</option>`).join('')}</select>`;
  const { page, errors, advised } = await platform.open(list + html);
  const { size, article, line } = await advised();
  assert.equal(article, 'SB-D03');
  assert.ok(['38', '40', '42'].includes(size), size);
  assert.match(line, /Größe|Nimm|zwischen/);
  assert.deepEqual(errors, []);
  await page.close();
});

test('a variation for any size is in stock in all of them', () => {
  const open = { ...products(), 12: variation('') };
  const { result } = run('product', { options, shown: 7, products: open });
  assert.match(result, /in-stock="38\|40\|42\|44\|"/);
});

test('what shops and merchants enter is escaped', () => {
  const evil = '"><img src=x onerror=alert(1)>';
  const shop = {
    options: { ...options, inseam_model: evil, inseam_size_chart: 'javascript:alert(1)' },
    shown: 7,
    products: products({ _inseam_article: evil, _inseam_record: evil }),
    locale: evil,
  };
  const { result } = run('product', shop);
  assert.doesNotMatch(result, /<img/);
  assert.doesNotMatch(result, /javascript:/);
  assert.match(result, /article="&quot;&gt;&lt;img/);
});

test('nothing is shown without a model, a product or a size', () => {
  const shop = { options, shown: 7, products: products() };
  assert.equal(run('product', { ...shop, options: {} }).html, '');
  assert.equal(run('product', { ...shop, shown: 8 }).html, '');
  const plain = { ...product(), attributes: { pa_colour: ['red'] } };
  assert.equal(run('product', { ...shop, products: { 7: plain } }).html, '');
  assert.equal(run('product', { ...shop, products: { 7: { type: 'simple' } } }).html, '');
});

const item = (size, of = 7) => ({
  product: of,
  meta: [
    { display_key: 'Colour', display_value: 'Red' },
    ...(size ? [{ display_key: 'Size', display_value: `<p>${size}</p>` }] : []),
  ],
});
const order = (status, items, more = {}) => ({ customer: 5, status, items, ...more });

test('the orders of the customer alone are merged, with their records', async () => {
  const shop = {
    options,
    user: 5,
    products: products({ ...article, _inseam_record: 'AbC</script>' }),
    orders: [
      order(
        'completed',
        { 1: item('42'), 2: item('38') },
        { completed: '2020-01-01', refunded: { 2: 1 } },
      ),
      order('processing', { 3: item('40') }),
      order('cancelled', { 4: item('40') }),
      order(
        'completed',
        { 5: item(''), 6: item('40', 99) },
        { completed: new Date().toISOString() },
      ),
      order('completed', { 7: item('44') }, { customer: 6, completed: '2020-01-01' }),
    ],
  };
  const { page, errors, stored } = await platform.open(run('account', shop).html);
  assert.deepEqual(await stored('line', 'article', 'size', 'outcome', 'record'), [
    '1 SB-D03 42 kept AbC</script>',
    '2 SB-D03 38 unknown_reason AbC</script>',
    '3 SB-D03 40 pending AbC</script>',
    '4 SB-D03 40 other_reason AbC</script>',
    '6 99 40 pending ',
  ]);
  assert.deepEqual(errors, []);
  await page.close();
  assert.equal(run('account', { ...shop, user: 0 }).html, '');
});

test('settings: a section of its own, and no other is touched', () => {
  const { result } = run('settings', { section: 'inseam' });
  const ids = result.map(({ id }) => id);
  for (const id of ['inseam_model', 'inseam_size_names', 'inseam_return_days'])
    assert.ok(ids.includes(id), id);
  assert.deepEqual(run('settings', { section: '' }).result, ['others']);
});

test('a product’s fields are stored with the nonce and for users who may edit it alone', () => {
  const form = {
    woocommerce_meta_nonce: 'right',
    _inseam_article: ' SKU-7<script> ',
    _inseam_record: 'AbC',
  };
  const shop = { shown: 7, products: products(), may: ['edit_post'], form };
  assert.deepEqual(run('save', shop).result, { _inseam_article: 'SKU-7', _inseam_record: 'AbC' });
  assert.deepEqual(run('save', { ...shop, may: [] }).result, []);
  const forged = { ...form, woocommerce_meta_nonce: 'wrong' };
  assert.deepEqual(run('save', { ...shop, form: forged }).result, []);
});

test('the script of the account page is the same on every platform', () => {
  const shared = readFileSync(join(plugin, 'assets', 'account-history.js'), 'utf8');
  for (const path of [
    ['shopify', 'extensions', 'size-advice', 'assets'],
    ['adobe-commerce', 'Inseam', 'SizeAdvice', 'view', 'frontend', 'web', 'js'],
  ])
    assert.equal(readFileSync(at('integrations', ...path, 'account-history.js'), 'utf8'), shared);
});
