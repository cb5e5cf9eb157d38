// The golden cases in a real Chromium: every number equals the native one to the last bit.
// tests/golden.rs describes the cases.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { answers } from '../golden/answers.mjs';
import { openShop, visit } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

test('every bit equals the native one', async () => {
  const cases = JSON.parse(readFileSync(at('tests', 'golden', 'cases.json'), 'utf8'));
  const bytes = [...readFileSync(at('tests', 'golden', 'shop.inseam'))];
  const { page, errors, close } = await visit(shop, '#/');
  // The function is sent as text, so that the page runs the same one as Node.
  const found = await page.evaluate(`(async () => {
    const { Inseam } = await import('/dist/index.js');
    return (${answers})(Inseam, Uint8Array.from(${JSON.stringify(bytes)}), ${JSON.stringify(cases)});
  })()`);
  assert.ok(Array.isArray(found) && cases.length >= 10);
  assert.equal(found.length, cases.length);
  for (const [i, { name, expected }] of cases.entries()) assert.deepEqual(found[i], expected, name);
  assert.deepEqual(errors, []);
  await close();
});
