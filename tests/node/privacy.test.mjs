// What the host of a model can learn from a page's requests about past purchases (docs/privacy.md).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Inseam } from 'inseam';
import { at, programOf } from '../../scripts/lib/repo.mjs';
import { blockStarts, catalogue } from './catalogue.mjs';

/** Blocks in a run, as docs/privacy.md says. */
const RUN = 8;

/** @type {Record<string, Buffer>} */
const files = {};
/** @type {import('node:http').Server} */
let server;
let base = '';
/** The ranges that were asked for. @type {[number, number][]} */
let asked = [];

before(async () => {
  files['/large'] = await catalogue(100_000);
  files['/small'] = await catalogue(10_000);
  server = createServer(({ url, headers }, response) => {
    const file = files[url ?? ''];
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const [start, end] = [Number(from), Math.min(Number(to) + 1, file.length)];
    asked.push([start, end]);
    response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${file.length}` });
    response.end(file.subarray(start, end));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server?.close());

/** The requests of a visit to an article by a shopper with this history. */
async function visit(path, history, article = 'A5') {
  asked = [];
  const model = await Inseam.open(base + path);
  const advice = await model.shopper({ history }).advise(article);
  const whole = await Inseam.fromBytes(files[path]);
  assert.deepEqual(advice, await whole.shopper({ history }).advise(article));
  return asked;
}
const bought = async (path, articles) => {
  const whole = await Inseam.fromBytes(files[path]);
  return articles.map((article) => ({ article, size: whole.article(article).sizes[1].size }));
};

test('past purchases are requested in whole runs of blocks, never alone', async () => {
  const own = await visit('/large', []);
  const all = await visit('/large', await bought('/large', ['A77', 'A5077', 'A60077']));
  const rest = all.slice(own.length);
  assert.ok(rest.length >= 2 && rest.length <= 3, `${rest.length} requests`);
  const edges = blockStarts(files['/large']);
  for (const [start, end] of rest) {
    const [first, behind] = [edges.indexOf(start), edges.indexOf(end)];
    assert.equal(first % RUN, 0, 'a run begins at a fixed place, wherever the purchase lies in it');
    assert.equal(behind - first, RUN);
  }
});

test('of two shoppers whose purchases lie in one run, the requests are the same', async () => {
  const runOf = async (article) => {
    const own = await visit('/large', []);
    return String((await visit('/large', await bought('/large', [article]))).slice(own.length));
  };
  const runs = new Map();
  for (let i = 1000; ; i++) {
    const run = await runOf(`A${i}`);
    if (runs.has(run)) break;
    runs.set(run, i);
    assert.ok(i < 1400, 'among 400 articles two lie in one of the runs');
  }
});

test('of a small model the whole rest is loaded, whatever was bought', async () => {
  const requests = await Promise.all(
    [['A77'], ['A9000', 'A14', 'A15']].map(async (articles) => bought('/small', articles)),
  );
  const seen = [];
  for (const history of requests) seen.push(await visit('/small', history));
  const [one, three] = seen.map((ranges) => JSON.stringify(ranges));
  assert.equal(one, three);
  assert.equal(seen[0].at(-1)?.[1], files['/small'].length);
});

test('a purchase with its record needs no request; with a stale one it is requested like others', async () => {
  const record = (articles, id) =>
    execFileSync(
      programOf(false),
      ['record', at('target', 'catalogue', `${articles}.inseam`), id],
      {
        encoding: 'utf8',
      },
    ).trim();
  const [purchase] = await bought('/large', ['A77']);
  const own = await visit('/large', []);
  const known = await visit('/large', [{ ...purchase, record: record(100_000, 'A77') }]);
  assert.deepEqual(known, own);
  const stale = await visit('/large', [{ ...purchase, record: record(10_000, 'A77') }]);
  assert.deepEqual(stale, await visit('/large', [purchase]));
});
