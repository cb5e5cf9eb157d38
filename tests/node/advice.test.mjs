// What the page can ask besides advice: rankings, reasons by leaving things out, questions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Inseam } from 'inseam';
import { at } from '../../scripts/lib/repo.mjs';

const model = await Inseam.fromBytes(readFileSync(at('out', 'demo', 'shop.inseam')));
const history = /** @type {import('inseam').Purchase[]} */ ([
  { article: 'LA-D01', size: '36' },
  { article: 'TW-T02', size: 'S', outcome: 'too_large' },
  { article: 'TW-T02', size: 'XS' },
  { article: 'LA-D07', size: '36' },
  { article: 'LA-F01', size: '37', outcome: 'pending' },
]);
const details = { history, body: { height_cm: 168 } };
const articles = ['LA-D01', 'TW-D02', 'SB-D03', 'VE-D04', 'MI-D05', 'KR-D06', 'LA-D07'];

test('a list is ranked by the chance that the advised size fits', async () => {
  const shopper = model.shopper(details);
  const ranked = await shopper.rank(['no such article', ...articles, { article: 'KR-T04', inStock: [] }]);
  assert.equal(ranked.length, articles.length + 2);
  for (const [i, { article, size, status, fits }] of ranked.entries()) {
    assert.ok(i === 0 || fits <= (ranked[i - 1]?.fits ?? 0));
    if (size === undefined) continue;
    const advice = await shopper.advise(article);
    assert.equal(size, advice.size);
    assert.equal(status, advice.status);
    assert.equal(fits, advice.outcomes.find((outcome) => outcome.size === size)?.fits);
  }
  // Those without a size come last, in the order they were given.
  assert.deepEqual(
    ranked.slice(-2).map(({ article, fits }) => [article, fits]),
    [
      ['no such article', 0],
      ['KR-T04', 0],
    ],
  );
});

test('leaving something out is the same as never having known it', async () => {
  const shopper = model.shopper(details);
  const left = shopper.without({ purchases: [0, 3] });
  const never = model.shopper({ ...details, history: history.filter((_, i) => i !== 0 && i !== 3) });
  assert.deepEqual(await left.advise('SB-D03'), await never.advise('SB-D03'));
  const unmeasured = shopper.without({ body: true });
  assert.deepEqual(await unmeasured.advise('SB-D03'), await model.shopper({ history }).advise('SB-D03'));
  assert.notDeepEqual(await unmeasured.advise('SB-D03'), await shopper.advise('SB-D03'));
});

test('every reason is what the advice would be without it, and what changes the size comes first', async () => {
  const shopper = model.shopper(details);
  for (const article of articles) {
    const advice = await shopper.advise(article);
    const found = await shopper.explain(article);
    assert.deepEqual(
      found.map(({ of, purchases }) => [of, ...purchases].join(' ')).sort(),
      ['body', 'cut', 'purchases 0 3', 'purchases 1', 'purchases 2'],
      'alike ones together, what is pending not at all',
    );
    for (const { of, purchases, size, status, steps } of found) {
      const without =
        of === 'cut'
          ? await shopper.advise(article, { asLabelled: true })
          : await shopper.without(of === 'body' ? { body: true } : { purchases }).advise(article);
      assert.deepEqual([size, status], [without.size, without.status]);
      assert.ok(Number.isFinite(steps));
    }
    const changes = found.map(({ size }) => size !== advice.size);
    assert.deepEqual(
      changes,
      changes.toSorted((a, b) => Number(b) - Number(a)),
    );
  }
});

test('an article known to run small is advised larger than its label says', async () => {
  const facts = model.article('SB-D03');
  assert.ok(facts && facts.offset.mean < -0.3);
  const shopper = model.shopper({ history: [{ article: 'LA-D01', size: '36' }] });
  const position = async (asLabelled) => {
    const { size, outcomes } = await shopper.advise('SB-D03', { asLabelled });
    return outcomes.find((outcome) => outcome.size === size)?.position ?? Number.NaN;
  };
  assert.ok((await position(false)) > (await position(true)));
  const cut = (await shopper.explain('SB-D03')).find(({ of }) => of === 'cut');
  assert.equal(cut?.steps, facts.offset.mean);
});

test('the question most worth asking comes first; what is known is not asked', async () => {
  const brands = ['Sorelle Brina', 'Nobody’s'];
  const all = await model.questions({}, 'SB-D03', brands);
  const names = model.measurements.map(({ name }) => name);
  assert.deepEqual(all.map(({ name }) => name).sort(), [...names, ...brands].sort());
  for (const [i, { nats }] of all.entries()) assert.ok(nats >= 0 && (i === 0 || nats <= (all[i - 1]?.nats ?? 0)));
  assert.ok((all[0]?.nats ?? 0) > 0.1);
  const first = all.find(({ kind }) => kind === 'measurement');
  assert.ok(first);
  const later = await model.questions({ body: { [first.name]: 60 } }, 'SB-D03', brands);
  assert.equal(
    later.some(({ name }) => name === first.name),
    false,
  );
  assert.deepEqual(await model.questions({}, 'no such article'), []);
  await assert.rejects(model.questions({}, 'SB-D03', /** @type {any} */ ([7])), {
    name: 'InseamInput',
    message: /brands/,
  });
});
