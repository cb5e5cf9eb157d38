// Where the details are shown: below the line, or over the page on a phone.
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

const html =
  '<meta name="viewport" content="width=device-width"><inseam-advice model="/fit/shop.inseam" article="SB-D03">Size chart</inseam-advice><p><button id="buy">Buy</button></p>';
const opened = async (how) => {
  const seen = await shopPage(shop, html, how);
  const { page, host, settled } = seen;
  await settled();
  const top = () => page.locator('#buy').evaluate((buy) => buy.getBoundingClientRect().top);
  const before = await top();
  await host.locator('.toggle').click();
  await host.locator('.wear').waitFor();
  return { ...seen, moved: async () => (await top()) - before };
};
const stranger = 'We don’t know you yet, so we go by other shoppers.';
const phone = { width: 360, height: 740 };

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  test(`on a phone the details are a sheet that moves nothing, and axe finds nothing: ${scheme}`, async () => {
    const { page, host, moved, close } = await opened({ ...phone, scheme });
    assert.equal(await moved(), 0);
    const box = await host.locator('.details').boundingBox();
    assert.ok(box && box.y > 60 && Math.round(box.y + box.height) === phone.height, `${box?.y}`);
    assert.equal(
      await host.evaluate(({ shadowRoot }) => shadowRoot.activeElement?.className),
      'close',
    );
    assert.deepEqual(await faults(page), []);
    await picture(page, `sheet-${scheme}`);
    await close();
  });
}

test('beside the line, the question is in sight when it was asked for, and the chart after the answer', async () => {
  const { page, host, settled, close } = await opened({ width: 1280, height: 800 });
  const inSight = (selector) =>
    host.evaluate(({ shadowRoot }, selector) => {
      const box = (found) => found.getBoundingClientRect();
      const [part, all] = [selector, '.details'].map((name) => box(shadowRoot.querySelector(name)));
      return part.top >= all.top && part.top < all.bottom - 40;
    }, selector);
  await host.locator('.asking select, .asking input').first().waitFor();
  assert.equal(await inSight('.asking select, .asking input'), true);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await host.locator('.asking select').first().selectOption({ index: 2 });
  await host.getByRole('button', { name: 'Show my size' }).click();
  await settled('result?.takes.length');
  await host.locator('.facts').waitFor();
  assert.equal(await inSight('.chart'), true);
  const reasons = await host.locator('.reasons').innerText();
  assert.match(reasons, /You usually wear [^.]*\.(?! Without)/, 'without it no size is named');
  await close();
});

test('the chances are called everybody’s until something is known about the shopper', async () => {
  const { host, close } = await opened({ width: 1280, height: 900 });
  const heading = host.locator('.chances .heading');
  assert.equal(await heading.innerText(), 'How each size fits other shoppers');
  assert.equal(await host.locator('.reasons li').first().innerText(), stranger);
  await host.locator('.asking select').first().selectOption({ index: 2 });
  await host.getByRole('button', { name: 'Show my size' }).click();
  await heading.filter({ hasText: 'How each size would fit you' }).waitFor();
  await close();
});

test('the column of percentages has a label above it, and the size chart is below the chances', async () => {
  for (const width of [360, 768, 1440]) {
    const { host, settled, close } = await opened({ width, height: 900 });
    await host.evaluate((element) => {
      element.shopper = { history: [{ article: 'LA-D01', size: '38' }] };
    });
    await settled('result?.takes.length');
    await host.locator('.row.best').first().waitFor();
    const [label, share, key, reasons, chart] = await host.evaluate((element) => {
      const parts = ['.column', '.row.best .share', '.key', '.reasons'].map((name) =>
        element.shadowRoot.querySelector(name),
      );
      const content = document.createRange();
      content.selectNodeContents(element);
      return [...parts, content].map((part) => {
        const { top, bottom, right } = part.getBoundingClientRect();
        return { top, bottom, right: Math.round(right) };
      });
    });
    assert.equal(await host.locator('.column').innerText(), 'fits');
    assert.equal(label.right, share.right, `${width} pixels`);
    assert.ok(label.bottom <= share.top, `${width} pixels`);
    assert.ok(chart.top >= key.bottom && chart.bottom <= reasons.top, `${width} pixels`);
    await close();
  }
});

/** The ways to close the sheet. @type {[string, (page: any, host: any) => Promise<void>][]} */
const ways = [
  ['Escape', (page) => page.keyboard.press('Escape')],
  ['its button', (_, host) => host.locator('.close').click()],
  ['a tap beside it', (page) => page.mouse.click(180, 20)],
];
for (const [what, dismiss] of ways) {
  test(`the sheet is closed by ${what}, and the focus returns`, async () => {
    const { page, host, close } = await opened(phone);
    await dismiss(page, host);
    await host.locator('.details').waitFor({ state: 'hidden' });
    const [focused, expanded, open] = await host.evaluate((element) => [
      element.shadowRoot.activeElement?.className,
      element.shadowRoot.querySelector('.toggle').getAttribute('aria-expanded'),
      element.open,
    ]);
    assert.deepEqual([focused, open], ['toggle', false]);
    await host.locator('.toggle[aria-expanded=false]').waitFor();
    assert.ok(expanded);
    await host.locator('.toggle').click();
    await host.locator('.wear').waitFor();
    await close();
  });
}

test('an answer in the sheet keeps it open and the focus in it', async () => {
  const { host, settled, close } = await opened(phone);
  await askFor(host, 'Weight');
  await host.getByLabel('Weight').fill('66');
  await host.getByRole('button', { name: 'Show my size' }).click();
  await settled("result?.advice?.reasons.some(({ kind }) => kind === 'measurements')");
  await host.locator('.facts').waitFor();
  const reasons = await host.locator('.reasons').innerText();
  assert.match(reasons, /Based on what you told us/);
  assert.doesNotMatch(reasons, /count too/, 'there is nothing else that counts');
  const inside = await host.evaluate(({ shadowRoot }) =>
    shadowRoot.querySelector('.details:modal')?.contains(shadowRoot.activeElement),
  );
  assert.equal(inside, true);
  await close();
});

test('on a wide screen the details stand below the line and push nothing far', async () => {
  for (const width of [768, 1440]) {
    const { host, moved, close } = await opened({ width });
    assert.ok((await moved()) < 360, `${await moved()} pixels`);
    assert.equal(
      await host.evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll(':modal').length),
      0,
    );
    await close();
  }
});
