// Measures a product page from the start of its script until its advice is visible, on a processor
// slowed four times, and how fast the page ranks a list of articles.
//
//     npm run build && node benches/page.mjs [VISITS] [OTHER]
//
// OTHER is another checkout's folder `www/dist`: its pages are visited in turns with these. With
// TASKS=1 it prints the longest tasks of the last visit and what they consist of.
//
// In every visit the cache is empty and nothing is compiled. A block is a task of the page's main
// thread between the start of the script and the advice. Blocks are measured in processor time,
// which does not include other work on this machine; the time by the clock is in brackets. The
// minimum of all visits is the best estimate for a machine without other work.
import { demo } from '../scripts/demo.mjs';
import { at } from '../scripts/lib/repo.mjs';
import { script } from '../scripts/lib/run.mjs';
import { mounts, serve } from '../scripts/serve.mjs';
import { openShop } from '../tests/browser/shop.mjs';

const SLOWED = 4;
const visitCount = Number(process.argv[2] ?? 20);
const other = process.argv[3];

const history = [
  { article: 'LA-D01', size: '38', outcome: 'kept' },
  { article: 'VE-D04', size: '42', outcome: 'kept' },
  { article: 'SB-T03', size: '44', outcome: 'too_small' },
  { article: 'LA-F01', size: '39', outcome: 'kept' },
];

const COMPILATION = 'disabled-by-default-v8.compile';

const minimum = (values) => Math.min(...values);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const summary = (values) =>
  `minimum ${minimum(values).toFixed(1)}, median ${median(values).toFixed(1)}`;

/** One visit with an empty cache. Returns what the browser's trace shows of it. */
async function visit({ browser, url }) {
  const context = await browser.newContext();
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
  // The console tells when the advice is visible. Polling the page would run code in it and count.
  const done = new Promise((resolve) =>
    page.on('console', (message) => message.text() === 'advice' && resolve()),
  );
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing', 'v8'];
  if (process.env.TASKS) categories.push('devtools.timeline', 'v8.wasm.detailed', COMPILATION);
  await browser.startTracing(page, { categories });
  await page.goto(`${url}/test/buttons.html`);
  await done;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()));
  const moved = await page.evaluate(() => globalThis.moved);
  await context.close();
  return { ...blocks(traceEvents), moved };
}

/**
 * The tasks of the page's main thread between the start of the script and the advice, in
 * milliseconds: the whole time, the longest task, all of them, and the longest one by the clock.
 */
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
    tasks: tasks.map((task) => describe(task, own)),
    line: (advice.ts - start) / 1000,
    longest: Math.max(...processor),
    all: processor.reduce((sum, one) => sum + one, 0),
    byClock: Math.max(...tasks.map(({ dur }) => dur / 1000)),
  };
}

/** A task: when it began, its processor time, and which events took a millisecond or more of it. */
function describe({ ts, dur, tdur }, own) {
  const within = own.filter(({ name, ts: at }) => name !== 'RunTask' && at >= ts && at < ts + dur);
  const sums = new Map();
  for (const { name, tdur = 0 } of within) {
    const { count = 0, time = 0 } = sums.get(name) ?? {};
    sums.set(name, { count: count + 1, time: time + tdur / 1000 });
  }
  const parts = [...sums].filter(([, { time }]) => time >= 1);
  const names = parts.map(([name, { count, time }]) => `${name} ${count}x ${time.toFixed(1)}`);
  return { ts, milliseconds: tdur / 1000, names };
}

/** The milliseconds of 30 calls of `rank` with 200 articles, at the full speed of this machine. */
async function rankingTimes(shop) {
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

function report(name, visits) {
  const all = (key) => visits.map((one) => one[key]);
  console.log(`${name}: ${visits.length} first visits, processor slowed ${SLOWED} times, in ms:`);
  console.log(`  script to advice   ${summary(all('line'))}`);
  console.log(`  longest block      ${summary(all('longest'))}  (${summary(all('byClock'))})`);
  console.log(`  all blocks         ${summary(all('all'))}`);
  console.log(`  layout shift       ${Math.max(...all('moved'))} at most`);
  if (!process.env.TASKS) return;
  const { tasks } = visits.at(-1);
  for (const { ts, milliseconds, names } of tasks.filter(({ milliseconds }) => milliseconds > 6)) {
    const after = (ts - tasks[0].ts) / 1000;
    console.log(`  ${milliseconds.toFixed(1)} at ${after.toFixed(0)}: ${names.join(', ')}`);
  }
}

await script(async () => {
  await demo();
  const shop = await openShop();
  const pages = { prefix: '/test/', folder: at('tests', 'browser', 'pages') };
  const otherServer =
    other &&
    (await serve({ port: 0, mounts: [pages, { prefix: '/dist/', folder: other }, ...mounts] }));
  const sites = [
    { name: 'these pages', url: shop.url, visits: [] },
    ...(otherServer ? [{ name: other, url: otherServer.url, visits: [] }] : []),
  ];
  for (let i = 0; i < visitCount; i++)
    for (const { url, visits } of sites) visits.push(await visit({ browser: shop.browser, url }));
  for (const { name, visits } of sites) report(name, visits);
  const [first, ...rest] = await rankingTimes(shop);
  console.log(
    `rank of 200 articles, not slowed: first call ${first.toFixed(1)}, then ${summary(rest)}`,
  );
  await otherServer?.close();
  await shop.close();
});
