// The shopper's own file: read from anything, merged without doubles, and working wherever it can't
// be stored.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ShopperFile } from 'inseam/shopper';

/** A storage in memory, which can be told to fail. */
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

test('what is put in comes out again, after a reload too', () => {
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

test("the account's history is merged by order line: no doubles, and what the shopper said of an open one stays", () => {
  const file = new ShopperFile(memory());
  const lines = /** @type {import('inseam/shopper').AccountLine[]} */ ([
    { line: '1', article: 'A', size: 'M', outcome: 'pending' },
    { line: '2', article: 'B', size: '38', outcome: 'kept' },
  ]);
  file.merge(lines);
  file.correct(0, { outcome: 'too_small' });
  file.merge(lines);
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

test('a line that went to one profile is not doubled in another', () => {
  const file = new ShopperFile(memory());
  const lines = [{ line: '1', article: 'A', size: '128' }];
  file.addProfile('my daughter');
  file.merge(lines);
  file.use('p1');
  file.merge(lines);
  assert.deepEqual(file.details.history, []);
  file.use('p2');
  assert.equal(file.details.history?.length, 1);
});

test('profiles are apart; the last one is emptied rather than removed', () => {
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

test('persons found in one history become profiles, and no line is lost or doubled', () => {
  const storage = memory();
  const file = new ShopperFile(storage);
  const sizes = ['36', '48', '36', 'M', '48'];
  file.merge(sizes.map((size, i) => ({ line: `o-${i}`, article: `A${i}`, size, outcome: 'kept' })));
  file.apart([
    { name: 'someone else', lines: [1, 4] },
    { name: 'a third', lines: [3] },
  ]);
  assert.deepEqual(
    file.data.profiles.map(({ name, history }) => [name, ...history.map(({ size }) => size)]),
    [
      ['', '36', '36'],
      ['someone else', '48', '48'],
      ['a third', 'M'],
    ],
  );
  assert.equal(file.current.id, 'p1', 'the advice goes on being for the same');
  const before = file.data;
  file.merge(sizes.map((size, i) => ({ line: `o-${i}`, article: `A${i}`, size, outcome: 'kept' })));
  assert.deepEqual(
    file.data,
    before,
    'the account comes again, and each line is known where it went',
  );
  file.alone();
  assert.equal(new ShopperFile(storage).current.alone, true);
  file.replace({ history: [kept] });
  assert.equal(file.current.alone, true, 'what the shopper said of it stays');
});

test('the details that earlier versions stored become the first profile', () => {
  const file = new ShopperFile(
    memory(JSON.stringify({ history: [kept], body: { weight_kg: 60 } })),
  );
  assert.deepEqual(file.details, { history: [kept], body: { weight_kg: 60 }, preference: 0 });
  assert.equal(file.data.version, 1);
});

const broken = [
  ['no JSON', '{"version":1,'],
  ['a word', '"hello"'],
  ['a list', '[1,2]'],
  ['nothing of use', '{"version":1,"current":7,"profiles":"none"}'],
  ['odd profiles', '{"version":1,"profiles":[null,{"history":{},"body":[],"preference":"x"}]}'],
];
for (const [what, text] of broken) {
  test(`a file that is ${what} is an empty one, and can be written again`, () => {
    const place = memory(text);
    const file = new ShopperFile(place);
    assert.deepEqual(file.details, { history: [], body: {}, preference: 0 });
    file.add(kept);
    assert.deepEqual(new ShopperFile(place).details.history, [kept]);
  });
}

test('of a damaged file the sound lines are kept', () => {
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

test('a file of a later version is left as it is', () => {
  const later = JSON.stringify({ version: 2, people: [] });
  const place = memory(later);
  const file = new ShopperFile(place);
  file.add(kept);
  assert.equal(place.text, later);
  assert.equal(file.stored, false);
  assert.deepEqual(file.details.history, [kept], 'the page works with what it is told');
  file.clear();
  assert.equal(place.text, null);
});

test('a storage that is full: what is said still counts on this page, and is said not to be stored', () => {
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

test('a storage that is not there at all', () => {
  const refuse = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  const file = new ShopperFile({ key: 'x', read: refuse, write: refuse, remove: refuse });
  file.add(kept);
  file.clear();
  assert.equal(file.stored, false);
  assert.deepEqual(file.details.history, []);
});

test('the shopper can take it all away, and have it forgotten', () => {
  const place = memory();
  const file = new ShopperFile(place);
  file.add(kept);
  const copy = new ShopperFile(memory(file.export()));
  assert.deepEqual(copy.data, file.data);
  file.clear();
  assert.equal(place.text, null);
  assert.deepEqual(new ShopperFile(place).details.history, []);
});
