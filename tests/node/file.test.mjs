// The shopper's own file: parsed from any text, merged without duplicates, and usable where it
// can't be stored.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ShopperFile } from 'inseam/shopper';

/** A storage in memory that can be made to fail. */
function memory(text = /** @type {string | null} */ (null)) {
  const place = {
    key: 'memory',
    text,
    broken: false,
    read: () => place.text,
    write: (/** @type {string} */ next) => {
      if (place.broken) throw new DOMException('full', 'QuotaExceededError');
      place.text = next;
    },
    remove: () => {
      place.text = null;
    },
  };
  return place;
}

const kept = /** @type {const} */ ({ article: 'SKU-7', size: 'M', outcome: 'kept' });

test('the file gives what was put in, after a reload too', () => {
  const place = memory();
  const file = new ShopperFile(place);
  file.add(kept);
  file.measure('height_cm', 171);
  file.prefer(0.5);
  const details = { history: [kept], body: { height_cm: 171 }, preference: 0.5 };
  assert.deepEqual(file.details, details);
  assert.deepEqual(new ShopperFile(place).details, details);
  file.correct(0, { outcome: 'too_small' });
  file.measure('height_cm', undefined);
  assert.deepEqual(new ShopperFile(place).details, {
    history: [{ ...kept, outcome: 'too_small' }],
    body: {},
    preference: 0.5,
  });
  file.remove(0);
  assert.deepEqual(new ShopperFile(place).details.history, []);
});

test("order lines are merged without duplicates, and the shopper's outcome of a pending one stays", () => {
  const file = new ShopperFile(memory());
  const orderLines = /** @type {import('inseam/shopper').OrderLine[]} */ ([
    { line: '1', article: 'A', size: 'M', outcome: 'pending' },
    { line: '2', article: 'B', size: '38', outcome: 'kept' },
  ]);
  file.merge(orderLines);
  file.correct(0, { outcome: 'too_small' });
  file.merge(orderLines);
  assert.deepEqual(
    file.details.history?.map(({ article, outcome }) => [article, outcome]),
    [
      ['A', 'too_small'],
      ['B', 'kept'],
    ],
  );
  file.merge([
    { line: '1', article: 'A', size: 'M', outcome: 'kept' },
    { line: '3', article: 'C', size: 'L' },
  ]);
  assert.deepEqual(
    file.details.history?.map(({ article, outcome }) => [article, outcome]),
    [
      ['A', 'kept'],
      ['B', 'kept'],
      ['C', undefined],
    ],
  );
});

test('an order line of one profile is not added to another', () => {
  const file = new ShopperFile(memory());
  const orderLines = [{ line: '1', article: 'A', size: '128' }];
  file.addProfile('my daughter');
  file.merge(orderLines);
  file.use('p1');
  file.merge(orderLines);
  assert.deepEqual(file.details.history, []);
  file.use('p2');
  assert.equal(file.details.history?.length, 1);
});

test('profiles are separate; the only one is emptied rather than removed', () => {
  const file = new ShopperFile(memory());
  file.add(kept);
  file.addProfile('my daughter');
  assert.deepEqual(file.details.history, []);
  assert.equal(file.current.name, 'my daughter');
  file.rename('Mia');
  file.removeProfile(file.current.id);
  assert.deepEqual(file.details.history, [kept]);
  file.use('nobody');
  assert.equal(file.current.id, 'p1');
  file.removeProfile('p1');
  assert.deepEqual(file.details.history, []);
  assert.equal(file.data.profiles.length, 1);
});

