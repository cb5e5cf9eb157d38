// Every state of the element: each shows a text of its own, in every language, and the keyboard
// reaches all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, gallery, languages, states, turn } from './gallery.mjs';
import { shopPage } from './page.mjs';
import { openShop, picture } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

test('each state is reached, and shows a text of its own', async () => {
  const { page, close } = await gallery(shop, '');
  const found = await page
    .locator('section')
    .evaluateAll((sections) =>
      sections.map((section) => [
        section.dataset.state,
        section.querySelector('inseam-advice').result.state,
      ]),
    );
  assert.deepEqual(
    found,
    states.map((state) => [
      state,
      { 'sold-out-none': 'sold-out', profiles: 'advised' }[state] ?? state,
    ]),
  );
  const lines = await page.locator('inseam-advice .line').allInnerTexts();
  assert.equal(new Set(lines).size, states.length, lines.join('\n'));
  const set = (state) => page.locator(`[data-state=${state}] .size`).count();
  assert.deepEqual(
    await Promise.all(states.map(set)),
    [1, 2, 2, 0, 0, 1, 0, 0, 0, 1],
    'the sizes to take are set apart',
  );
  // Without a size to take the shop's own content is shown.
  for (const state of ['unsure', 'no-fit', 'sold-out-none', 'unknown', 'failed']) {
    assert.ok(
      await page
        .locator(`[data-state=${state}]`)
        .getByRole('link', { name: 'Size chart' })
        .isVisible(),
      state,
    );
  }
  assert.equal(
    await page
      .locator('[data-state=advised]')
      .getByRole('link', { name: 'Size chart' })
      .isVisible(),
    false,
  );
  assert.deepEqual(await faults(page), []);
  await close();
});

test('a page’s own custom properties leave the chart’s colours alone', async () => {
  const { page, close } = await gallery(shop, '');
  const colours = await page
    .locator('[data-state=advised] inseam-advice')
    .evaluate(async (element) => {
      for (const name of ['small', 'fits', 'large']) element.style.setProperty(`--${name}`, 'none');
      element.open = true;
      await new Promise((done) => element.addEventListener('inseam-advice', done, { once: true }));
      return ['small', 'fits', 'large'].map(
        (name) =>
          getComputedStyle(element.shadowRoot.querySelector(`.bar .${name}`)).backgroundColor,
      );
    });
  for (const colour of colours) assert.match(colour, /^rgb\(/);
  await close();
});

test('no language leaves a placeholder unfilled, and none falls back to another', async () => {
  const { page, close } = await gallery(shop, 'details=open');
  const texts = [];
  for (const lang of languages) {
    await turn(page, lang);
    const shown = await page
      .locator('inseam-advice')
      .evaluateAll((all) => all.map((e) => e.shadowRoot.textContent).join('\n'));
    assert.doesNotMatch(shown, /[{}]|undefined|NaN/, lang);
    texts.push(shown);
    // Whose size is sold out, and which one it is.
    for (const state of ['sold-out', 'sold-out-none']) {
      const [missed, size] = await page
        .locator(`[data-state=${state}] inseam-advice`)
        .evaluate(({ shadowRoot, result }) => [
          shadowRoot.querySelector('.line .missed').textContent,
          result.advice.missed.size,
        ]);
      assert.equal(missed, size, `${lang}, ${state}`);
    }
  }
  assert.equal(new Set(texts).size, languages.length);
  await close();
});

test('a language has its own plurals', async () => {
  const element =
    '<inseam-advice model="/fit/shop.inseam" article="SB-D03" open>Size chart</inseam-advice>';
  for (const [lang, once, twice] of [
    ['fr', /Vous avez gardé la taille 38[^.]*\)\./, /Vous avez gardé la taille 38[^.]* 2 fois\./],
    ['pl', /Został u Ciebie 38[^.,]*\./, /Został u Ciebie 38[^.,]*, 2 razy\./],
  ]) {
    const { host, settled, close } = await shopPage(shop, element, { lang });
    await settled();
    for (const [count, text] of [
      [1, once],
      [2, twice],
    ]) {
      await host.evaluate((element, count) => {
        const bought = ['LA-D01', 'LA-D07'].slice(0, count);
        element.shopper = { history: bought.map((article) => ({ article, size: '38' })) };
      }, count);
      await host.locator('.reasons').filter({ hasText: text }).waitFor();
    }
    await close();
  }
});

test('the keyboard reaches everything: size buttons, taking the size, details, question, preference', async () => {
  const { page, close } = await gallery(shop, '');
  const card = page.locator('[data-state=advised]');
  const size = await card.locator('.size').first().innerText();
  await card.locator('input[type=radio]:not(:disabled)').first().focus();
  await page.keyboard.press('Tab');
  const focused = () =>
    page.evaluate(() => {
      const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      return active?.textContent || active?.getAttribute('name') || active?.tagName;
    });
  assert.equal(await focused(), `Choose ${size}`);
  await page.keyboard.press('Enter');
  await card.getByText(`${size} chosen`).waitFor();
  assert.equal(await card.locator('input:checked').inputValue(), size);
  assert.equal(await focused(), 'Sizes and reasons', 'focus is not lost with the button');
  await page.keyboard.press('Space');
  await card.locator('.row').first().waitFor();
  assert.equal(await focused(), 'Hide');
  const walk = [];
  // The size chart; the question has two fields, each with a unit, and two buttons.
  for (let i = 0; i < 9; i++) {
    await page.keyboard.press('Tab');
    walk.push(await focused());
  }
  assert.ok(walk.includes('wear'), walk.join(', '));
  assert.ok(walk.includes('Show my size'), walk.join(', '));
  await card.locator('input[name=wear]').last().focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(
    () => document.querySelector('[data-state=advised] inseam-advice').shopper.preference === 0.5,
  );
  assert.equal(await card.locator('input[name=wear]:checked').count(), 1);
  assert.equal(await focused(), 'wear', 'focus stays in the group');
  await close();
});

test('right to left: the chart is mirrored, nothing overflows', async () => {
  const { page, close } = await gallery(shop, 'details=open&dir=rtl');
  const row = page.locator('[data-state=advised] .row').first();
  const [label, share] = [
    await row.locator('.label').boundingBox(),
    await row.locator('.share').boundingBox(),
  ];
  assert.ok(label && share && label.x > share.x);
  assert.deepEqual(await faults(page), []);
  await picture(page, 'gallery-rtl');
  await close();
});

for (const query of ['details=open', 'details=open&lang=de', 'details=open&lang=fr&dir=rtl']) {
  test(`320 pixels need no scrolling sideways: ${query}`, async () => {
    const { page, close } = await gallery(shop, query, { width: 320, height: 640 });
    const [content, width] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    assert.ok(content <= width, `${content} pixels wide`);
    await picture(page, `gallery-320-${query.replace(/\W/g, '-')}`);
    await close();
  });
}

test('forced colours: the three outcomes and the hatching stay apart', async () => {
  const { page, close } = await gallery(shop, 'details=open');
  await page.emulateMedia({ forcedColors: 'active' });
  const looks = await page.locator('[data-state=advised] .key i').evaluateAll((all) =>
    all.map((i) => {
      const { backgroundColor, backgroundImage, borderStyle } = getComputedStyle(i);
      return [backgroundColor, backgroundImage, borderStyle].join(' ');
    }),
  );
  assert.equal(new Set(looks).size, 4, looks.join('\n'));
  await picture(page, 'gallery-forced');
  await close();
});
