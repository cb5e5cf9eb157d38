// Servers, caches and service workers that answer range requests in their own ways: the right
// advice or an error that says what is wrong, with few requests.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Inseam } from 'inseam';
import { catalogue } from './catalogue.mjs';

/** @type {Buffer} */
let bytes;
/** @type {import('node:http').Server} */
let server;
let base = '';
/** @type {(request: any, response: any) => void} */
let answer;
let requests = 0;
let sent = 0;
let expected;

before(async () => {
  bytes = await catalogue(100_000);
  server = createServer((request, response) => {
    requests++;
    const end = response.end.bind(response);
    response.end = (body) => {
      sent += body?.length ?? 0;
      return end(body);
    };
    answer(request, response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  base = `http://127.0.0.1:${server.address().port}`;
  expected = await (await Inseam.fromBytes(bytes)).shopper().advise('A99999');
});
after(() => server?.close());

/** The range that a request asks for, as the bytes' start and end. */
const asked = ({ headers }) => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  return from === undefined ? undefined : [Number(from), Math.min(Number(to) + 1, bytes.length)];
};
const stated = (start, end) => ({ 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` });
const send = (response, status, headers, body) => response.writeHead(status, headers).end(body);
const gz = () => gzipSync(bytes, { level: 1 });

/**
 * What each server does with a range, and the requests and bytes that the first advice may take.
 * @type {[string, (range: number[] | undefined, response: any) => void, number, number?][]}
 */
const servers = [
  [
    '206 without Content-Range, or with one that may not be read',
    ([start, end], response) => send(response, 206, {}, bytes.subarray(start, end)),
    2,
    60_000,
  ],
  [
    '206 with the whole file, always',
    (_, response) => send(response, 206, stated(0, bytes.length), bytes),
    1,
  ],
  [
    '206 with the whole file, without Content-Range',
    (_, response) => send(response, 206, {}, bytes),
    1,
  ],
  [
    '206 with a total that is not known',
    ([start, end], response) =>
      send(
        response,
        206,
        { 'content-range': `bytes ${start}-${end - 1}/*` },
        bytes.subarray(start, end),
      ),
    2,
    60_000,
  ],
  [
    '200 with the range alone, from a service worker',
    ([start, end], response) => send(response, 200, {}, bytes.subarray(start, end)),
    2,
    60_000,
  ],
  [
    '416 on first opening',
    (range, response) => (range ? send(response, 416, {}) : send(response, 200, {}, bytes)),
    2,
  ],
  [
    '501 for ranges',
    (range, response) => (range ? send(response, 501, {}) : send(response, 200, {}, bytes)),
    2,
  ],
  [
    'ranges of an object that is stored as gzip, with Content-Encoding',
    (range, response) => {
      const all = gz();
      const headers = { 'content-encoding': 'gzip' };
      if (!range) return send(response, 200, headers, all);
      const end = Math.min(range[1], all.length);
      const part = { 'content-range': `bytes ${range[0]}-${end - 1}/${all.length}` };
      send(response, 206, { ...headers, ...part }, all.subarray(range[0], end));
    },
    2,
  ],
  [
    'an object that is stored as gzip, without Content-Encoding',
    (range, response) => {
      const all = gz();
      if (!range) return send(response, 200, {}, all);
      const end = Math.min(range[1], all.length);
      const part = { 'content-range': `bytes ${range[0]}-${end - 1}/${all.length}` };
      send(response, 206, part, all.subarray(range[0], end));
    },
    2,
  ],
  [
    'a shorter range than asked for',
    (range, response) => {
      if (!range) return send(response, 200, {}, bytes);
      const end = range[0] + 1000;
      send(response, 206, stated(range[0], end), bytes.subarray(range[0], end));
    },
    2,
  ],
];
for (const [what, reply, most, mostBytes] of servers) {
  test(`${what}: the same advice`, async () => {
    [requests, sent] = [0, 0];
    answer = (request, response) => {
      const range = asked(request);
      reply(range ?? (what.includes('always') ? [0, bytes.length] : range), response);
    };
    const model = await Inseam.open(`${base}/shop.inseam`);
    assert.deepEqual(await model.shopper().advise('A99999'), expected);
    assert.ok(requests <= most, `${requests} requests`);
    if (mostBytes) assert.ok(sent <= mostBytes, `${sent} bytes`);
  });
}

/** @type {[string, (range: number[] | undefined, response: any) => void, RegExp][]} */
const hopeless = [
  ['416 for everything', (_, response) => send(response, 416, {}), /HTTP status 416/],
  [
    'the first bytes for every request',
    (_, response) => send(response, 200, {}, bytes.subarray(0, 32_768)),
    /changed|bytes/,
  ],
  ['an empty 206', (_, response) => send(response, 206, {}), /./],
  [
    'another range always',
    (_, response) => send(response, 206, stated(7, 9), bytes.subarray(7, 9)),
    /./,
  ],
];
for (const [what, reply, message] of hopeless) {
  test(`${what}: an error, after few requests`, async () => {
    requests = 0;
    answer = (request, response) => reply(asked(request), response);
    const advised = Inseam.open(`${base}/shop.inseam`).then((model) =>
      model.shopper().advise('A99999'),
    );
    await assert.rejects(advised, ({ name, message: text }) => {
      assert.match(name, /^Inseam(Unreachable|Damaged)$/);
      assert.match(text, message);
      return true;
    });
    assert.ok(requests <= 6, `${requests} requests`);
  });
}

test('a whole file is loaded up to the limit that the shop sets', async () => {
  answer = (_, response) => send(response, 200, { 'content-length': bytes.length }, bytes);
  const open = (wholeLimit) => Inseam.open(`${base}/shop.inseam`, { wholeLimit });
  await assert.rejects(open(bytes.length - 1), {
    name: 'InseamUnreachable',
    message: new RegExp(`${bytes.length} bytes is longer than wholeLimit`),
  });
  assert.deepEqual(await (await open(bytes.length)).shopper().advise('A99999'), expected);
  // The length is known from the range, so nothing more is asked for.
  requests = 0;
  answer = (request, response) => {
    const [start = 0] = asked(request) ?? [];
    send(response, 206, stated(start, start + 9), bytes.subarray(start, start + 9));
  };
  await assert.rejects(open(1000), { name: 'InseamUnreachable', message: /wholeLimit/ });
  assert.equal(requests, 1);
});

test('pointers that lead in a circle end', async () => {
  requests = 0;
  answer = ({ url }, response) =>
    response.end(JSON.stringify({ model: url === '/a.json' ? '/b.json' : '/a.json' }));
  await assert.rejects(Inseam.open(`${base}/a.json`), {
    name: 'InseamDamaged',
    message: /pointer/,
  });
  assert.ok(requests <= 4, `${requests} requests`);
});
