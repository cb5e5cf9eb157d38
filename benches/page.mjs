// How a product page fares until its advice stands there, on a phone four times slower than this
// machine, and how fast a list is ranked.
//
//     npm run build && node benches/page.mjs [RUNS]
//
// Every run is a visitor's first: nothing is cached, nothing compiled. Blocks are tasks of the
// page's main thread from the moment its script begins until the advice is told; theirs is
// processor time, since other work on this machine would count as the page's otherwise (with it, by
// the clock, in brackets). The least of all runs is what a quiet machine would show.
import { demo } from '../scripts/demo.mjs';
import { script } from '../scripts/lib/run.mjs';
import { openShop } from '../tests/browser/shop.mjs';

const SLOWED = 4;
const runs = Number(process.argv[2] ?? 20);

const history = [
  { article: 'LA-D01', size: '38', outcome: 'kept' },
  { article: 'VE-D04', size: '42', outcome: 'kept' },
  { article: 'SB-T03', size: '44', outcome: 'too_small' },
  { article: 'LA-F01', size: '39', outcome: 'kept' },
];

const least = (values) => Math.min(...values);
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const told = (values) =>
  `${least(values).toFixed(1)} at the least, ${middle(values).toFixed(1)} in the middle`;

/** A fresh visitor; what their browser does goes into a trace. */
async function visit(shop) {
  const context = await shop.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((history) => {
    localStorage.setItem('inseam.shopper', JSON.stringify({ history }));
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('inseam-advice', () => {
      performance.mark('advice');
      console.debug('advice');
    });
  }, history);
  // Anything else that asks the page whether it is done would run in it.
  const done = new Promise((heard) =>
    page.on('console', (message) => message.text() === 'advice' && heard()),
  );
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing', 'v8'];
  await shop.browser.startTracing(page, { categories });
  await page.goto(`${shop.url}/test/buttons.html`);
  await done;
  await new Promise((later) => setTimeout(later, 300));
  const { traceEvents } = JSON.parse(String(await shop.browser.stopTracing()));
  const moved = await page.evaluate(() => globalThis.moved);
  await context.close();
  return { ...blocks(traceEvents), moved };
}

/** The tasks of the page's main thread between script and advice, in milliseconds. */
function blocks(events) {
  const advice = events.find(({ name, cat }) => name === 'advice' && cat.includes('user_timing'));
  const own = events.filter(
    ({ pid, tid, ph }) => pid === advice.pid && tid === advice.tid && ph === 'X',
  );
  const start = Math.min(
    ...own.filter(({ name }) => name === 'v8.evaluateModule').map(({ ts }) => ts),
  );
  const tasks = own.filter(
    ({ name, ts, dur }) => name === 'RunTask' && ts + dur > start && ts < advice.ts,
  );
  const processor = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return {
    line: (advice.ts - start) / 1000,
    longest: Math.max(...processor),
    all: processor.reduce((sum, one) => sum + one, 0),
    byClock: Math.max(...tasks.map(({ dur }) => dur / 1000)),
  };
}

/** `rank` of 200 articles, milliseconds, this machine at its own speed. */
async function ranking(shop) {
  const page = await shop.browser.newPage();
  await page.goto(`${shop.url}/test/buttons.html`);
  return page.evaluate(async (history) => {
    const { sharedModel } = await import('/dist/element.js');
    const rows = (await (await fetch('/catalogue.csv')).text()).trim().split('\n').slice(1);
    const ids = rows.map((row) => row.split(',')[0]);
    const articles = Array.from({ length: 200 }, (_, i) => ids[i % ids.length]);
    const shopper = (await sharedModel('/fit/shop.inseam')).shopper({ history });
    const times = [];
    for (let i = 0; i < 30; i++) {
      const began = performance.now();
      await shopper.rank(articles);
      times.push(performance.now() - began);
    }
    return times;
  }, history);
}

await script(async () => {
  await demo();
  const shop = await openShop();
  const visits = [];
  for (let i = 0; i < runs; i++) visits.push(await visit(shop));
  const of = (name) => visits.map((one) => one[name]);
  console.log(`${runs} first visits, processor slowed ${SLOWED} times; milliseconds:`);
  console.log(`  script to advice   ${told(of('line'))}`);
  console.log(`  longest block      ${told(of('longest'))}  (${told(of('byClock'))})`);
  console.log(`  all blocks         ${told(of('all'))}`);
  console.log(`  layout shift       ${Math.max(...of('moved'))} at the most`);
  const [first, ...rest] = await ranking(shop);
  console.log(
    `rank of 200 articles, not slowed: ${first.toFixed(1)} the first time, then ${told(rest)}`,
  );
  await shop.close();
});
