// A real shop's conditions: slow models, pages that change, strict policies, several tabs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { askFor, history, shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

const advice = (attributes = '') =>
  `<inseam-advice model="/fit/shop.inseam" article="SB-D03" ${attributes}><a href="#chart">Size chart</a></inseam-advice>`;
const whole = readFileSync(at('out', 'demo', 'shop.inseam'));
const hang = () => new Promise(() => {});
const settle = (page, ms = 100) =>
  page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), ms);

/** Notes the events of elements as they come. */
const noteEvents = () => {
  globalThis.events = [];
  for (const type of ['ready', 'loaderror', 'inseam-advice'])
    document.addEventListener(
      type,
      ({ detail }) => globalThis.events.push([type, detail?.error?.name].filter(Boolean)),
      true,
    );
};
const events = (page) => page.evaluate(() => globalThis.events);

test('after a change of the article nothing is shown of the old one, and the space stays', async () => {
  const { host, settled, line, close } = await shopPage(
    shop,
    `<div id="sizes">${['38', '40', '42', '44', '46', '48', '50'].map((size) => `<button>${size}</button>`).join('')}</div>${advice('for="sizes" open')}<p id="after">Buy</p>`,
  );
  await settled();
  await host.evaluate((element, history) => {
    element.shopper = { history };
  }, history);
  await settled('result?.takes.length');
  await host.locator('.reasons').filter({ hasText: 'You kept' }).waitFor();
  const now = await host.evaluate((element) => {
    const top = () => document.querySelector('#after').getBoundingClientRect().top;
    const before = top();
    element.setAttribute('article', 'LA-D01');
    const { shadowRoot } = element;
    return {
      busy: shadowRoot.querySelector('.summary').getAttribute('aria-busy'),
      text: element.shadowRoot.querySelector('.summary').innerText.trim(),
      chart: shadowRoot.querySelector('.details').checkVisibility({ visibilityProperty: true }),
      result: element.result,
      accept: shadowRoot.querySelectorAll('.accept').length,
      moved: top() - before,
    };
  });
  assert.deepEqual(now, {
    busy: 'true',
    text: '',
    chart: false,
    result: undefined,
    accept: 0,
    moved: 0,
  });
  const { article } = await settled();
  assert.equal(article, 'LA-D01');
  assert.match(await line(), /\S/);
  assert.equal(await host.locator('.summary').getAttribute('aria-busy'), 'false');
  await close();
});

test('without a model or an article the page’s own content takes no more space than before', async () => {
  const html = (attributes) =>
    `<div id="box"><inseam-advice ${attributes}><a href="#chart">Size chart</a></inseam-advice></div><p id="after">Buy</p>`;
  const top = (page) =>
    page.locator('#after').evaluate((after) => after.getBoundingClientRect().top);
  for (const attributes of ['article="SB-D03"', 'model="/fit/shop.inseam"']) {
    const plain = await shopPage(shop, html(attributes), { element: false });
    const before = await top(plain.page);
    await plain.close();
    const { page, host, close } = await shopPage(shop, html(attributes), { before: noteEvents });
    await page.waitForFunction(() => globalThis.events.length > 0);
    assert.equal(await top(page), before, attributes);
    assert.equal(await host.evaluate(({ shadowRoot }) => shadowRoot), null);
    await close();
  }
  // An article that the page takes away leaves no empty space either, with the details open.
  const { page, host, settled, close } = await shopPage(
    shop,
    html('model="/fit/shop.inseam" article="SB-D03" open'),
  );
  await settled();
  await host.locator('.wear').waitFor();
  await host.evaluate((element) => element.removeAttribute('article'));
  await host.locator('.summary').waitFor({ state: 'hidden' });
  const chart = page.getByRole('link', { name: 'Size chart' });
  assert.equal(await chart.isVisible(), true);
  const [box, link] = [await host.boundingBox(), await chart.boundingBox()];
  assert.ok(box.height < 1.7 * link.height, `${box.height} pixels for ${link.height}`);
  assert.equal(await host.locator('.details').isVisible(), false);
  await host.evaluate((element) => element.setAttribute('article', 'LA-D01'));
  assert.equal((await settled()).article, 'LA-D01');
  await host.locator('.wear').waitFor();
  assert.equal(await host.locator('.line').isVisible(), true);
  await close();
});

