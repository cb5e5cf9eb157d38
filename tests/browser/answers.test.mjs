// What shoppers tell the element: each answer is one fact, in its own unit and size system.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults } from './gallery.mjs';
import { askFor, shopPage } from './page.mjs';
import { openShop, picture } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

const advice = (attributes = '', article = 'SB-D03') =>
  `<inseam-advice model="/fit/shop.inseam" article="${article}" ${attributes}>Size chart</inseam-advice>`;

const stored = (page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('inseam.shopper')).profiles[0]);

/**
 * A page with the details open and the question whose field has this label, after skipping others.
 * @param {string} label
 * @param {string} [html]
 * @param {Parameters<typeof shopPage>[2]} [how]
 */
async function asked(label, html = advice(), how = {}) {
  const seen = await shopPage(shop, html, how);
  const { host, settled } = seen;
  await settled();
  await host.locator('.toggle').click();
  const field = await askFor(host, label);
  return { ...seen, field, submit: host.getByRole('button', { name: 'Show my size' }) };
}

test('an answer is one fact: shown, changed and removed, and never counted twice', async () => {
  const usual = 'Your usual size at Sorelle Brina';
  const { page, host, field, submit, settled, errors, close } = await asked(usual);
  await field.selectOption('IT 44');
  await submit.click();
  await settled("result?.advice?.reasons.some(({ kind }) => kind === 'history')");
  const facts = host.locator('.facts li');
  await facts.first().waitFor();
  assert.match(await facts.innerText(), /usual size at Sorelle Brina: IT 44/);
  assert.equal(await host.locator('.asking').getByText(usual).count(), 0, 'it is not asked again');
  assert.match(await host.locator('.reasons').innerText(), /You usually wear 44 \(Sorelle Brina\)/);
  assert.doesNotMatch(await host.locator('.reasons').innerText(), /kept|purchase/);
  const [fact] = (await stored(page)).history;
  assert.deepEqual(fact, {
    brand: 'Sorelle Brina',
    group: 'dresses',
    size: '44',
    outcome: 'kept',
    system: 'WearableSizeSystemIT',
  });
  assert.deepEqual(await faults(page), []);
  await picture(page, 'answered');

  await host.getByRole('button', { name: `Change: ${usual}` }).click();
  const again = host.locator('.asking').getByLabel(usual);
  await again.waitFor();
  assert.equal(await again.evaluate((list) => list.selectedOptions[0].text), 'IT 44');
  assert.equal(await again.evaluate((list) => list.getRootNode().activeElement === list), true);
  await again.selectOption('IT 48');
  await submit.click();
  await facts.filter({ hasText: 'IT 48' }).waitFor();
  assert.deepEqual(
    (await stored(page)).history.map(({ size }) => size),
    ['48'],
  );
  // However often it is stated, it is one purchase for the model.
  await page.evaluate(async (fact) => {
    const { ShopperFile } = await import('/dist/shopper.js');
    const file = new ShopperFile();
    for (let i = 0; i < 5; i++) file.add(fact);
  }, fact);
  await facts.filter({ hasText: 'IT 44' }).waitFor();
  assert.equal((await stored(page)).history.length, 1);

  await host.getByRole('button', { name: `Remove: ${usual}` }).click();
  await settled("result?.advice?.reasons.some(({ kind }) => kind === 'noHistory')");
  await host.locator('.answered').waitFor({ state: 'hidden' });
  assert.deepEqual((await stored(page)).history, []);
  assert.deepEqual(errors, []);
  await close();
});

test('a brand’s size is stated in its own system, beside the shopper’s', async () => {
  // An article in European sizes asks about an Italian brand.
  const html = advice('brands="Sorelle Brina" system="UK"', 'LA-D01');
  const { page, field, submit, close } = await asked('Your usual size at Sorelle Brina', html);
  const systems = await field.evaluate((list) =>
    [...list.querySelectorAll('optgroup')].map(({ label }) => label),
  );
  assert.deepEqual([systems[0], [...systems].sort()], ['UK', ['EU', 'IT', 'UK']]);
  const italian = field.locator('optgroup[label=IT] option').filter({ hasText: /42$/ });
  await field.selectOption(await italian.getAttribute('value'));
  const shown = await field.evaluate((list) => list.selectedOptions[0].text);
  assert.equal(shown, 'IT 42', 'what the shopper sees once they have chosen');
  await submit.click();
  await page.waitForFunction(() => localStorage.getItem('inseam.shopper'));
  const [{ size, system }] = (await stored(page)).history;
  assert.deepEqual([size, system], ['42', 'WearableSizeSystemIT']);
  await close();
});

test('the article’s own brand offers the article’s system first', async () => {
  const { field, close } = await asked('Your usual size at Sorelle Brina', advice('system="EU"'));
  const systems = await field.evaluate((list) =>
    [...list.querySelectorAll('optgroup')].map(({ label }) => label),
  );
  assert.deepEqual(systems.slice(0, 2), ['IT', 'EU']);
  await close();
});

