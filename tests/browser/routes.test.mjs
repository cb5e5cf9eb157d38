// A single-page shop: a thousand changes of the route leave nothing behind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/setup.mjs';
import { shopPage } from './page.mjs';
import { openShop } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  shop = await openShop();
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
});
after(async () => {
  await browser?.close();
  await shop?.close();
});

const ROUTES = 1000;

/** What a page holds, after the collection of garbage. */
async function held(session) {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

for (const how of ['the element is replaced', 'its attribute changes']) {
  test(`${ROUTES} routes, at each of which ${how}`, async (t) => {
    const { page, close } = await shopPage({ ...shop, browser }, '<main></main>');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const walk = (routes) =>
      page.evaluate(
        async ([routes, replace]) => {
          const articles = ['SB-D03', 'LA-D01', 'VE-D04', 'TW-D02'];
          const main = document.querySelector('main');
          const sizes = () => {
            const list = document.createElement('select');
            list.id = 'sizes';
            list.append(...['38', '40', '42'].map((size) => new Option(size)));
            return list;
          };
          for (let i = 0; i < routes; i++) {
            let element = main.querySelector('inseam-advice');
            if (replace || !element) {
              element = document.createElement('inseam-advice');
              element.setAttribute('model', '/fit/shop.inseam');
              element.setAttribute('for', 'sizes');
              element.open = i % 4 === 0;
              main.replaceChildren(sizes(), element);
            } else main.querySelector('select').replaceWith(sizes());
            const advised = new Promise((done) =>
              element.addEventListener('inseam-advice', done, { once: true }),
            );
            element.setAttribute('article', articles[i % 4]);
            await advised;
          }
        },
        [routes, how.includes('replaced')],
      );
    // By then all code is compiled and every cache is full.
    await walk(400);
    const warm = await held(session);
    await walk(ROUTES);
    const later = await held(session);
    t.diagnostic(
      `heap ${later.heap - warm.heap} bytes, nodes ${later.nodes - warm.nodes}, listeners ${later.listeners - warm.listeners} more`,
    );
    // A single element that is not released takes several kilobytes.
    assert.ok(later.heap - warm.heap < ROUTES * 400, `${later.heap - warm.heap} bytes`);
    assert.ok(later.nodes - warm.nodes < 300, `${later.nodes - warm.nodes} nodes`);
    assert.ok(
      later.listeners - warm.listeners < 50,
      `${later.listeners - warm.listeners} listeners`,
    );
    await close();
  });
}