test('an article whose model never comes leaves no advice on the one before', async () => {
  const { page, host, settled, close } = await shopPage(shop, advice('timeout="500"'), {
    route: (page) => page.route('**/other.inseam', hang),
  });
  await settled();
  await host.evaluate((element) => {
    element.model = '/fit/other.inseam';
    element.article = 'LA-D01';
  });
  await settle(page);
  assert.equal(await host.locator('.line').innerText(), '');
  await settled("result?.state === 'failed'");
  assert.equal(await page.getByRole('link', { name: 'Size chart' }).isVisible(), true);
  await close();
});

test('while a model hangs the page’s own content stays; then the element says so, and late advice is shown', async () => {
  let arrive;
  const arriving = new Promise((done) => {
    arrive = done;
  });
  const { page, host, settled, line, close } = await shopPage(shop, advice('timeout="700"'), {
    before: noteEvents,
    model: async (route) => {
      await arriving;
      await route.fulfill({ body: whole });
    },
  });
  await settle(page, 300);
  const chart = page.getByRole('link', { name: 'Size chart' });
  assert.equal(await chart.isVisible(), true);
  assert.equal(await host.locator('.summary').getAttribute('aria-busy'), 'true');
  assert.deepEqual(
    await host.evaluate((element) => element.getAttributeNames()),
    ['model', 'article', 'timeout'],
    'a framework that takes over the markup finds what it rendered',
  );
  await settled("result?.state === 'failed'");
  assert.deepEqual(await events(page), [
    ['loaderror', 'InseamUnreachable'],
    ['inseam-advice', 'InseamUnreachable'],
  ]);
  assert.equal(await line(), 'There is no size advice right now.');
  assert.equal(await chart.isVisible(), true);
  arrive();
  await settled();
  assert.deepEqual((await events(page)).slice(2), [['ready'], ['inseam-advice']]);
  assert.equal(await chart.isVisible(), true, 'there is no size to take yet');
  await host.evaluate((element, history) => {
    element.shopper = { history };
  }, history);
  await settled('result?.takes.length');
  assert.equal(await chart.isVisible(), false);
  await close();
});

test('opening and advice can be given up', async () => {
  const { page, close } = await shopPage(shop, '', {
    model: hang,
    route: (page) => page.route('**/stuck.inseam', hang),
  });
  const names = await page.evaluate(async () => {
    const { Inseam } = await import('/dist/index.js');
    const open = (signal) =>
      Inseam.open('/fit/stuck.inseam', { signal }).then(
        () => 'opened',
        ({ name }) => name,
      );
    return [await open(AbortSignal.timeout(200)), await open(AbortSignal.abort())];
  });
  assert.deepEqual(names, ['TimeoutError', 'AbortError']);
  await close();
});

test('properties that were set before the element was defined count', async () => {
  const html = '<inseam-advice id="early">Size chart</inseam-advice>';
  const { page, host, settled, line, close } = await shopPage(shop, html, { element: false });
  await host.evaluate((element, history) => {
    Object.assign(element, {
      model: '/fit/shop.inseam',
      article: 'SB-D03',
      shopper: { history },
      texts: { take: 'Go for {size}!', between: 'Go for {size} or {other}!' },
      open: true,
    });
  }, history);
  await page.evaluate(() => import('/dist/element.js'));
  await settled('result?.advice?.reasons.length');
  assert.match(await line(), /^Go for/);
  await host.locator('.row').first().waitFor();
  assert.equal(await host.getAttribute('article'), 'SB-D03');
  assert.equal(await host.evaluate((element) => element.article), 'SB-D03');
  await close();
});