/** The systems in which a brand's sizes can be stated, in the order of the list. */
const systemsIn = (field) =>
  field.evaluate((list) => [...list.querySelectorAll('optgroup')].map(({ label }) => label));

test('of another brand the systems are those that the page states, else all of the fit group', async () => {
  const usual = 'Your usual size at Sorelle Brina';
  const cases = [
    ['Sorelle Brina', ['UK', 'EU', 'IT']],
    ['Sorelle Brina = IT', ['IT']],
    ['Sorelle Brina = it, EU', ['EU', 'IT']],
    // The fit group has no such sizes.
    ['Sorelle Brina = JP', ['UK', 'EU', 'IT']],
  ];
  for (const [entry, systems] of cases) {
    const html = advice(`brands="Tidewell = UK|${entry}" system="UK"`, 'LA-D01');
    const { field, close } = await asked(usual, html);
    const found = await systemsIn(field);
    assert.deepEqual([found[0], [...found].sort()], [systems[0], [...systems].sort()], entry);
    await close();
  }
});

test('a brand’s articles that the model has loaded tell its system', async () => {
  const usual = 'Your usual size at Sorelle Brina';
  const html = advice('brands="Sorelle Brina" system="UK"', 'LA-D01');
  const before = () =>
    localStorage.setItem('inseam.shopper', '{"history":[{"article":"SB-D03","size":"42"}]}');
  const { field, close } = await asked(usual, html, { before });
  assert.deepEqual((await systemsIn(field)).slice(0, 2), ['IT', 'UK']);
  await close();
});

test('a brand that sells in two systems is asked about in both', async () => {
  // Purchases of one brand: an article in letters, another in numbers.
  const html = '<div id="place"></div>';
  const { page, close } = await shopPage(shop, html);
  const systems = await page.evaluate(async () => {
    const { Inseam } = await import('/dist/index.js');
    const model = await Inseam.open('/fit/shop.inseam');
    await model.load(['SB-D03', 'LA-D01', 'TW-D02']);
    const facts = (id) => ({ ...model.article(id), brand: 'Both' });
    const known = { 'SB-D03': facts('SB-D03'), 'LA-D01': facts('LA-D01') };
    // The same model, in which two articles of different systems are of one brand.
    const open = Inseam.open;
    Inseam.open = async (...given) => {
      const opened = await open.apply(Inseam, given);
      const article = opened.article.bind(opened);
      opened.article = (id) => known[id] ?? article(id);
      return opened;
    };
    await import('/dist/element.js');
    const element = document.createElement('inseam-advice');
    Object.assign(element, { model: '/fit/shop.inseam', article: 'SB-D03', open: true });
    element.shopper = { history: [{ article: 'LA-D01', size: '38' }] };
    document.querySelector('#place').append(element);
    const root = () => element.shadowRoot;
    const until = async (found) => {
      for (let i = 0; i < 500; i++) {
        const value = found();
        if (value) return value;
        await new Promise((done) => setTimeout(done, 20));
      }
      throw new Error('it never was there');
    };
    const name = 'Your usual size at Both';
    const asked = () => root()?.querySelector('.asking .field')?.textContent;
    while (!(await until(asked)).startsWith(name)) {
      const before = asked();
      root().querySelector('.asking .forget').click();
      await until(() => asked() !== before);
    }
    return [...root().querySelectorAll('.asking optgroup')].map(({ label }) => label);
  });
  assert.deepEqual(systems.slice(0, 2), ['IT', 'EU']);
  assert.ok(systems.includes('UK'), systems.join());
  await close();
});

test('to show the size, something has to be entered: it is said, and the first field has the focus', async () => {
  const brand = await asked('Your usual size at Sorelle Brina');
  const body = await asked('Height');
  for (const { page, host, field, submit, errors, close } of [brand, body]) {
    const notice = host.locator('.notice');
    assert.equal(await notice.innerText(), '');
    assert.equal(await notice.getAttribute('role'), 'status', 'it does not interrupt');
    await submit.click();
    await notice.filter({ hasText: 'Please fill this in first.' }).waitFor();
    assert.equal(await notice.isVisible(), true);
    const first = host.locator('.asking').locator('input, select').first();
    assert.equal(await first.evaluate((it) => it.getRootNode().activeElement === it), true);
    assert.equal(await first.getAttribute('aria-describedby'), await notice.getAttribute('id'));
    assert.equal(await page.evaluate(() => localStorage.getItem('inseam.shopper')), null);
    assert.deepEqual(await faults(page), []);
    if (await field.evaluate((it) => it instanceof HTMLInputElement)) await field.fill('170');
    else await field.selectOption({ index: 3 });
    assert.equal(await notice.innerText(), '', 'it is about what was there before');
    await submit.click();
    await host.locator('.facts li').first().waitFor();
    assert.deepEqual(errors, []);
    await close();
  }
});

