// The golden cases under Node's WASM: every number equal to the last bit to the native one;
// tests/golden.rs says what they are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Inseam } from 'inseam';
import { at } from '../../scripts/lib/repo.mjs';
import { answers } from '../golden/answers.mjs';

const cases = JSON.parse(readFileSync(at('tests', 'golden', 'cases.json'), 'utf8'));
const found = await answers(Inseam, readFileSync(at('tests', 'golden', 'shop.inseam')), cases);

test('there are cases, and each has its answer', () => {
  assert.ok(cases.length >= 10);
  assert.equal(found.length, cases.length);
});

for (const [i, { name, expected }] of cases.entries()) {
  test(`every bit is as it is natively: ${name}`, () => assert.deepEqual(found[i], expected));
}
