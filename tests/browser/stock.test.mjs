// What is in stock, on pages as shops build them: wrong stock would be wrong advice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
after(() => shop?.close());

/** Purchases that leave one size clearly best. */
const history = [
  { article: 'LA-D01', size: '36', outcome: 'kept' },
  { article: 'VE-D04', size: '40', outcome: 'kept' },
];
const SIZES = ['38', '40', '42', '44', '46', '48', '50'];
const advice = (attributes = 'for="sizes"') =>
  `<inseam-advice model="/fit/shop.inseam" article="SB-D03" ${attributes}>Size chart</inseam-advice>
  <script>customElements.whenDefined('inseam-advice').then(() => {
    document.querySelector('inseam-advice').shopper = { history: ${JSON.stringify(history)} };
  });</script>`;
const dawn = '<style>.pills input:not(.off) + label > .note { display: none }</style>';
const jsonLd = (data) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

/** The advice that the shopper gets with everything in stock, and with their size sold out. */
const expected = { all: '', without: '' };
before(async () => {
  shop = await openShop();
  const { settled, host, close } = await shopPage(shop, advice(''));
  const { size } = await settled('result?.advice?.reasons.length && !result.advice.missed');
  expected.all = size;
  await host.evaluate(
    (element, stock) => element.setAttribute('in-stock', stock),
    [SIZES.filter((one) => one !== size).join('|')],
  );
  expected.without = (await settled('result?.advice?.missed')).size;
  await close();
});

/**
 * Size buttons as shops build them, from the sizes and the one that is sold out.
 * @type {[string, (size: string, soldOut: boolean, index: number) => string, string?][]}
 */
const forms = [
  [
    'a list whose values are ids of variants',
    (size, soldOut, i) => `<option value="4481${i}" ${soldOut ? 'disabled' : ''}>${size}</option>`,
    'select name="id"',
  ],
  [
    'a list of variants with colours and prices',
    (size, soldOut, i) =>
      `<option value="4481${i}">${size} / Black${soldOut ? ' - Sold out' : ' - €129'}</option>`,
    'select',
  ],
  [
    'values that are ids and look like sizes',
    (size, soldOut, i) => `<option value="${i + 40}" ${soldOut ? 'disabled' : ''}>${size}</option>`,
    'select',
  ],
  [
    'labels with the size system',
    (size, soldOut) => `<button type="button" ${soldOut ? 'disabled' : ''}>IT ${size}</button>`,
  ],
  [
    // As in Shopify's theme Dawn.
    'radio buttons whose labels all have a note, which is shown where it holds',
    (size, soldOut, i) =>
      `<input type="radio" name="s" id="o${i}" value="55${i}" class="${soldOut ? 'off' : ''}"><label for="o${i}">${size}<span class="note">Variant sold out or unavailable</span></label>`,
    'div class="pills"',
  ],
  [
    'list items with a button inside',
    (size, soldOut) =>
      `<li data-size="${size}" class="${soldOut ? 'size--sold-out' : ''}"><button type="button">Size ${size}${soldOut ? '' : ' only 2 left'}</button></li>`,
    'ul',
  ],
];

for (const [what, button, tag = 'div'] of forms) {
  test(`${what}: the stock is read, and the size is chosen`, async () => {
    const build = (soldOut) =>
      `<${tag} id="sizes"><option value="">Choose a size</option>${SIZES.map((size, i) => button(size, size === soldOut, i)).join('')}<button type="button">Size guide</button></${tag.split(' ')[0]}>`;
    const all = await shopPage(shop, dawn + build('') + advice());
    assert.equal((await all.settled('result?.advice?.size')).size, expected.all);
    await all.close();
    const one = await shopPage(shop, dawn + build(expected.all) + advice());
    const { size, missed } = await one.settled('result?.advice?.missed');
    assert.deepEqual([size, missed.size], [expected.without, expected.all]);
    await one.page.evaluate(() => {
      globalThis.clicked = '';
      const note = ({ target }) => {
        globalThis.clicked ||= (
          target.selectedOptions?.[0] ??
          target.labels?.[0] ??
          target
        ).textContent;
      };
      for (const type of ['click', 'change']) document.addEventListener(type, note);
    });
    const accept = one.host.locator('.accept').first();
    if (await accept.count()) {
      const wanted = (await accept.innerText()).match(/\d+/)?.[0];
      await accept.click();
      const clicked = await one.page.evaluate(() => globalThis.clicked);
      assert.ok(clicked.includes(wanted), `${wanted}: ${clicked}`);
    }
    assert.deepEqual(one.errors, []);
    await one.close();
  });
}

