// Mistakes of a page: each is said, and the message says what would be right.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

test('what is missing or misspelt is said', async () => {
  const cases = [
    ['<inseam-advice article="SB-D03">Size chart</inseam-advice>', /needs model=/],
    ['<inseam-advice model="/fit/shop.inseam">Size chart</inseam-advice>', /needs article=/],
  ];
  for (const [html, message] of cases) {
    const { page, errors, close } = await shopPage(shop, html, {
      before: () => {
        globalThis.events = [];
        for (const type of ['ready', 'loaderror', 'inseam-advice'])
          document.addEventListener(
            type,
            ({ detail }) => globalThis.events.push(`${type} ${detail?.error?.name}`),
            true,
          );
      },
    });
    await page.waitForFunction(() => globalThis.events.length > 0);
    assert.deepEqual(await page.evaluate(() => globalThis.events), ['loaderror InseamInput']);
    assert.match(errors.join('\n'), message);
    assert.equal(await page.getByText('Size chart').isVisible(), true);
    await close();
  }
  const { page, errors, close } = await shopPage(shop, '<inseam-advise></inseam-advise>');
  await page.waitForFunction(() => customElements.get('inseam-advice'));
  const said = /<inseam-advise> is no element.*<inseam-advice>/;
  for (let i = 0; i < 100 && !said.test(errors.join('\n')); i++)
    await new Promise((done) => setTimeout(done, 100));
  assert.match(errors.join('\n'), said);
  await close();
});

test('what a page states wrongly is said once', async () => {
  const element = (attributes) => `<inseam-advice ${attributes}>Size chart</inseam-advice>`;
  const cases = [
    [element('model="/fit/shop.inseam" article="SB-D03" for="no-such-id"'), /for="no-such-id"/],
    [element('model="/fit/shop.inseam" article="no-such-article"'), /"no-such-article"/],
    [element('model="/fit/none.inseam" article="SB-D03"'), /\/fit\/none\.inseam/],
  ];
  for (const [html, message] of cases) {
    const { host, errors, settled, close } = await shopPage(shop, html);
    await settled('result');
    const said = () => errors.filter((error) => /<inseam-advice>/.test(error));
    for (let i = 0; i < 100 && said().length === 0; i++)
      await new Promise((done) => setTimeout(done, 50));
    assert.match(said().join('\n'), message);
    await host.evaluate((element) => element.refresh());
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(said().length, 1, said().join('\n'));
    await close();
  }
});

test('a call with a mistake fails with what would be right; an id may be a number', async () => {
  const { page, close } = await shopPage(shop, '');
  const said = await page.evaluate(async () => {
    const { Inseam } = await import('/dist/index.js');
    const model = await Inseam.open('/fit/shop.inseam');
    const shopper = model.shopper();
    const calls = {
      number: () => shopper.advise(123),
      nothing: () => shopper.advise(),
      purchases: () => model.shopper({ purchases: [] }),
      height: () => model.shopper({ height: 178 }),
    };
    const answer = async (call) => {
      try {
        return ((await call()).reasons ?? []).map(({ kind }) => kind).join();
      } catch ({ name, message }) {
        return `${name}: ${message}`;
      }
    };
    const answers = {};
    for (const [name, call] of Object.entries(calls)) answers[name] = await answer(call);
    return answers;
  });
  assert.equal(said.number, 'unknownArticle');
  assert.match(said.nothing, /^InseamInput: an article should be the shop's id/);
  assert.match(said.purchases, /^InseamInput: details\.purchases.*history/);
  assert.match(said.height, /^InseamInput: details\.height.*body: \{ height_cm: 178 \}/);
  await close();
});
