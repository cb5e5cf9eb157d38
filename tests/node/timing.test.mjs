// The engine's User Timing measures in Node, and that advice works without them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Inseam } from 'inseam';
import { at } from '../../scripts/lib/repo.mjs';

const bytes = readFileSync(at('out', 'demo', 'shop.inseam'));
const global = Object.getOwnPropertyDescriptor(globalThis, 'performance');
after(() => Object.defineProperty(globalThis, 'performance', global ?? {}));

/** Opens the model, makes a shopper and gets some advice. */
async function use() {
  const shopper = (await Inseam.fromBytes(bytes)).shopper({ body: { height_cm: 170 } });
  for (const article of ['LA-D01', 'SB-D03']) await shopper.advise(article);
  return shopper.advise('KR-T04');
}

test('each step of the engine is measured, and the timeline does not grow', async () => {
  const observed = [];
  const observer = new PerformanceObserver((list) => observed.push(...list.getEntries()));
  observer.observe({ entryTypes: ['measure'] });
  await use();
  await setTimeout(50);
  observer.disconnect();
  assert.deepEqual(
    observed.map(({ name }) => name),
    ['inseam:open', 'inseam:shopper', 'inseam:advise', 'inseam:advise', 'inseam:advise'],
  );
  for (const { name, duration } of observed)
    assert.ok(duration > 0 && duration < 1000, `${name}: ${duration} ms`);
  assert.equal(performance.getEntriesByName('inseam:advise', 'measure').length, 1);
  assert.deepEqual(performance.getEntriesByType('mark'), []);
});

const fail = () => {
  throw new Error('not here');
};
/** @type {[string, any][]} */
const environments = [
  ['no performance', undefined],
  ['only a clock', { now: () => 0 }],
  ['marks that fail', { mark: fail, measure: fail, clearMarks() {}, clearMeasures() {} }],
];
for (const [what, value] of environments) {
  test(`the same advice where there is ${what}`, async () => {
    const expected = await use();
    Object.defineProperty(globalThis, 'performance', { value, configurable: true });
    try {
      assert.deepEqual(await use(), expected);
    } finally {
      Object.defineProperty(globalThis, 'performance', global ?? {});
    }
  });
}