test('attributes are properties: lists, numbers, and none', async () => {
  const { host, settled, close } = await shopPage(shop, advice());
  await settled();
  const seen = await host.evaluate((element) => {
    element.inStock = ['44', '46'];
    element.timeout = 5000;
    element.preselect = true;
    element.brands = undefined;
    const names = ['in-stock', 'timeout', 'preselect', 'brands'];
    const set = names.map((name) => element.getAttribute(name));
    element.inStock = null;
    return [...set, element.hasAttribute('in-stock')];
  });
  assert.deepEqual(seen, ['44|46', '5000', '', null, false]);
  await close();
});

test('the shopper’s details and texts can be attributes, as JSON', async () => {
  const text = JSON.stringify({ history }).replaceAll('"', '&quot;');
  const { host, settled, line, errors, close } = await shopPage(
    shop,
    advice(`shopper="${text}" texts='{"take":"Go for {size}!","between":"Go for {size}!"}'`),
  );
  await settled('result?.takes.length');
  assert.match(await line(), /^Go for/);
  await host.evaluate((element) => {
    element.shopper = '{"history":[]}';
  });
  await settled("result?.state === 'unsure'");
  assert.deepEqual(errors, []);
  await host.evaluate((element) => element.setAttribute('shopper', '[object Object]'));
  await settled("result?.state === 'unsure'");
  assert.match(errors.join(), /needs JSON in shopper=/);
  await close();
});

test('under Trusted Types everything is shown', async () => {
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";
  const { page, host, settled, errors, close } = await shopPage(shop, advice('open'), { policy });
  await settled();
  await host.locator('.wear').waitFor();
  assert.equal(await host.locator('svg.tape rect').count(), 1);
  await askFor(host, 'Weight');
  await host.getByLabel('Weight').fill('66');
  await host.getByRole('button', { name: 'Show my size' }).click();
  await host.locator('.facts').waitFor();
  assert.deepEqual(errors, []);
  await page.close();
  await close();
});

test('the account’s order lines do not overwrite what the shopper has answered meanwhile', async () => {
  const { page, host, settled, close } = await shopPage(shop, advice('open'));
  await settled();
  await host.locator('.asking').waitFor();
  await page.evaluate(async () => {
    const { ShopperFile } = await import('/dist/shopper.js');
    // The shop's own code reads the file early, and merges when the account has been loaded.
    globalThis.accountFile = new ShopperFile();
  });
  await askFor(host, 'Weight');
  await host.getByLabel('Weight').fill('66');
  await host.getByRole('button', { name: 'Show my size' }).click();
  await host.locator('.facts').waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.evaluate(async () => {
    const { ShopperFile } = await import('/dist/shopper.js');
    new ShopperFile().measure('height_cm', 170);
  });
  // A browser tells its other processes a little later.
  await page.waitForFunction(() => localStorage.getItem('inseam.shopper').includes('height_cm'));
  await page.evaluate(() =>
    globalThis.accountFile.merge([
      { line: '1007-1', article: 'LA-D01', size: '38', outcome: 'kept' },
    ]),
  );
  const { body, history } = await page.evaluate(
    () => JSON.parse(localStorage.getItem('inseam.shopper')).profiles[0],
  );
  assert.deepEqual(body, { weight_kg: 66, height_cm: 170 });
  assert.equal(history.length, 1);
  await close();
});

test('objects of one file hear of each other’s changes, in other tabs too', async () => {
  const { page, close } = await shopPage(shop, '');
  const seen = await page.evaluate(async () => {
    const { ShopperFile } = await import('/dist/shopper.js');
    const [one, two] = [new ShopperFile(), new ShopperFile()];
    let heard = 0;
    const stop = one.watch(() => heard++);
    two.measure('height_cm', 170);
    const height = one.details.body.height_cm;
    stop();
    two.measure('height_cm', 171);
    globalThis.watched = new Promise((done) => {
      one.watch(() => done(one.details.body.height_cm));
    });
    return [heard, height];
  });
  assert.deepEqual(seen, [1, 170]);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.evaluate(async () => {
    const { ShopperFile } = await import('/dist/shopper.js');
    new ShopperFile().measure('height_cm', 172);
  });
  assert.equal(await page.evaluate(() => globalThis.watched), 172);
  await close();
});

