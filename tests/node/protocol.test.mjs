// The engine refuses numbers that the protocol does not have. That both sides have the same numbers
// is tested in www/src/protocol.rs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { initSync, Model } from '../../www/pkg/inseam_www.js';

initSync({ module: readFileSync(at('www', 'dist', 'inseam.wasm')) });
const model = Model.open(readFileSync(at('out', 'demo', 'shop.inseam')), true);

/** A query: numbers, and texts that are absent. @param {(number | undefined)[]} values */
function query(...values) {
  const parts = values.map((value) => {
    const bytes = Buffer.alloc(value === undefined ? 4 : 8);
    if (value === undefined) bytes.writeUInt32LE(0xffffffff);
    else bytes.writeDoubleLE(value);
    return bytes;
  });
  return Buffer.concat(parts);
}
const absent = undefined;
/** A history of one purchase without texts, with this outcome. @param {number} outcome */
const history = (outcome) => [1, absent, absent, absent, absent, absent, outcome, 0];

test('an unknown query is not answered', () => {
  const shopper = model.shopper(query(0, 0, 0));
  assert.ok(model.ask(query(0)) && shopper?.ask(query(3)));
  for (const number of [99, -1, 0.5, Number.NaN]) {
    assert.equal(model.ask(query(number)), undefined, `model, query ${number}`);
    assert.equal(shopper?.ask(query(number)), undefined, `shopper, query ${number}`);
  }
});

test('an unknown outcome or kind of measurement makes no shopper', () => {
  assert.ok(model.shopper(query(...history(6), 0, 0)));
  assert.equal(model.shopper(query(...history(7), 0, 0)), undefined);
  assert.ok(model.shopper(query(0, 1, 0, 0)));
  assert.equal(model.shopper(query(0, 1, 3, 0)), undefined);
});
