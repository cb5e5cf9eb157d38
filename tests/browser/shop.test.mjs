// The demo shop as a shopper uses it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { adviceLine, advisedSize, insight, openShop, picture, visit } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

const dress = '#/article/SB-D03';

test('a product page advises a size in stock, and chooses it', async () => {
  const { page, errors, close } = await visit(shop, dress);
  const line = await adviceLine(page);
  const size = await advisedSize(page);
  assert.match(line, new RegExp(`\\b${size}\\b`));
  assert.equal(await page.locator('input[name=size]:checked').inputValue(), size);
  assert.ok(await page.locator(`input[name=size][value="${size}"]`).isEnabled());
  assert.equal(await page.locator('.buy').innerText(), `Buy size ${size}`);
  await page.locator('svg.belief').waitFor();
  assert.equal(await page.locator('.columns .column').count(), 7);
  assert.equal(await page.locator('.columns .column.on .label').innerText(), size);
  await picture(page, 'product');
  assert.deepEqual(errors, []);
  await close();
});

test('the window shows every article, each with this shopper’s size', async () => {
  const { page, errors, close } = await visit(shop, '');
  assert.equal(await page.locator('.item').count(), 28);
  assert.equal(await page.locator('.item .garment path').first().isVisible(), true);
  await page.locator('.tag:visible').first().waitFor();
  const tags = await page.locator('.tag:visible').allInnerTexts();
  assert.ok(tags.length >= 20, `${tags.length} articles with a size`);
  for (const tag of tags) assert.match(tag, /^Your size \S+$/);
  await picture(page, 'window');
  await page.getByRole('navigation').getByRole('link', { name: 'Footwear' }).click();
  await page.getByRole('heading', { name: 'Footwear' }).waitFor();
  assert.equal(await page.locator('.item').count(), 7);
  assert.deepEqual(errors, []);
  await close();
});

test('another shopper gets another size of the same article', async () => {
  const { page, errors, close } = await visit(shop, '#/article/VE-D04');
  const found = [];
  for (const name of ['Ada', 'Béatrice', 'Carmen']) {
    await page.getByRole('radio', { name }).check();
    await page.getByRole('heading', { name: `${name}’s wardrobe` }).waitFor();
    assert.ok((await page.locator('.history li').count()) >= 4, `${name} has a history to see`);
    await adviceLine(page);
    found.push(await insight(page));
    const { size } = found.at(-1)?.advice ?? {};
    assert.equal(await advisedSize(page, size), size);
    await picture(page, `shopper-${name.toLowerCase().replace('é', 'e')}`);
  }
  assert.equal(
    new Set(found.map(({ advice }) => advice.size)).size,
    3,
    'three shoppers, three sizes',
  );
  assert.ok(found[0].mean < found[1].mean && found[1].mean < found[2].mean);
  assert.deepEqual(errors, []);
  await close();
});

test('a return as too small moves belief and advice up; keeping it then makes the belief surer', async () => {
  const { page, errors, close } = await visit(shop, dress);
  await adviceLine(page);
  const first = await insight(page);
  // A shopper who returns the advised size as too small needs a larger one.
  await page.locator(`.sizes label:has(input[value="${first.advice.size}"])`).click();
  await page.locator('.buy').click();
  await page.getByText('is at your door').waitFor();
  await page.getByRole('button', { name: 'Too small' }).click();
  await page.getByText('as too small').first().waitFor();
  await page.locator('.ghost').waitFor();
  const second = await insight(page);
  assert.ok(second.mean > first.mean, `mean ${first.mean} -> ${second.mean}`);
  assert.ok(
    second.position > first.position,
    `advice ${first.advice.size} -> ${second.advice.size}`,
  );
  assert.equal(await advisedSize(page, second.advice.size), second.advice.size);
  assert.equal(await page.locator('.history .outcome.too_small').count(), 1);
  await picture(page, 'returned-too-small');

  await page.locator('.buy').click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('That tells us').waitFor();
  const third = await insight(page);
  assert.ok(third.sd < second.sd, 'a kept size makes the belief surer');

  // The shopper can remove what they added.
  for (let i = 0; i < 2; i++)
    await page.getByRole('button', { name: 'Forget Livia Wrap Dress' }).first().click();
  const last = await insight(page);
  assert.equal(last.mean, first.mean);
  assert.equal(await advisedSize(page, first.advice.size), first.advice.size);
  assert.deepEqual(errors, []);
  await close();
});

test('too large moves the belief down', async () => {
  const { page, close } = await visit(shop, '#/article/TW-D02');
  await adviceLine(page);
  const first = await insight(page);
  await page.locator('.buy').click();
  await page.getByRole('button', { name: 'Too large' }).click();
  await page.getByText('as too large').first().waitFor();
  const second = await insight(page);
  assert.ok(second.mean < first.mean, `mean ${first.mean} -> ${second.mean}`);
  await close();
});

