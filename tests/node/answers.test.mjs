// A server that answers every request at random: the package gives the right advice or a named
// error, and nothing else. INSEAM_ANSWERS is the number of visits, of some seven requests each.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Inseam } from 'inseam';
import { catalogue } from './catalogue.mjs';

const bytes = await catalogue(100_000);
const visits = Number(process.env.INSEAM_ANSWERS ?? 300);
const articles = ['A1', 'A22', 'A333', 'A4444', 'A55555'];
const real = globalThis.fetch;
after(() => {
  globalThis.fetch = real;
});

let state = 88172645463325252n;
/** A whole number below `bound`, the same at every run. @param {number} bound */
function below(bound) {
  state ^= (state << 13n) & 0xffffffffffffffffn;
  state ^= state >> 7n;
  state ^= (state << 17n) & 0xffffffffffffffffn;
  return Number((state >> 11n) % BigInt(bound));
}
const pick = (list) => list[below(list.length)];

function answer(init) {
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(init.headers?.range ?? '') ?? [];
  const asked = from !== undefined;
  const start = asked ? Number(from) : 0;
  const end = asked ? Math.min(Number(to) + 1, bytes.length) : bytes.length;
  let body = Buffer.from(bytes.subarray(start, end));
  const headers = asked ? { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` } : {};
  let status = asked ? 206 : 200;
  switch (below(12)) {
    case 0:
      status = pick([200, 204, 206, 301, 304, 403, 404, 416, 500, 503]);
      break;
    case 1:
      body = body.subarray(0, below(body.length + 1));
      break;
    case 2:
      body = Buffer.concat([body, Buffer.alloc(below(100))]);
      break;
    case 3:
      if (body.length) body[below(body.length)] ^= 1 << below(8);
      break;
    case 4:
      headers['content-range'] = pick([
        '',
        'bytes',
        'bytes 0-1/2',
        `bytes ${start + 1}-${end}/${bytes.length}`,
        'bytes 0-*/*',
        'bytes 9-3/-1',
        `bytes ${start}-${end - 1}/99999999999`,
      ]);
      break;
    case 5:
      headers['content-length'] = pick(['', '-1', '99999999999', 'NaN', '0']);
      break;
    case 6:
      body = Buffer.from(
        pick([
          '',
          '{',
          '{}',
          '{"model":"x.inseam"}',
          '{"model":"//other/x"}',
          '<!doctype html>',
          '{"model":{}}',
        ]),
      );
      break;
    case 7:
      throw new TypeError('fetch failed');
    default:
  }
  const empty = [204, 304].includes(status);
  return new Response(empty ? null : body, { status, headers });
}

test(`${visits} visits to a server that answers at random`, async () => {
  const right = new Map();
  const whole = (await Inseam.fromBytes(bytes)).shopper();
  for (const article of articles) right.set(article, JSON.stringify(await whole.advise(article)));
  let [advised, refused] = [0, 0];
  globalThis.fetch = async (_, init = {}) => answer(init);
  for (let visit = 0; visit < visits; visit++) {
    try {
      const shopper = (await Inseam.open('http://shop.test/shop.inseam')).shopper();
      for (const article of articles) {
        assert.equal(JSON.stringify(await shopper.advise(article)), right.get(article));
        advised++;
      }
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      assert.ok(
        /^Inseam(Unreachable|Damaged)$/.test(error.name),
        `${error.name}: ${error.message}`,
      );
      refused++;
    }
  }
  console.log(
    `${visits} visits: ${advised} advices, all correct; ${refused} refused with a named error`,
  );
  assert.ok(advised > visits && refused > visits / 20);
});
