// How a model's bytes are loaded over HTTP, from servers that follow the standard and from others.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Inseam } from 'inseam';
import { at, programOf } from '../../scripts/lib/repo.mjs';
import { catalogue, signed } from './catalogue.mjs';

/** @type {Buffer} */
let bytes;
/** @type {import('node:http').Server} */
let server;
let base = '';
/**
 * How the server answers a request; it records each.
 * @type {(request: any, response: any) => void}
 */
let answer;
/** @type {string[]} */
let asked = [];

const range = (request) => {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  return start === undefined ? undefined : [Number(start), Number(end) + 1];
};

/** Answers ranges as RFC 9110 requires; `change` can make the headers wrong. */
const ranged =
  (file, change = (headers) => headers) =>
  (request, response) => {
    const whole = file();
    const wanted = range(request);
    if (!wanted) return response.end(whole);
    const [start, end] = [wanted[0], Math.min(wanted[1], whole.length)];
    response.writeHead(
      206,
      change({ 'content-range': `bytes ${start}-${end - 1}/${whole.length}` }),
    );
    response.end(whole.subarray(start, end));
  };

/** The length of a model's head, and the start and length of each block, from its preamble. */
const plan = (file) => {
  const [a, b] = [file.readUInt32LE(12), file.readUInt32LE(16)];
  const head = 32 + a + 2 * b + 16 * Math.min(b, 256) + 96;
  const lengths = Array.from({ length: b }, (_, i) => file.readUInt16LE(32 + a + 2 * i));
  return {
    head,
    starts: lengths.map((_, i) => lengths.slice(0, i).reduce((x, y) => x + y, head)),
    lengths,
  };
};

