// The golden cases in Node's WebAssembly: every number equals the native one to the last bit.
// tests/golden.rs describes the cases.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Inseam } from 'inseam';
import { at } from '../../scripts/lib/repo.mjs';
import { answers } from '../golden/answers.mjs';

const cases = JSON.parse(readFileSync(at('tests', 'golden', 'cases.json'), 'utf8'));
const found = await answers(Inseam, readFileSync(at('tests', 'golden', 'shop.inseam')), cases);

test('there are cases, and each has an answer', () => {
  assert.ok(cases.length >= 10);
  assert.equal(found.length, cases.length);
});

for (const [i, { name, expected }] of cases.entries()) {
  test(`every bit equals the native one: ${name}`, () => assert.deepEqual(found[i], expected));
}
