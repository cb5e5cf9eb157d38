// The shop when the model does not load or is damaged: everything but the advice works.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { adviceLine, advisedSize, openShop, picture, visit } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

const whole = readFileSync(at('out', 'demo', 'shop.inseam'));
const flipped = Buffer.from(whole);
flipped[Math.floor(whole.length / 2)] ^= 1;

/** @type {[string, string, (route: import('playwright-core').Route) => Promise<void>][]} */
const faults = [
  ['missing', 'InseamUnreachable', (route) => route.fulfill({ status: 404, body: 'no such file' })],
  ['out of reach', 'InseamUnreachable', (route) => route.abort('connectionrefused')],
  ['empty', 'InseamDamaged', (route) => route.fulfill({ body: Buffer.alloc(0) })],
  [
    'cut short',
    'InseamDamaged',
    (route) => route.fulfill({ body: whole.subarray(0, whole.length - 7) }),
  ],
  ['flipped in one bit', 'InseamDamaged', (route) => route.fulfill({ body: flipped })],
  [
    'a web page',
    'InseamDamaged',
    (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Hello' }),
  ],
];

for (const [what, name, model] of faults) {
  test(`a model that is ${what}: the element says so, and the shop stays usable`, async () => {
    const { page, errors, close } = await visit(shop, '#/article/SB-D03', { model });
    assert.equal(await adviceLine(page), 'There is no size advice right now.');
    assert.equal(await page.locator('.insight').isVisible(), false);
    assert.equal(await page.getByRole('button', { name: 'Sizes and reasons' }).isVisible(), false);
    assert.ok(
      await page.getByText('Comes in IT 38 to 50.').isVisible(),
      'the shop’s own line on sizes',
    );

    await page.locator('.sizes label', { hasText: '44' }).click();
    assert.equal(await page.locator('.buy').innerText(), 'Buy size 44');
    await page.locator('.buy').click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    assert.ok((await page.locator('.history').innerText()).includes('Livia Wrap Dress'));
    await picture(page, `model-${what.replaceAll(' ', '-')}`);

    await page.getByRole('link', { name: 'All', exact: true }).click();
    await page.locator('.item').first().waitFor();
    assert.equal(await page.locator('.item').count(), 28);
    assert.equal(await page.locator('.tag:visible').count(), 0);

    const thrown = await page.evaluate(async () => {
      const { sharedModel } = await import('/dist/element.js');
      return sharedModel('/fit/shop.inseam').then(
        () => undefined,
        (error) => ({ name: error.name, message: error.message, isError: error instanceof Error }),
      );
    });
    assert.equal(thrown?.name, name);
    assert.equal(thrown?.isError, true);
    assert.ok(thrown.message.length > 20, thrown.message);
    // The browser itself reports failed requests, and the element that it has no advice; there may
    // be no other errors.
    assert.deepEqual(
      errors.filter(
        (text) => !/^(Failed to load resource|<inseam-advice> has no advice)/.test(text),
      ),
      [],
    );
    await close();
  });
}

test('a model that loads later is used without a reload of the page', async () => {
  let there = false;
  const { page, close } = await visit(shop, '#/article/VE-D04', {
    model: (route) => (there ? route.continue() : route.fulfill({ status: 503 })),
  });
  assert.equal(await adviceLine(page), 'There is no size advice right now.');
  there = true;
  await page.getByRole('radio', { name: 'Carmen' }).check();
  await page.locator('inseam-advice .size').first().waitFor();
  assert.match(await advisedSize(page), /^\d\d$/);
  await close();
});
