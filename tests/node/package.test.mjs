// The npm package in Node: the API that pages use, with the demo shop's model.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Inseam } from 'inseam';
import * as element from 'inseam/element';
import { Inseam as OnDisk } from 'inseam/node';
import { at } from '../../scripts/lib/repo.mjs';

const bytes = readFileSync(at('out', 'demo', 'shop.inseam'));
const model = await Inseam.fromBytes(bytes);
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);

test('a model tells what it contains', () => {
  assert.deepEqual([...model.groups].sort(), ['bottoms', 'dresses', 'footwear', 'tops']);
  assert.ok(model.measurements.some(({ name }) => name === 'height_cm'));
  const facts = model.article('SB-D03');
  assert.equal(facts?.brand, 'Sorelle Brina');
  assert.equal(facts?.group, 'dresses');
  assert.equal(facts?.system, 'WearableSizeSystemIT');
  assert.deepEqual(
    facts?.sizes.map(({ size }) => size),
    ['38', '40', '42', '44', '46', '48', '50'],
  );
  assert.ok(facts.offset.mean < -0.3, `${facts.brand} runs small: ${facts.offset.mean}`);
  assert.ok(facts.offset.sd > 0);
  assert.equal(model.article('no such article'), undefined);
  assert.ok(model.scales('dresses').length >= 3);
  assert.deepEqual(model.scales('hats'), []);
});

test('advice has chances that sum to one, and names one of its sizes', async () => {
  const shopper = model.shopper({ history: [{ article: 'LA-D01', size: '38', outcome: 'kept' }] });
  const advice = await shopper.advise('SB-D03');
  assert.equal(advice.outcomes.length, 7);
  for (const { tooSmall, fits, tooLarge } of advice.outcomes) near(tooSmall + fits + tooLarge, 1);
  near(
    advice.outcomes.reduce((sum, { chosen }) => sum + chosen, 0),
    1,
  );
  assert.ok(advice.outcomes.some(({ size }) => size === advice.size));
  assert.ok(['advised', 'between', 'unsure'].includes(advice.status));
  assert.ok(advice.reasons.some(({ kind, purchases }) => kind === 'history' && purchases === 1));
  assert.ok(advice.outcomes[0].tooSmall > advice.outcomes[6].tooSmall);
  assert.ok(advice.outcomes[0].tooLarge < advice.outcomes[6].tooLarge);
});

test('only sizes in stock are advised, however they are written', async () => {
  const shopper = model.shopper();
  const all = await shopper.advise('KR-T04');
  const one = await shopper.advise('KR-T04', { inStock: ['extra small'] });
  assert.equal(one.size, 'XS');
  assert.equal(one.alternative, undefined);
  // What a size would do does not depend on the stock; which chances are near the advice does.
  const chances = ({ outcomes }) => outcomes.map(({ supported, ...rest }) => rest);
  assert.deepEqual(chances(one), chances(all));
  assert.equal(one.outcomes.find(({ size }) => size === 'XS').supported, true);
  const none = await shopper.advise('KR-T04', { inStock: [] });
  assert.equal(none.size, undefined);
  assert.equal(none.status, 'unsure');
});

test('a size that is not offered is neither advised nor missed', async () => {
  const shopper = model.shopper({ history: [{ article: 'LA-D01', size: '38' }] });
  const all = await shopper.advise('SB-D03');
  const sizes = all.outcomes.map(({ size }) => size);
  const others = sizes.filter((size) => size !== all.size);
  const missing = await shopper.advise('SB-D03', { inStock: others });
  assert.equal(missing.missed?.size, all.size);
  const fewer = await shopper.advise('SB-D03', { inStock: others, offered: others });
  assert.deepEqual([fewer.missed, fewer.size], [undefined, missing.size]);
  // However they are written; labels of another article leave all sizes.
  const written = await shopper.advise('SB-D03', { offered: sizes.map((size) => `IT ${size}`) });
  assert.deepEqual(written, all);
  assert.deepEqual(await shopper.advise('SB-D03', { offered: ['XXL'] }), all);
});

test('an article that the model does not know gets no size, and the reason', async () => {
  const advice = await model.shopper().advise('no such article');
  assert.deepEqual(advice, {
    status: 'unsure',
    outcomes: [],
    reasons: [{ kind: 'unknownArticle' }],
  });
});

test('purchases and measurements move the belief in the right direction', () => {
  const belief = (details) => {
    const found = model.shopper(details).belief('tops');
    assert.ok(found);
    return found;
  };
  const nothing = belief({});
  const history = [{ brand: 'Tidewell', group: 'tops', system: 'UK', size: '16' }];
  const large = belief({ history });
  assert.ok(large.mean > nothing.mean && large.sd < nothing.sd);
  assert.equal(large.purchases, 1);
  const small = belief({ history: [{ article: 'LA-T01', size: 'S', outcome: 'too_small' }] });
  const big = belief({ history: [{ article: 'LA-T01', size: 'S', outcome: 'too_large' }] });
  assert.ok(small.mean > big.mean);
  const pending = belief({ history: [{ article: 'LA-T01', size: 'S', outcome: 'pending' }] });
  assert.equal(pending.mean, nothing.mean);
  assert.ok(belief({ body: { weight_kg: 95 } }).mean > belief({ body: { weight_kg: 50 } }).mean);
  assert.equal(belief({ body: { shoe_colour: 'red' } }).mean, nothing.mean);
  assert.equal(model.shopper().belief('hats'), undefined);
});