test('a file can be taken to another device', async () => {
  const { page, close } = await shopPage(shop, '');
  const found = await page.evaluate(async () => {
    const { ShopperFile } = await import('/dist/shopper.js');
    const file = new ShopperFile();
    file.add({ article: 'LA-D01', size: '38' });
    file.addProfile('Mia');
    const text = file.export();
    file.clear();
    file.import(text);
    const refused = [text.slice(1), '{}', '[]', '{"version":2,"profiles":[]}'].map((wrong) => {
      try {
        file.import(wrong);
        return 'taken';
      } catch ({ name }) {
        return name;
      }
    });
    return [new ShopperFile().export() === text, ...new Set(refused)];
  });
  assert.deepEqual(found, [true, 'InseamInput']);
  await close();
});

test('the language of the page is followed', async () => {
  const { page, settled, line, close } = await shopPage(shop, `<div id="shop">${advice()}</div>`);
  await settled();
  assert.match(await line(), /We don’t know/);
  for (const [selector, lang, text] of [
    [':root', 'de', /Wir kennen deine Größe/],
    ['#shop', 'fr', /Nous ne connaissons/],
  ]) {
    await page.locator(selector).evaluate((element, lang) => {
      element.lang = lang;
    }, lang);
    await page.waitForFunction(
      (text) =>
        new RegExp(text).test(
          document.querySelector('inseam-advice').shadowRoot.querySelector('.line').textContent,
        ),
      text.source,
    );
  }
  await close();
});

test('fifty elements are not fifty live regions; the one in use is', async () => {
  const { page, close } = await shopPage(shop, advice().repeat(50));
  await page.waitForFunction(() =>
    [...document.querySelectorAll('inseam-advice')].every(({ result }) => result),
  );
  const regions = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('inseam-advice')].flatMap(
        ({ shadowRoot }) =>
          [...shadowRoot.querySelectorAll('[role=status], [role=alert]:not(:empty), [aria-live]')]
            .length,
      ),
    );
  assert.equal((await regions()).filter(Boolean).length, 0);
  await page.locator('inseam-advice .toggle').nth(7).focus();
  assert.deepEqual(
    (await regions()).flatMap((count, i) => (count ? [i] : [])),
    [7],
  );
  await close();
});

test('an accepted size can be joined with its advice, without personal data', async () => {
  const list = `<select id="sizes">${['38', '40', '42', '44', '46', '48', '50'].map((size) => `<option>${size}</option>`).join('')}</select>`;
  const { page, host, settled, close } = await shopPage(shop, list + advice('for="sizes"'), {
    before: () => {
      globalThis.details = [];
      for (const type of ['inseam-advice', 'inseam-accept'])
        document.addEventListener(type, ({ detail }) => {
          const { nonce, article, sizes, model } = detail;
          globalThis.details.push({ type, nonce, article, sizes, model: model.name ?? model });
        });
    },
  });
  await settled();
  await host.evaluate((element, history) => {
    element.shopper = { history };
  }, history);
  await settled('result?.takes.length');
  await host.locator('.accept').first().click();
  const details = await page.evaluate(() => globalThis.details);
  const accepted = details.find(({ type }) => type === 'inseam-accept');
  assert.match(accepted.nonce, /^[0-9a-f]{16}$/);
  assert.equal(accepted.article, 'SB-D03');
  const given = details.filter(({ type }) => type === 'inseam-advice');
  assert.ok(
    given.every(({ nonce, model }) => nonce === accepted.nonce && model === accepted.model),
  );
  await page.reload();
  await settled();
  const again = await page.evaluate(() => globalThis.details[0].nonce);
  assert.notEqual(again, accepted.nonce, 'a nonce is of one page view');
  await close();
});