test('where no button names a size of the article, the stock is unknown and the console says so', async () => {
  const buttons = '<div id="sizes"><button>Petite</button><button>Regular</button></div>';
  const { settled, errors, close } = await shopPage(shop, buttons + advice());
  const { size, missed } = await settled('result?.advice?.size');
  assert.deepEqual([size, missed], [expected.all, undefined]);
  assert.equal(errors.length, 1, errors.join('\n'));
  assert.match(errors[0], /no size of the article \(38, 40.*"Petite".*data-size/);
  await close();
});

test('JSON-LD about another product does not count', async () => {
  const other = { '@type': 'Product', sku: 'XX-1', size: '50', offers: {} };
  const offer = (availability) => ({
    '@type': 'Offer',
    availability: `https://schema.org/${availability}`,
  });
  const own = {
    '@type': 'ProductGroup',
    productGroupID: 'SB-D03',
    hasVariant: SIZES.map((size) => ({
      '@type': 'Product',
      size: `IT ${size}`,
      offers: offer(size === expected.all ? 'OutOfStock' : 'InStock'),
    })),
  };
  const list = await shopPage(shop, jsonLd([other, { ...other, sku: 'XX-2' }]) + advice(''));
  const { size, missed } = await list.settled('result?.advice?.size');
  assert.deepEqual([size, missed], [expected.all, undefined]);
  await list.close();
  const both = await shopPage(shop, jsonLd([other, own]) + advice(''));
  assert.equal((await both.settled('result?.advice?.missed')).missed.size, expected.all);
  await both.close();
});

test('JSON-LD and in-stock in labels that the model does not have leave the stock unknown', async () => {
  const own = { '@type': 'Product', sku: 'SB-D03', size: ['Petite', 'Regular'], offers: {} };
  for (const [html, attributes] of [
    [jsonLd(own), ''],
    ['', 'in-stock="Petite|Regular"'],
  ]) {
    const { settled, errors, close } = await shopPage(shop, html + advice(attributes));
    const { size, missed } = await settled('result?.advice?.size');
    assert.deepEqual([size, missed], [expected.all, undefined]);
    assert.match(errors.join('\n'), /no size of the article/);
    await close();
  }
});

/** What the shopper reads: the line, and each size of the chart with what a screen reader says. */
const read = async ({ host }) => ({
  line: (await host.locator('.line').innerText()).replace(/\s+/g, ' ').trim(),
  rows: await host.locator('.row').allTextContents(),
});
const named = ({ rows }, size) => rows.find((row) => row.includes(size));

test('a size without a button is not offered here: neither sold out, nor advised, nor in the chart', async () => {
  const others = SIZES.filter((size) => size !== expected.all);
  const without = `<div id="sizes">${others.map((size) => `<button type="button">${size}</button>`).join('')}</div>`;
  const { host, settled, errors, close } = await shopPage(
    shop,
    without + advice('for="sizes" open'),
  );
  const { state, size, missed, takes } = await settled('result?.advice?.reasons.length');
  await host.locator('.row').first().waitFor();
  assert.notEqual(size, expected.all);
  assert.equal(missed, undefined);
  assert.notEqual(state, 'sold-out');
  assert.ok(!takes.includes(expected.all), takes.join());
  const seen = await read({ host });
  assert.equal(seen.rows.length, others.length);
  assert.doesNotMatch(seen.line, /sold out|not available/);
  assert.ok(!seen.line.includes(expected.all), seen.line);
  assert.equal(named(seen, 'sold out'), undefined);
  // A shop that takes away the buttons of sizes that are sold out states all sizes.
  await host.evaluate((element, sizes) => {
    element.sizes = sizes;
  }, SIZES);
  assert.equal((await settled('result?.advice?.missed')).missed.size, expected.all);
  await host.locator('.row').nth(others.length).waitFor();
  assert.match(named(await read({ host }), `${expected.all}:`), /sold out/);
  assert.deepEqual(errors, []);
  await close();
});

test('to a stranger a page with few of the sizes says that it does not know theirs', async () => {
  const few = '<div id="sizes"><button>38</button><button>40</button><button>42</button></div>';
  const element = '<inseam-advice model="/fit/shop.inseam" article="SB-D03" for="sizes">';
  const { settled, line, close } = await shopPage(shop, few + element);
  assert.deepEqual((await settled()).state, 'unsure');
  assert.equal(await line(), 'We don’t know your size yet.');
  await close();
});

test('of sizes in stock alone nobody knows whether the others were ever made', async () => {
  const others = SIZES.filter((size) => size !== expected.all).join('|');
  const { host, settled, close } = await shopPage(shop, advice(`in-stock="${others}" open`));
  await settled('result?.advice?.missed');
  await host.locator('.row.gone').waitFor();
  const seen = await read({ host });
  assert.match(seen.line, new RegExp(`^${expected.all} is your size, but it is not available\\.`));
  assert.match(named(seen, `${expected.all}:`), /not available$/);
  await host.evaluate((element, sizes) => {
    element.sizes = sizes;
  }, SIZES);
  await host.locator('.line').filter({ hasText: 'but it is sold out' }).waitFor();
  await close();
});

test('JSON-LD names the sizes that are offered; one alone says nothing about the others', async () => {
  const variant = (size, availability) => ({
    '@type': 'Product',
    size,
    offers: { '@type': 'Offer', availability: `https://schema.org/${availability}` },
  });
  const group = (...hasVariant) =>
    jsonLd({ '@type': 'ProductGroup', productGroupID: 'SB-D03', hasVariant });
  const others = SIZES.filter((size) => size !== expected.all);
  const fewer = group(...others.map((size) => variant(size, 'InStock')));
  const one = jsonLd({ ...variant(others[0], 'InStock'), sku: 'SB-D03' });
  for (const [html, size] of [
    [fewer, undefined],
    [one, expected.all],
  ]) {
    const page = await shopPage(shop, html + advice(''));
    const found = await page.settled('result?.advice?.reasons.length');
    assert.equal(found.missed, undefined);
    if (size) assert.equal(found.size, size);
    else assert.ok(!found.takes.includes(expected.all));
    await page.close();
  }
});

test('a button that opens a list is no size, and the list counts once it is there', async () => {
  const opener = '<div id="sizes"><button aria-haspopup="listbox">38</button><ul></ul></div>';
  const { page, settled, errors, close } = await shopPage(shop, opener + advice());
  const { size, missed } = await settled('result?.advice?.size');
  assert.deepEqual([size, missed], [expected.all, undefined]);
  await page.locator('#sizes ul').evaluate(
    (list, [sizes, soldOut]) => {
      list.innerHTML = sizes
        .map((one) => `<li role="option" aria-disabled="${one === soldOut}">${one}</li>`)
        .join('');
    },
    [SIZES, expected.all],
  );
  assert.equal((await settled('result?.advice?.missed')).missed.size, expected.all);
  assert.deepEqual(errors, []);
  await close();
});

test('of buttons and a hidden list, the buttons count', async () => {
  const list = `<select hidden>${SIZES.map((size) => `<option>${size}</option>`).join('')}</select>`;
  const swatches = (soldOut) =>
    SIZES.map(
      (size) =>
        `<button type="button" class="${size === soldOut ? 'sold-out' : ''}">${size}</button>`,
    ).join('');
  const html = `<div id="sizes">${list}${swatches(expected.all)}</div>${advice()}`;
  const { page, host, settled, close } = await shopPage(shop, html);
  assert.equal((await settled('result?.advice?.missed')).missed.size, expected.all);
  // A page that shows none of them yet still states its stock.
  await page.locator('#sizes').evaluate((sizes) => {
    sizes.hidden = true;
  });
  await host.evaluate((element) => element.refresh());
  await settled('result?.advice');
  await close();
});

test('a placeholder is no chosen size', async () => {
  const list = `<select id="sizes"><option>Choose a size</option>${SIZES.map((size) => `<option>${size}</option>`).join('')}</select>`;
  const { page, settled, close } = await shopPage(shop, list + advice('for="sizes" preselect'));
  await settled('result?.advice?.size');
  await page.waitForFunction(() => document.querySelector('#sizes').selectedIndex > 0);
  assert.equal(await page.locator('#sizes').inputValue(), expected.all);
  await close();
});

test('a variant of the chosen colour is taken', async () => {
  const option = (size, colour) => `<option value="${size}${colour}">${size} / ${colour}</option>`;
  const list = `<select id="sizes">${['Red', 'Blue'].flatMap((colour) => SIZES.map((size) => option(size, colour))).join('')}</select>`;
  const { page, host, settled, close } = await shopPage(shop, list + advice());
  await settled('result?.takes.length');
  await page.locator('#sizes').selectOption('50Blue');
  const accept = host.locator('.accept').first();
  const size = (await accept.innerText()).match(/\d+/)?.[0];
  await accept.click();
  assert.equal(await page.locator('#sizes').inputValue(), `${size}Blue`);
  await close();
});

const buttons = (stock = SIZES) =>
  `<fieldset id="sizes">${SIZES.map((size) => `<label><input type="radio" name="size" value="${size}" ${stock.includes(size) ? '' : 'disabled'}> ${size}</label>`).join('')}</fieldset>`;

test('size buttons that the page adds late, or replaces, are followed', async () => {
  const { page, host, settled, close } = await shopPage(shop, `<div id="place"></div>${advice()}`);
  const { size } = await settled('result?.advice?.size');
  const put = (html) =>
    page.evaluate((html) => {
      document.querySelector('#place').innerHTML = html;
    }, html);
  await put(buttons(SIZES.filter((one) => one !== size)));
  assert.equal((await settled('result?.advice?.missed')).missed.size, size);
  await put(buttons());
  await settled('result?.advice && !result.advice.missed');
  const accept = host.locator('.accept').first();
  const wanted = (await accept.innerText()).match(/\d+/)?.[0] ?? '';
  await accept.click();
  await host.getByText(`${wanted} chosen`).waitFor();
  assert.equal(await page.locator('input:checked').inputValue(), wanted);
  // A page that draws its buttons anew has chosen nothing.
  await put(buttons());
  await host.getByRole('button', { name: `Choose ${wanted}` }).waitFor();
  assert.equal(await host.getByText(`${wanted} chosen`).count(), 0);
  await close();
});

test('a click that chooses nothing is not called a choice', async () => {
  const dead = `<div id="sizes">${SIZES.map((size) => `<button type="button">${size}</button>`).join('')}</div>`;
  const { host, settled, close } = await shopPage(shop, dead + advice());
  await settled('result?.takes.length');
  await host.locator('.accept').first().click();
  await host.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  assert.equal(await host.locator('.chosen').count(), 0);
  assert.ok((await host.locator('.accept').count()) > 0);
  await close();
});

test('ordering both goes one step after the other, and the page can take care of it', async () => {
  const costs = 'for="sizes" lost-sale="3" spare="0.1"';
  for (const handled of [false, true]) {
    const { page, host, settled, close } = await shopPage(shop, buttons() + advice(costs));
    const { takes } = await settled("result?.state === 'both'");
    await page.evaluate((handled) => {
      globalThis.accepted = [];
      document.addEventListener('inseam-accept', (event) => {
        globalThis.accepted.push(event.detail.sizes);
        if (handled) event.preventDefault();
      });
    }, handled);
    assert.equal(await host.locator('.accept').count(), 1);
    await host.getByRole('button', { name: `Choose ${takes[0]} and ${takes[1]}` }).click();
    await host.getByText(`${takes[0]} chosen`).waitFor();
    if (handled) {
      await host.getByText(`${takes[1]} chosen`).waitFor();
      assert.equal(await page.locator('input:checked').count(), 0);
    } else {
      assert.equal(await page.locator('input:checked').inputValue(), takes[0]);
      await host.locator('.accept').click();
      await host.getByText(`${takes[1]} chosen`).waitFor();
      assert.equal(await page.locator('input:checked').inputValue(), takes[1]);
      assert.equal(await host.locator('.chosen').count(), 2, 'the first step stays done');
    }
    const accepted = await page.evaluate(() => globalThis.accepted);
    assert.deepEqual(accepted, handled ? [takes] : [takes, [takes[1]]]);
    await close();
  }
});
