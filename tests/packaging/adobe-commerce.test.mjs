// The Adobe Commerce module: its PHP and templates run on a shop of the test, and what they print
// opened in Chromium.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { model, openPlatform, php } from './platform.mjs';

const module = at('integrations', 'adobe-commerce', 'Inseam', 'SizeAdvice');

/** @type {Awaited<ReturnType<typeof openPlatform>>} */
let platform;
before(async () => {
  const history = join(module, 'view', 'frontend', 'web', 'js', 'account-history.js');
  platform = await openPlatform('adobe-commerce', join('Inseam_SizeAdvice', 'js'), history);
});
after(() => platform?.close());

const render = (layout, shop) => php('adobe-commerce.php', [module, layout], shop).trim();
const productPage = (shop) => render('catalog_product_view_type_configurable', shop);
const accountPage = (shop) => render('customer_account', shop);

const attributes = [
  { attribute_id: 93, attribute_code: 'color' },
  { attribute_id: 144, attribute_code: 'size' },
];
const variant = (size, salable = true) => ({ size, salable });
const product = (more = {}) => ({
  type_id: 'configurable',
  sku: 'SB-D03',
  attributes,
  variants: [variant('38'), variant('40'), variant('42'), variant('38'), variant('44', false)],
  ...more,
});
const settings = { model, size_chart: '/sizes' };

test('the advice: stock by the size attribute, the article, the language, the size chart', async () => {
  const html = productPage({ settings, product: product(), locale: 'de_DE' });
  assert.match(html, /in-stock="38\|40\|42\|"/);
  assert.match(html, /\bsizes="38\|40\|42\|44"/);
  assert.match(html, /href="\/sizes"/);
  const { page, errors, advised } = await platform.open(html);
  const { size, article, line } = await advised();
  assert.equal(article, 'SB-D03');
  assert.ok(['38', '40', '42'].includes(size), size);
  assert.match(line, /Größe|Nimm|zwischen/);
  assert.deepEqual(errors, []);
  await page.close();
  const own = product({ sku: 'X', inseam_article: 'LA-D01' });
  assert.match(productPage({ settings, product: own }), /article="LA-D01"/);
});

test('what shops and merchants enter is escaped', () => {
  const evil = '"><img src=x onerror=alert(1)>';
  const html = productPage({
    settings: { model: evil, size_chart: 'javascript:alert(1)' },
    product: product({ sku: evil, inseam_record: evil }),
    locale: evil,
  });
  assert.doesNotMatch(html, /<img/);
  assert.doesNotMatch(html, /javascript:/);
  assert.match(html, /article="&quot;&gt;&lt;img/);
});

test('nothing is shown without a model, a product or a size', () => {
  assert.equal(productPage({ settings: {}, product: product() }), '');
  assert.equal(productPage({ settings }), '');
  assert.equal(productPage({ settings, product: product({ type_id: 'simple' }) }), '');
  const plain = product({ attributes: attributes.slice(0, 1) });
  assert.equal(productPage({ settings, product: plain }), '');
});

const item = (item_id, size, more = {}) => ({
  item_id,
  qty_refunded: 0,
  product: product({ inseam_record: 'AbC</script>' }),
  product_options: {
    attributes_info: [
      { label: 'Farbe', value: 'Rot', option_id: 93 },
      { label: 'Größe', value: size, option_id: 144 },
    ],
  },
  ...more,
});
const order = (state, updated_at, items, customer = 5) => ({ customer, state, updated_at, items });

test('the orders of the customer alone are merged, with their records', async () => {
  const now = new Date().toISOString();
  const shop = {
    settings,
    customer: 5,
    orders: [
      order('complete', '2020-01-01', [item(1, '42'), item(2, '38', { qty_refunded: '1.0000' })]),
      order('complete', now, [item(3, '40')]),
      order('canceled', '2020-01-01', [item(4, '40')]),
      order('complete', '2020-01-01', [item(5, '40', { product: { type_id: 'simple' } })]),
      order('complete', '2020-01-01', [item(6, '44')], 6),
    ],
  };
  const { page, errors, stored } = await platform.open(accountPage(shop));
  assert.deepEqual(await stored('line', 'article', 'size', 'outcome', 'record'), [
    '1 SB-D03 42 kept AbC</script>',
    '2 SB-D03 38 unknown_reason AbC</script>',
    '3 SB-D03 40 pending AbC</script>',
    '4 SB-D03 40 other_reason AbC</script>',
  ]);
  assert.deepEqual(errors, []);
  await page.close();
  assert.equal(accountPage({ settings, orders: [] }), '');
});

test('every file of the module parses, and settings are for those who may change them', () => {
  const files = readdirSync(module, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => /\.(php|phtml)$/.test(name));
  assert.ok(sources.length >= 7);
  php(
    'lint.php',
    sources.map((name) => join(module, name)),
    {},
  );
  const xml = files.filter((name) => name.endsWith('.xml'));
  assert.ok(xml.length >= 6);
  php(
    'lint.php',
    xml.map((name) => join(module, name)),
    {},
  );
  const system = readFileSync(join(module, 'etc', 'adminhtml', 'system.xml'), 'utf8');
  const [, resource] = /<resource>(.*)<\/resource>/.exec(system) ?? [];
  assert.match(
    readFileSync(join(module, 'etc', 'acl.xml'), 'utf8'),
    new RegExp(`id="${resource}"`),
  );
  const orders = readFileSync(
    join(module, 'view', 'frontend', 'layout', 'customer_account.xml'),
    'utf8',
  );
  assert.match(orders, /cacheable="false"/);
  assert.ok(existsSync(join(module, 'registration.php')));
});