test('someone new tells what fits them elsewhere, and their measurements', async () => {
  const { page, errors, close } = await visit(shop, '#/article/LA-D01');
  await page.getByRole('radio', { name: 'Someone new' }).check();
  await page.getByRole('heading', { name: 'Tell us what fits you' }).waitFor();
  await adviceLine(page);
  const nothing = await insight(page);
  assert.ok(nothing.advice.reasons.some(({ kind }) => kind === 'noHistory'));
  const shown = page.locator('.insight');
  const headings = shown.locator('h2');
  assert.deepEqual(await headings.allInnerTexts(), [
    'Where other shoppers are',
    'How each size turns out',
  ]);
  assert.doesNotMatch(await shown.innerText(), /\byou\b/i, 'nothing is known about the shopper');
  assert.equal(await shown.locator('.on').count(), 0, 'no size is advised');

  await page.getByLabel('Brand').selectOption('Tidewell');
  await page.getByLabel('Size that fits').selectOption('18');
  await page.getByRole('button', { name: 'This fits me' }).click();
  await page.locator('.history li').waitFor();
  await headings.filter({ hasText: 'Where you are' }).waitFor();
  const told = await insight(page);
  assert.ok(
    told.mean > nothing.mean && told.sd < nothing.sd,
    'a large size that fits moves the belief up and makes it surer',
  );

  await page.getByLabel('Height').fill('158');
  await page.getByLabel('Weight').fill('50');
  const measured = await insight(page);
  assert.ok(measured.mean < told.mean, 'small measurements pull down again');
  assert.ok(measured.advice.reasons.some(({ kind }) => kind === 'measurements'));
  await page.getByLabel('Weight').fill('5000');
  assert.equal(await page.getByLabel('Weight').getAttribute('aria-invalid'), 'true');
  await picture(page, 'someone-new');
  assert.deepEqual(errors, []);
  await close();
});

test('a reload keeps the history, Start over clears it', async () => {
  const { page, close } = await visit(shop, '#/article/LA-T01');
  await adviceLine(page);
  const before = await page.locator('.history li').count();
  await page.locator('.buy').click();
  await page.getByRole('button', { name: 'Too large' }).click();
  await page.reload();
  await adviceLine(page);
  assert.equal(await page.locator('.history li').count(), before + 1);
  await page.getByRole('button', { name: 'Start over' }).click();
  assert.equal(await page.locator('.history li').count(), before);
  await close();
});

test('the chances of all sizes are behind a button, for the keyboard too', async () => {
  const { page, close } = await visit(shop, dress);
  await adviceLine(page);
  const toggle = page.getByRole('button', { name: 'Sizes and reasons' });
  await toggle.focus();
  await page.keyboard.press('Enter');
  const rows = page.locator('inseam-advice .row');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 7);
  assert.ok(await rows.first().isVisible());
  assert.equal(await page.locator('inseam-advice .toggle').getAttribute('aria-expanded'), 'true');
  assert.match(
    await page.locator('inseam-advice .reasons').innerText(),
    /You kept|of your purchases/,
  );
  await close();
});

test('the what-if slider: a larger shopper needs a larger size, and the advice itself stays', async () => {
  const { page, errors, close } = await visit(shop, dress);
  await adviceLine(page);
  const advised = await advisedSize(page);
  const drawn = async () => Number(await page.locator('.columns .column.on .label').innerText());
  const first = await drawn();
  const slider = page.getByLabel('What if?');
  await slider.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.getByText('If you were 2 sizes larger').waitFor();
  await page.waitForFunction(
    (first) => Number(document.querySelector('.column.on .label').textContent) > first,
    first,
  );
  assert.ok((await drawn()) > first);
  assert.equal(await page.locator('.ghost').count(), 1);
  assert.equal(await advisedSize(page), advised);
  await page.getByRole('button', { name: 'Back to you' }).click();
  await page.waitForFunction(
    (first) => Number(document.querySelector('.column.on .label').textContent) === first,
    first,
  );
  assert.deepEqual(errors, []);
  await close();
});

test('the page has JSON-LD, and the element needs nothing else', async () => {
  const { page, close } = await visit(shop, dress);
  await adviceLine(page);
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(data.productGroupID, 'SB-D03');
  assert.equal(data.hasVariant.length, 7);
  const bare = await page.evaluate(async () => {
    const element = document.createElement('inseam-advice');
    element.setAttribute('model', '/fit/shop.inseam');
    const told = new Promise((done) => {
      element.addEventListener('inseam-advice', ({ detail }) => done(detail.advice));
    });
    document.querySelector('main').append(element);
    return told;
  });
  const { advice } = await insight(page);
  assert.deepEqual(bare, advice);
  await close();
});

for (const hash of ['', dress, '#/article/LA-F01']) {
  test(`a phone of 320 pixels needs no scrolling sideways: ${hash || 'window'}`, async () => {
    const { page, errors, close } = await visit(shop, hash, { width: 320, height: 640 });
    await (hash ? adviceLine(page) : page.locator('.tag:visible').first().waitFor());
    await page.getByRole('radio', { name: 'Someone new' }).check();
    const [content, width] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    assert.ok(content <= width, `${content} pixels wide`);
    await page.getByRole('radio', { name: 'Béatrice' }).check();
    await picture(page, `phone-${hash.split('/').at(-1) || 'window'}`);
    assert.deepEqual(errors, []);
    await close();
  });
}
