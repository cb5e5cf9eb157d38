// Personas of one account, as a page gets them. The core's own tests (src/infer/personas) check how
// they are found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Inseam } from 'inseam';
import { at } from '../../scripts/lib/repo.mjs';

const model = await Inseam.fromBytes(readFileSync(at('tests', 'golden', 'shop.inseam')));
/** @param {string[]} sizes */
const dresses = (sizes) => sizes.map((size, i) => ({ article: `dresses-${i % 5}`, size }));

test('two bodies on one account are two personas, each with a size and advice of their own', async () => {
  const shopper = model.shopper({
    history: dresses(['34', '44', '34', '44', '32', '42', '34', '44', '34']),
  });
  const personas = shopper.personas();
  assert.deepEqual(
    personas.map(({ purchases }) => purchases),
    [
      [0, 2, 4, 6, 8],
      [1, 3, 5, 7],
    ],
  );
  assert.ok(Math.abs(personas[0].share - 0.6) < 1e-12 && Math.abs(personas[1].share - 0.4) < 1e-12);
  const [small, large] = personas.map(({ sizes }) =>
    sizes.find(({ group }) => group === 'dresses'),
  );
  assert.ok(
    small && large && small.mean < -1.5 && large.mean > 1.5 && small.sd > 0,
    JSON.stringify([small, large]),
  );
  assert.equal(small.purchases, 5);
  const { scales, ...belief } = shopper.belief('dresses') ?? {};
  assert.ok(scales);
  assert.deepEqual({ ...belief, group: 'dresses' }, small);

  const sizes = await Promise.all(
    [0, 1, undefined].map((persona) => shopper.advise('dresses-4', { persona })),
  );
  const [first, second, either] = sizes.map(({ outcomes }) => outcomes);
  assert.ok(
    Number(sizes[0].size) <= 36 && Number(sizes[1].size) >= 40,
    `${sizes[0].size} and ${sizes[1].size}`,
  );
  // For either of them, the chances lie between those of the two.
  assert.ok(either[0].chosen < first[0].chosen && either[0].chosen > second[0].chosen);
  await assert.rejects(shopper.advise('dresses-4', { persona: 2 }), { name: 'InseamInput' });
});

test('one body is one persona', async () => {
  const shopper = model.shopper({ history: dresses(['36', '38', '36', '38']) });
  const personas = shopper.personas();
  assert.equal(personas.length, 1);
  assert.equal(personas[0].share, 1);
  assert.deepEqual(personas[0].purchases, [0, 1, 2, 3]);
  assert.equal(model.shopper().personas().length, 1);
});