test('a preference for looser moves the advice up', async () => {
  const history = [{ article: 'LA-D01', size: '38', outcome: /** @type {const} */ ('kept') }];
  const position = async (preference) => {
    const { size, outcomes } = await model.shopper({ history, preference }).advise('LA-D01');
    return outcomes.find((outcome) => outcome.size === size)?.position ?? Number.NaN;
  };
  assert.ok((await position(2)) > (await position(-2)));
});

test('purchases that the model can not use are counted', () => {
  const history = [
    { article: 'no such article', size: 'M' },
    { group: 'hats', size: 'M' },
    { article: 'LA-T01', size: 'M' },
  ];
  assert.equal(model.shopper({ history }).ignored, 2);
});

/** @type {[string, any, RegExp][]} */
const mistakes = [
  ['not a list', { history: {} }, /history should be an array/],
  ['not an object', { history: [7] }, /history\[0\] should be an object/],
  [
    'no size',
    { history: [{ article: 'A' }, { article: 'A', size: 'M' }] },
    /history\[0\]\.size is missing/,
  ],
  [
    'a size that is not a text',
    { history: [{ article: 'A', size: 38 }] },
    /history\[0\]\.size should be a string/,
  ],
  [
    'an unknown outcome',
    { history: [{ article: 'A', size: 'M', outcome: 'meh' }] },
    /"meh".*kept, too_small/,
  ],
  ['an unknown system', { history: [{ group: 'tops', size: 'M', system: 'Mars' }] }, /"Mars"/],
  [
    'neither article nor group',
    { history: [{ size: 'M' }] },
    /history\[0\] should have an article, or a group/,
  ],
  ['an infinite height', { body: { height_cm: Number.POSITIVE_INFINITY } }, /body\.height_cm/],
  ['a height that is not a number', { body: { height_cm: Number.NaN } }, /body\.height_cm/],
  ['a body that is a text', { body: 'tall' }, /body should be an object/],
  ['a preference that is not a number', { preference: Number.NaN }, /preference/],
  [
    'a history that is too long',
    { history: new Array(20_001).fill({ article: 'A', size: 'M' }) },
    /20000/,
  ],
];
for (const [what, details, message] of mistakes) {
  test(`a message names the mistake: ${what}`, () => {
    assert.throws(() => model.shopper(details), { name: 'InseamInput', message });
  });
}

test('texts of any content reach the engine complete', async () => {
  const long = '🧥ß'.repeat(20_000);
  const known = { group: 'tops', size: 'M' };
  const shopper = model.shopper({ history: [{ ...known, article: long, brand: long }, known] });
  assert.equal(shopper.ignored, 0);
  const other = model.shopper({ history: [{ ...known, article: 'other', brand: 'other' }, known] });
  assert.deepEqual(
    shopper.belief('tops'),
    other.belief('tops'),
    'neither the article nor the brand is known',
  );
  const odd = ['', '\0', '\ud800', long].map((size) => ({ group: 'tops', size }));
  assert.equal(model.shopper({ history: odd }).ignored, odd.length);
  assert.ok((await model.questions({}, 'LA-T01', [long])).some(({ name }) => name === long));
});

test('a message names the mistake in the options of advice', async () => {
  const shopper = model.shopper({ history: [{ article: 'LA-D01', size: '36' }] });
  /** @type {[any, RegExp][]} */
  const mistakes = [
    [{ unknown: 'colour' }, /unknown is "colour"; it should be "article" or "brand"/],
    [{ persona: 1 }, /persona is 1; it should be an index/],
    [{ persona: -1 }, /persona is .*; it should be an index/],
    [{ persona: 0.5 }, /persona is .*; it should be an index/],
    [{ persona: 'length' }, /persona is .*; it should be an index/],
    [{ inStock: '38' }, /inStock should be an array of strings/],
    [{ offered: [38] }, /offered should be an array of strings/],
    [{ costs: { spare: '1' } }, /costs\.spare should be a finite number/],
  ];
  for (const [options, message] of mistakes)
    await assert.rejects(shopper.advise('LA-D01', options), { name: 'InseamInput', message });
  assert.deepEqual(await shopper.advise('LA-D01', { persona: 0 }), await shopper.advise('LA-D01'));
  assert.deepEqual(
    await shopper.advise('LA-D01', { persona: null, unknown: null }),
    await shopper.advise('LA-D01'),
  );
});