before(async () => {
  bytes = await catalogue(100_000);
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    answer(request, response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server?.close();
});

const open = async (path = '/shop.inseam', options = {}) => {
  asked = [];
  return Inseam.open(base + path, options);
};

/** The advice of the whole file, which every way of loading has to give too. */
const expected = async (article) => {
  whole ??= await Inseam.fromBytes(bytes);
  return whole.shopper().advise(article);
};
/** @type {Inseam | undefined} */
let whole;

test('two requests for the first advice, one for each further article, none if the block is in memory', async () => {
  answer = ranged(() => bytes);
  const model = await open();
  assert.equal(asked.length, 1);
  const shopper = model.shopper();
  assert.deepEqual(await shopper.advise('A99999'), await expected('A99999'));
  assert.ok(asked.length <= 2, asked.join('; '));
  await shopper.advise('A99999');
  const before = asked.length;
  const articles = ['A1', 'A2', 'A3', 'A4', 'A5'];
  for (const article of articles)
    assert.deepEqual(await shopper.advise(article), await expected(article));
  assert.ok(asked.length > before && asked.length <= before + articles.length, asked.join('; '));
  const all = asked.length;
  for (const article of articles) await shopper.advise(article);
  assert.equal(asked.length, all);
  assert.equal((await shopper.advise('no such article')).reasons[0].kind, 'unknownArticle');
});

test('many articles at a time: each gets its advice, and each block is requested once', async () => {
  answer = ranged(() => bytes);
  const model = await open();
  const shopper = model.shopper();
  const articles = Array.from({ length: 150 }, (_, i) => `A${i * 601}`);
  const all = await Promise.all(articles.map((article) => shopper.advise(article)));
  for (const [i, article] of articles.entries())
    assert.deepEqual(all[i], await expected(article), article);
  assert.equal(new Set(asked).size, asked.length);
  // Blocks were dropped for others, and are loaded again.
  for (const article of articles)
    assert.deepEqual(await shopper.advise(article), await expected(article), article);
});

test('the articles of the history are loaded too, and count', async () => {
  answer = ranged(() => bytes);
  const model = await open();
  const history = [
    { article: 'A77', size: (await Inseam.fromBytes(bytes)).article('A77').sizes[0].size },
  ];
  const shopper = model.shopper({ history });
  const whole = (await Inseam.fromBytes(bytes)).shopper({ history });
  assert.deepEqual(await shopper.advise('A5'), await whole.advise('A5'));
  assert.deepEqual(shopper.belief('dresses'), whole.belief('dresses'));
  assert.equal(shopper.ignored, 0);
});

/**
 * Servers that answer something else than was asked.
 * @type {[string, () => (request: any, response: any) => void][]}
 */
const servers = [
  ['ignores ranges', () => (_, response) => response.end(bytes)],
  [
    'states another range',
    () =>
      ranged(
        () => bytes,
        () => ({ 'content-range': `bytes 5-100/${bytes.length}` }),
      ),
  ],
  [
    'states no range',
    () =>
      ranged(
        () => bytes,
        () => ({}),
      ),
  ],
  [
    'does not state the length',
    () =>
      ranged(
        () => bytes,
        (h) => ({ 'content-range': h['content-range'].replace(/\d+$/, '*') }),
      ),
  ],
  [
    'sends fewer bytes',
    () => (request, response) => {
      const wanted = range(request);
      if (!wanted) return response.end(bytes);
      response.writeHead(206, {
        'content-range': `bytes ${wanted[0]}-${wanted[1] - 1}/${bytes.length}`,
      });
      response.end(bytes.subarray(wanted[0], wanted[1] - 10));
    },
  ],
  [
    'sends ranges at first, and then no more',
    () => {
      let first = true;
      return (request, response) => {
        if (!first) return response.end(bytes);
        first = false;
        ranged(() => bytes)(request, response);
      };
    },
  ],
];

for (const [what, make] of servers) {
  test(`a server that ${what}: the same advice`, async () => {
    answer = make();
    const shopper = (await open()).shopper();
    assert.deepEqual(await shopper.advise('A99999'), await expected('A99999'));
    assert.ok(asked.length <= 4, asked.join('; '));
  });
}

test('a file that changes while it is open is opened again', async () => {
  // The same articles with other beliefs: the head and the blocks of the new file differ.
  const other = await catalogue(100_001);
  const whole = await Inseam.fromBytes(other);
  answer = ranged(() => bytes);
  const model = await open();
  const old = model.name;
  const shopper = model.shopper();
  answer = ranged(() => other);
  assert.deepEqual(await shopper.advise('A12345'), await whole.shopper().advise('A12345'));
  assert.notEqual(model.name, old);
  assert.equal(model.name, whole.name);
  assert.deepEqual(await shopper.advise('A100000'), await whole.shopper().advise('A100000'));
});

test('a block that stays damaged is refused, and the model stays usable', async () => {
  const { starts } = plan(bytes);
  const spoilt = Buffer.from(bytes);
  for (const start of starts.slice(100)) spoilt[start + 3] ^= 4;
  answer = ranged(() => spoilt);
  const shopper = (await open()).shopper();
  let refused = 0;
  for (let i = 0; i < 40; i++) {
    await shopper.advise(`A${i}`).catch((error) => {
      assert.equal(error.name, 'InseamDamaged');
      assert.match(error.message, /block \d+ is damaged/);
      refused++;
    });
  }
  assert.ok(refused > 0 && refused < 40, `${refused} of 40 refused`);
});

test('a folder of parts, and a pointer to it', async () => {
  const { head, starts, lengths } = plan(bytes);
  const name = createHash('sha256')
    .update(bytes.subarray(0, head - 96))
    .digest('hex')
    .slice(0, 32);
  /** @type {Record<string, Buffer | string>} */
  const files = {
    [`/shop-${name}/head`]: bytes.subarray(0, head),
    '/shop.json': JSON.stringify({ model: `shop-${name}/` }),
  };
  starts.forEach((start, i) => {
    files[`/shop-${name}/${i.toString(16).padStart(4, '0')}`] = bytes.subarray(
      start,
      start + lengths[i],
    );
  });
  // This server sends no ranges, and none are needed.
  answer = (request, response) => {
    const file = files[request.url];
    if (file === undefined) response.writeHead(404);
    response.end(file);
  };
  for (const path of [`/shop-${name}/`, '/shop.json']) {
    const model = await open(path);
    assert.equal(model.name, name);
    assert.deepEqual(await model.shopper().advise('A321'), await expected('A321'));
    assert.equal(asked.length, path.endsWith('/') ? 2 : 3, asked.join('; '));
  }
  for (const model of ['https://example.com/shop.inseam', 5, undefined, '/shop.json']) {
    files['/shop.json'] = JSON.stringify({ model });
    await assert.rejects(open('/shop.json'), { name: 'InseamDamaged' });
  }
});

test('anything that is not a model is refused', async () => {
  for (const body of ['', '<!doctype html>', '{', bytes.subarray(0, 100), Buffer.alloc(40_000)]) {
    answer = ranged(() => Buffer.from(body));
    await assert.rejects(open(), { name: 'InseamDamaged' });
  }
  answer = (_, response) => response.writeHead(404).end();
  await assert.rejects(open(), { name: 'InseamUnreachable' });
  answer = (_, response) => response.destroy();
  await assert.rejects(open(), { name: 'InseamUnreachable' });
});

test('an article added by its record needs no request, and a record of another model is refused', async () => {
  const record = (articles, id) => {
    const file = at('target', 'catalogue', `${articles}.inseam`);
    return execFileSync(programOf(false), ['record', file, id], { encoding: 'utf8' }).trim();
  };
  answer = ranged(() => bytes);
  const model = await open();
  assert.equal(model.addRecord(record(100_000, 'A5')), true);
  assert.deepEqual(await model.shopper().advise('A5'), await expected('A5'));
  assert.equal(asked.length, 1);
  await catalogue(100_001);
  const text = record(100_000, 'A6');
  for (const useless of [
    record(100_001, 'A6'),
    '',
    'A6',
    text.slice(2),
    text.slice(0, -2),
    `${text}AAAA`,
    '%%%',
  ])
    assert.equal(model.addRecord(useless), false, useless);
  assert.equal(model.article('A6'), undefined);
});

test('with keys, only a signed model is opened', async () => {
  const [ours, theirs] = [signed(bytes), signed(bytes)];
  const untrusted = { name: 'InseamUntrusted' };
  answer = ranged(() => ours.bytes);
  const model = await open('/shop.inseam', { keys: [theirs.key, ours.key] });
  assert.deepEqual(await model.shopper().advise('A5'), await expected('A5'));
  assert.equal(model.name, whole?.name);
  await assert.rejects(open('/shop.inseam', { keys: [theirs.key] }), untrusted);
  await assert.rejects(open('/shop.inseam', { keys: [] }), untrusted);
  await assert.rejects(open('/shop.inseam', { keys: ['no key'] }), untrusted);
  assert.ok(await open());
  // The head of one model with the signature of another.
  const other = signed(await catalogue(100_001));
  const swapped = Buffer.from(other.bytes);
  const { head } = plan(bytes);
  const end = plan(other.bytes).head;
  ours.bytes.copy(swapped, end - 80, head - 80, head - 16);
  createHash('sha256')
    .update(swapped.subarray(end - 96, end - 16))
    .digest()
    .copy(swapped, end - 16, 0, 16);
  answer = ranged(() => swapped);
  await assert.rejects(open('/shop.inseam', { keys: [ours.key, other.key] }), untrusted);
  answer = ranged(() => bytes);
  await assert.rejects(open('/shop.inseam', { keys: [ours.key] }), {
    ...untrusted,
    message: 'the model is not signed',
  });
  // A model that is replaced by an unsigned one while it is open is refused too.
  answer = ranged(() => ours.bytes);
  const trusting = await open('/shop.inseam', { keys: [ours.key] });
  const unsigned = await catalogue(100_001);
  answer = ranged(() => unsigned);
  await assert.rejects(trusting.shopper().advise('A77777'), untrusted);
});
