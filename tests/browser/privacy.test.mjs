// What a page with the element requests for a shopper with purchases (docs/privacy.md).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Inseam } from 'inseam';
import { at, programOf } from '../../scripts/lib/repo.mjs';
import { blockStarts, catalogue } from '../node/catalogue.mjs';
import { shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
/** @type {Buffer} */
let file;
/** @type {{ article: string, size: string, record: string }[]} */
let bought;
before(async () => {
  shop = await openShop();
  file = await catalogue(100_000);
  const model = await Inseam.fromBytes(file);
  bought = ['A77', 'A5077', 'A60077'].map((article) => ({
    article,
    size: model.article(article)?.sizes[1]?.size ?? '',
    record: execFileSync(
      programOf(false),
      ['record', at('target', 'catalogue', '100000.inseam'), article],
      { encoding: 'utf8' },
    ).trim(),
  }));
});
after(() => shop?.close());

/** The ranges of the model that a page asks for, and its advice, for this history. */
async function visit(history) {
  /** @type {[number, number][]} */
  const ranges = [];
  const html = `<inseam-advice model="/fit/shop.inseam" article="A5" shopper="${JSON.stringify({ history }).replaceAll('"', '&quot;')}">Size chart</inseam-advice>`;
  const { settled, close } = await shopPage(shop, html, {
    model: (route) => {
      const [, from, to] =
        /^bytes=(\d+)-(\d+)$/.exec(route.request().headers()['range'] ?? '') ?? [];
      const [start, end] = [Number(from), Math.min(Number(to) + 1, file.length)];
      ranges.push([start, end]);
      return route.fulfill({
        status: 206,
        headers: { 'content-range': `bytes ${start}-${end - 1}/${file.length}` },
        body: file.subarray(start, end),
      });
    },
  });
  const { size } = await settled();
  await close();
  return { ranges, size };
}

test('purchases are requested in runs of eight blocks; with their records, not at all', async () => {
  const own = await visit([]);
  const without = await visit(bought.map(({ article, size }) => ({ article, size })));
  const edges = blockStarts(file);
  const more = without.ranges.slice(own.ranges.length);
  assert.ok(more.length > 0 && more.length <= bought.length, `${more.length} requests`);
  for (const [start, end] of more) {
    assert.equal(edges.indexOf(start) % 8, 0);
    assert.equal(edges.indexOf(end) - edges.indexOf(start), 8);
  }
  const known = await visit(bought);
  assert.deepEqual(known.ranges, own.ranges);
  assert.equal(known.size, without.size, 'the advice is the same');
});
