// What a page can ask besides advice: rankings, explanations by leaving things out, and questions.
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
  const ranked = await shopper.rank([
    'no such article',
    ...articles,
    { article: 'KR-T04', inStock: [] },
  ]);
  assert.equal(ranked.length, articles.length + 2);
  for (const [i, { article, size, status, fits }] of ranked.entries()) {
    assert.ok(i === 0 || fits <= (ranked[i - 1]?.fits ?? 0));
    if (size === undefined) continue;
    const advice = await shopper.advise(article);
    assert.equal(size, advice.size);
    assert.equal(status, advice.status);
    assert.equal(fits, advice.outcomes.find((outcome) => outcome.size === size)?.fits);
  }
  // Articles without a size come last, in the order of the list.
  assert.deepEqual(
    ranked.slice(-2).map(({ article, fits }) => [article, fits]),
    [
      ['no such article', 0],
      ['KR-T04', 0],
    ],
  );
});

test('a shopper without something equals one who never had it', async () => {
  const shopper = model.shopper(details);
  const left = shopper.without({ purchases: [0, 3] });
  const never = model.shopper({
    ...details,
    history: history.filter((_, i) => i !== 0 && i !== 3),
  });
  assert.deepEqual(await left.advise('SB-D03'), await never.advise('SB-D03'));
  const unmeasured = shopper.without({ body: true });
  assert.deepEqual(
    await unmeasured.advise('SB-D03'),
    await model.shopper({ history }).advise('SB-D03'),
  );
  assert.notDeepEqual(await unmeasured.advise('SB-D03'), await shopper.advise('SB-D03'));
});

test('each influence is the advice without it, and those that change the size come first', async () => {
  const shopper = model.shopper(details);
  for (const article of articles) {
    const advice = await shopper.advise(article);
    const found = await shopper.explain(article);
    assert.deepEqual(
      found.map(({ of, purchases }) => [of, ...purchases].join(' ')).sort(),
      ['article', 'body', 'brand', 'purchases 0 3', 'purchases 1', 'purchases 2'],
      'alike purchases count as one thing, pending ones as none',
    );
    for (const { of, purchases, size, status, steps } of found) {
      const without =
        of === 'article' || of === 'brand'
          ? await shopper.advise(article, { unknown: of })
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
  const advised = async (unknown) => {
    const { size, outcomes } = await shopper.advise('SB-D03', { unknown });
    return {
      size,
      outcomes,
      position: outcomes.find((outcome) => outcome.size === size)?.position ?? Number.NaN,
    };
  };
  const [all, less] = [await advised(undefined), await advised('brand')];
  assert.ok(all.position > less.position);
  const brand = (await shopper.explain('SB-D03')).find(({ of }) => of === 'brand');
  const runs = ({ outcomes }) => outcomes.find(({ size }) => size === all.size).runs;
  assert.equal(brand?.steps, runs(all) - runs(less));
  assert.equal(runs(less), 0, 'an article of any brand is expected to run true to size');
  assert.ok(Math.abs((brand?.steps ?? 0) - facts.offset.mean) < 0.5);
});

test('a missed size, and whether the size in its place is an acceptable substitute', async () => {
  const shopper = model.shopper(details);
  let [acceptable, unacceptable] = [0, 0];
  for (const article of articles) {
    const all = await shopper.advise(article);
    if (all.status === 'unsure') continue;
    const fits = (size) => all.outcomes.find((outcome) => outcome.size === size)?.fits ?? 0;
    assert.equal(all.missed, undefined, 'nothing is missed if all sizes are in stock');
    const sizes = all.outcomes.map(({ size }) => size);
    const best = sizes.indexOf(all.size ?? '');
    for (const gone of [0, 1]) {
      const left = await shopper.advise(article, {
        inStock: sizes.filter((_, i) => Math.abs(i - best) > gone),
      });
      if (all.status === 'between' && left.size === all.alternative) {
        assert.deepEqual(
          [left.missed, left.status],
          [undefined, 'advised'],
          'one of two sizes is left',
        );
        continue;
      }
      assert.equal(left.missed?.size, all.size);
      assert.equal(left.missed?.substituteAcceptable, fits(left.size) >= 0.8 * fits(all.size));
      left.missed?.substituteAcceptable ? acceptable++ : unacceptable++;
    }
    assert.equal(
      (await shopper.advise(article, { inStock: [] })).missed?.substituteAcceptable,
      false,
    );
  }
  assert.ok(
    acceptable > 0 && unacceptable > 0,
    `${acceptable} acceptable, ${unacceptable} unacceptable`,
  );
});

test('costs change nothing unless they are given; a spare that costs nothing is ordered', async () => {
  const shopper = model.shopper(details);
  const plain = await shopper.advise('SB-D03');
  assert.equal(plain.expected, undefined);
  const { status, size, alternative, expected } = await shopper.advise('SB-D03', {
    costs: { lostSale: 3, spare: 0 },
  });
  assert.deepEqual([status, size], ['both', plain.size]);
  assert.ok(alternative !== undefined && alternative !== size);
  assert.ok(
    expected && expected.both < expected.one && expected.both < expected.none,
    JSON.stringify(expected),
  );
  const dear = await shopper.advise('SB-D03', { costs: { spare: 100 } });
  assert.notEqual(dear.status, 'both');
  for (const costs of [
    { spare: -1 },
    { hesitant: 2 },
    { lostSale: Number.NaN },
    { lostSale: '3' },
    7,
  ])
    await assert.rejects(shopper.advise('SB-D03', { costs }), { name: 'InseamInput' });
});

test('the most informative question comes first; what is known is not asked', async () => {
  const brands = ['Sorelle Brina', 'Nobody’s'];
  const all = await model.questions({}, 'SB-D03', brands);
  const names = model.measurements.map(({ name }) => name);
  assert.deepEqual(all.map(({ name }) => name).sort(), [...names, ...brands].sort());
  for (const [i, { nats }] of all.entries())
    assert.ok(nats >= 0 && (i === 0 || nats <= (all[i - 1]?.nats ?? 0)));
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