test('an error of a page’s own getter is passed on, and the model still works', async () => {
  const trap = {
    get size() {
      throw new TypeError('mine');
    },
  };
  assert.throws(() => model.shopper({ history: [/** @type {any} */ (trap)] }), {
    name: 'TypeError',
    message: 'mine',
  });
  await assert.rejects(model.shopper().advise('LA-T01', { inStock: /** @type {any} */ ([1]) }), {
    name: 'InseamInput',
  });
  assert.ok((await model.shopper().advise('LA-T01')).outcomes.length > 0);
});

test('bytes that are not a model are refused with the offset of the fault', async () => {
  for (const entry of [Inseam, OnDisk])
    await assert.rejects(entry.open(/** @type {any} */ (bytes)), {
      name: 'InseamInput',
      message: /fromBytes/,
    });
  await assert.rejects(Inseam.fromBytes(new Uint8Array(0)), {
    name: 'InseamDamaged',
    message: /at byte 0/,
  });
  await assert.rejects(Inseam.fromBytes(bytes.subarray(0, 100)), {
    name: 'InseamDamaged',
    message: /at byte \d+/,
  });
  for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 199)) {
    const flipped = Uint8Array.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    await assert.rejects(
      Inseam.fromBytes(flipped),
      { name: 'InseamDamaged' },
      `byte ${at} flipped`,
    );
  }
});

test('a model that does not load is unreachable', async () => {
  await assert.rejects(Inseam.open('http://127.0.0.1:9/shop.inseam'), {
    name: 'InseamUnreachable',
  });
});

test('the element can be imported without a DOM', () => {
  assert.equal(typeof element.sharedModel, 'function');
  assert.equal(element.STORAGE_KEY, 'inseam.shopper');
});

test('article ids can be numbers', async () => {
  const shopper = model.shopper();
  assert.deepEqual(await shopper.advise(4711), await shopper.advise('4711'));
  assert.equal(model.article(4711), undefined);
  assert.deepEqual(
    (await shopper.rank([4711, { article: 4712 }])).map(({ article }) => article),
    ['4711', '4712'],
  );
});

/** @type {[string, () => unknown, RegExp][]} */
const wrong = [
  [
    'no article',
    () => model.shopper().advise(/** @type {any} */ (undefined)),
    /shop's id.*undefined/,
  ],
  ['an empty article', () => model.shopper().advise(''), /shop's id.*empty/],
  [
    'an article that is an object',
    () => model.shopper().advise(/** @type {any} */ ({})),
    /shop's id/,
  ],
  ['half a number', () => model.shopper().advise(1.5), /shop's id/],
  [
    'purchases',
    () => model.shopper(/** @type {any} */ ({ purchases: [] })),
    /details\.purchases.*history/,
  ],
  [
    'a height',
    () => model.shopper(/** @type {any} */ ({ height: 178 })),
    /details\.height.*body: \{/,
  ],
  [
    'a list of purchases',
    () => model.shopper(/** @type {any} */ ([])),
    /details should be an object/,
  ],
  [
    'a misspelt option',
    () => model.shopper().advise('LA-T01', /** @type {any} */ ({ instock: [] })),
    /options\.instock.*inStock/,
  ],
  [
    'a misspelt option of opening',
    () => OnDisk.open('x', /** @type {any} */ ({ key: 'a' })),
    /options\.key.*keys/,
  ],
  ['no address', () => Inseam.open(''), /address/],
];
for (const [what, call, message] of wrong) {
  test(`a mistake is refused, and the message says what would be right: ${what}`, async () => {
    await assert.rejects(async () => call(), { name: 'InseamInput', message });
  });
}

test('a text of a page names the size of an article, however it is written', () => {
  const sizeOf = model.sizeFinder('SB-D03');
  const texts = [
    '38',
    'IT 38',
    '38 IT',
    'Size 38',
    'Taglia 38',
    '38 / Black',
    '38 (few left)',
    'Rot | 38',
  ];
  for (const text of texts) assert.equal(sizeOf(text), '38', text);
  for (const text of ['', 'EU 38', '39', '4438', 'Size guide', '38 / 40', '38, 40', 'M'])
    assert.equal(sizeOf(text), undefined, text);
  const letters = model.sizeFinder('LA-T01');
  for (const text of ['M', 'Medium', 'medium (M)', 'EU M']) assert.equal(letters(text), 'M', text);
  assert.equal(model.sizeFinder('no such article')('38'), undefined);
});

test('what is closed is freed, by `using` too', async () => {
  const open = () => Inseam.fromBytes(bytes);
  const closed = await open();
  const shopper = closed.shopper();
  shopper.close();
  closed.close();
  await assert.rejects(shopper.advise('LA-T01'));
  assert.throws(() => closed.article('LA-T01'));
  if (!Symbol.dispose) return;
  const disposable = /** @type {any} */ (await open());
  disposable[Symbol.dispose]();
  assert.throws(() => disposable.article('LA-T01'));
});