/** What the shopper enters, the unit chosen, the values offered, and the one stored. */
const entries = [
  ['Height', '168', 'cm', undefined, 168],
  ['Height', '1,68', 'cm', '1,68 m', 168],
  ['Height', '68', 'cm', '68 in', 172.7],
  ['Height', '5\'6"', 'cm', undefined, 167.6],
  ['Height', '66', 'in', undefined, 167.6],
  ['Height', '1680', 'cm', '', undefined],
  ['Height', 'tall', 'cm', '', undefined],
  ['Weight', '150', 'kg', '150 lb', 68],
  ['Weight', '140', 'lb', undefined, 63.5],
  ['Weight', '10 st 4', 'kg', undefined, 65.3],
];
for (const [name, text, unit, offered, value] of entries) {
  test(`${name} ${text}, ${unit}: ${value ? `counts as ${value}` : 'is refused'}`, async () => {
    const { page, host, field, submit, close } = await asked(name);
    await field.fill(text);
    const units = host.locator('.asking .inputs').filter({ hasText: name }).getByLabel('Unit');
    assert.equal(await units.isVisible(), true, 'the unit stands beside the field');
    await units.selectOption(unit);
    await submit.click();
    const notice = host.locator('.notice');
    if (offered !== undefined) {
      await notice.filter({ hasText: /\S/ }).waitFor();
      assert.equal(await page.evaluate(() => localStorage.getItem('inseam.shopper')), null);
      assert.doesNotMatch(await host.locator('.line').innerText(), /Take/);
    }
    if (offered) await notice.getByRole('button', { name: offered, exact: true }).click();
    if (value) {
      await page.waitForFunction(() => localStorage.getItem('inseam.shopper'));
      const [stored1] = Object.values((await stored(page)).body);
      assert.ok(Math.abs(stored1 - value) < 0.051, `${stored1}`);
    } else assert.equal(await notice.getByRole('button').count(), 0);
    await close();
  });
}

test('height and weight are asked in one step, and one of them is enough', async () => {
  const { page, host, field, submit, close } = await asked('Height');
  const weight = host.locator('.asking').getByLabel('Weight');
  assert.equal(await weight.count(), 1);
  await field.fill('168');
  await weight.fill('10 st 4');
  await submit.click();
  await host.locator('.facts li').nth(1).waitFor();
  const { height_cm, weight_kg } = (await stored(page)).body;
  assert.deepEqual([height_cm, weight_kg], [168, 65.3]);
  await close();
  const one = await asked('Weight');
  await one.field.fill('65');
  await one.submit.click();
  await one.host.locator('.facts li').first().waitFor();
  assert.deepEqual((await stored(one.page)).body, { weight_kg: 65 });
  await one.close();
});

test('Enter submits the answer, and Escape closes the details', async () => {
  const { page, host, field, close } = await asked('Height');
  await field.fill('168');
  await field.press('Enter');
  await host.locator('.facts').filter({ hasText: 'Height: 168 cm' }).waitFor();
  await host.locator('.details button').first().focus();
  await page.keyboard.press('Escape');
  await host.locator('.details').waitFor({ state: 'hidden' });
  const focused = await host.evaluate((element) => element.shadowRoot.activeElement?.className);
  assert.equal(focused, 'toggle');
  await close();
});

test('a size that would hardly fit is not named', async () => {
  for (const body of [{ weight_kg: 150 }, { weight_kg: 300, height_cm: 100 }]) {
    const { host, settled, line, close } = await shopPage(shop, advice());
    await settled();
    await host.evaluate((element, body) => {
      element.shopper = { body };
    }, body);
    const { state, takes } = await settled(
      "result?.advice?.reasons.some(({ kind }) => kind === 'measurements')",
    );
    assert.deepEqual([state, takes], ['no-fit', []]);
    assert.equal(await line(), 'None of these sizes is likely to fit you.');
    await close();
  }
});

test('a sandboxed frame without forms takes answers', async () => {
  const frame = `<iframe sandbox="allow-scripts allow-same-origin" width="700" height="900" src="/test/framed.html"></iframe>`;
  const { page, close } = await shopPage(shop, frame, {
    element: false,
    policy: '',
    route: (page) =>
      page.route('**/test/framed.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><html lang="en"><script type="module" src="/dist/element.js"></script>${advice('open')}`,
        }),
      ),
  });
  const inside = page.frameLocator('iframe');
  await inside.locator('.asking').waitFor();
  await askFor(inside.locator('inseam-advice'), 'Weight');
  await inside.getByLabel('Weight').fill('66');
  await inside.getByRole('button', { name: 'Show my size' }).click();
  await inside.getByRole('button', { name: 'Forget my answers' }).waitFor();
  await close();
});

test('where the browser stores nothing, the shopper is told', async () => {
  const note = 'your answers last only as long as this page';
  const blocked = () => {
    Object.defineProperty(globalThis, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  };
  const none = await asked('Height', advice(), { before: blocked });
  assert.equal(await none.host.getByText(note).isVisible(), true);
  await none.close();
  const usual = await asked('Height');
  assert.equal(await usual.host.getByText(note).count(), 0);
  await usual.close();
});