test('several people in one history become profiles, and no purchase is lost or duplicated', () => {
  const storage = memory();
  const file = new ShopperFile(storage);
  const sizes = ['36', '48', '36', 'M', '48'];
  file.merge(sizes.map((size, i) => ({ line: `o-${i}`, article: `A${i}`, size, outcome: 'kept' })));
  file.separate([
    { name: 'someone else', purchases: [1, 4] },
    { name: 'a third', purchases: [3] },
  ]);
  assert.deepEqual(
    file.data.profiles.map(({ name, history }) => [name, ...history.map(({ size }) => size)]),
    [
      ['', '36', '36'],
      ['someone else', '48', '48'],
      ['a third', 'M'],
    ],
  );
  assert.equal(file.current.id, 'p1', 'the current profile stays');
  const before = file.data;
  file.merge(sizes.map((size, i) => ({ line: `o-${i}`, article: `A${i}`, size, outcome: 'kept' })));
  assert.deepEqual(file.data, before, 'the same order lines again change nothing');
  file.keepTogether();
  assert.equal(new ShopperFile(storage).current.alone, true);
  file.replace({ history: [kept] });
  assert.equal(file.current.alone, true, 'the shopper’s answer stays');
});

test('the details that earlier versions stored become the first profile', () => {
  const file = new ShopperFile(
    memory(JSON.stringify({ history: [kept], body: { weight_kg: 60 } })),
  );
  assert.deepEqual(file.details, { history: [kept], body: { weight_kg: 60 }, preference: 0 });
  assert.equal(file.data.version, 1);
});

const broken = [
  ['not JSON', '{"version":1,'],
  ['a word', '"hello"'],
  ['a list', '[1,2]'],
  ['without anything usable', '{"version":1,"current":7,"profiles":"none"}'],
  [
    'of invalid profiles',
    '{"version":1,"profiles":[null,{"history":{},"body":[],"preference":"x"}]}',
  ],
];
for (const [what, text] of broken) {
  test(`a file that is ${what} becomes an empty file, which can be written`, () => {
    const place = memory(text);
    const file = new ShopperFile(place);
    assert.deepEqual(file.details, { history: [], body: {}, preference: 0 });
    file.add(kept);
    assert.deepEqual(new ShopperFile(place).details.history, [kept]);
  });
}

test('the valid purchases of a damaged file are kept', () => {
  const history = [
    kept,
    7,
    { size: 'M' },
    { article: 'A', size: 38 },
    { article: 'A', size: 'M', outcome: 'meh' },
  ];
  const body = { height_cm: 170, weight_kg: null, shape: 'pear', odd: {} };
  const file = new ShopperFile(
    memory(JSON.stringify({ version: 1, profiles: [{ id: 'p1', history, body }] })),
  );
  assert.deepEqual(file.details, {
    history: [kept],
    body: { height_cm: 170, shape: 'pear' },
    preference: 0,
  });
});

test('a file of a later version is not overwritten', () => {
  const later = JSON.stringify({ version: 2, people: [] });
  const place = memory(later);
  const file = new ShopperFile(place);
  file.add(kept);
  assert.equal(place.text, later);
  assert.equal(file.stored, false);
  assert.deepEqual(file.details.history, [kept], 'the page works with what it gets');
  file.clear();
  assert.equal(place.text, null);
});

test('with a full storage the file works on this page, and tells that it is not stored', () => {
  const place = memory();
  const file = new ShopperFile(place);
  assert.equal(file.stored, true);
  place.broken = true;
  file.add(kept);
  assert.equal(file.stored, false);
  assert.deepEqual(file.details.history, [kept]);
  place.broken = false;
  file.prefer(1);
  assert.equal(file.stored, true);
  assert.deepEqual(new ShopperFile(place).details.history, [kept]);
});

test('without any storage the file works on this page', () => {
  const refuse = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  const file = new ShopperFile({ key: 'x', read: refuse, write: refuse, remove: refuse });
  file.add(kept);
  file.clear();
  assert.equal(file.stored, false);
  assert.deepEqual(file.details.history, []);
});

test('the shopper can export everything, and remove it', () => {
  const place = memory();
  const file = new ShopperFile(place);
  file.add(kept);
  const copy = new ShopperFile(memory(file.export()));
  assert.deepEqual(copy.data, file.data);
  file.clear();
  assert.equal(place.text, null);
  assert.deepEqual(new ShopperFile(place).details.history, []);
});
