// Inseam in a page beside what a shop would pick instead: bytes, time to the first advice, time an
// advice; and the parts of Inseam's own. One command,
// `RENTTHERUNWAY=rentals.parquet node benches/engines/run.mjs [ENGINE...]`; prints the tables of
// BENCHMARKS.md. See benches/README.md.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build } from '../../scripts/build.mjs';
import { at, npmCommand } from '../../scripts/lib/repo.mjs';
import { must, script } from '../../scripts/lib/run.mjs';
import { mounts, serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { catalogue } from '../../tests/node/catalogue.mjs';
import { generate } from './generate.mjs';

const VISITS = 20;
const BATCHES = 40;
/** Visits in which advices are timed too, once the first has been given. */
const TIMED = 2;
const work = at('target', 'engines');
const pages = at('benches', 'engines', 'pages');
const versions = {
  'onnxruntime-web': '1.30.0',
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-backend-cpu': '4.22.0',
};

const engines = [
  { name: 'inseam', words: '**Inseam**, a million articles by ranges', batch: 200 },
  {
    name: 'trees',
    words: 'LightGBM (150 rounds, 15 leaves) as JavaScript',
    batch: 200,
    check: 'trees',
  },
  {
    name: 'onnx',
    words: `network in ONNX Runtime Web ${versions['onnxruntime-web']}`,
    batch: 50,
    check: 'network',
  },
  {
    name: 'tensorflow',
    words: `network in TensorFlow.js ${versions['@tensorflow/tfjs-core']}`,
    batch: 20,
    check: 'network',
  },
];

/** Everything the pages load, made once under target/. */
async function prepare() {
  mkdirSync(work, { recursive: true });
  await must('Compiling the writer of catalogues', 'cargo', [
    'build',
    '--quiet',
    '--locked',
    '--all-features',
    '-p',
    'inseam',
    '--example',
    'catalogue',
  ]);
  if (!existsSync(`${work}/rows.json`)) {
    const python =
      'REQUIREMENTS=benches/engines/requirements.txt; . benches/python.sh; exec "$PYTHON" benches/engines/peers.py "$0"';
    await must('Training the peers', 'sh', ['-c', python, work], { cwd: at() });
  }
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const installed = Object.keys(versions).every((name) =>
    existsSync(`${work}/node_modules/${name}`),
  );
  if (!installed) {
    // npm installs beside the nearest of these.
    writeFileSync(`${work}/package.json`, '{ "private": true }\n');
    await must('Installing the peers', npmCommand('npm'), [
      'install',
      '--prefix',
      work,
      '--no-save',
      '--no-package-lock',
      ...wanted,
    ]);
  }
  writeFileSync(
    `${work}/trees.generated.js`,
    generate(JSON.parse(readFileSync(`${work}/trees.json`, 'utf8'))),
  );
  writeFileSync(
    `${work}/questions.json`,
    JSON.stringify({ rows: JSON.parse(readFileSync(`${work}/rows.json`, 'utf8')).rows }),
  );
  writeFileSync(`${work}/page.html`, '<!doctype html><title>A page</title>');
  writeFileSync(`${work}/million.inseam`, await catalogue(1_000_000));
  copyFileSync(at('tests', 'golden', 'shop.inseam'), `${work}/golden.inseam`);
  for (const name of ['inseam', 'trees', 'onnx'])
    copyFileSync(`${pages}/${name}.js`, `${work}/${name}.js`);
  const bundle = [
    '--bundle',
    '--minify',
    '--format=esm',
    '--target=es2022',
    '--log-level=warning',
    `--outfile=${work}/tensorflow.js`,
  ];
  await must(
    'Bundling TensorFlow.js',
    at('node_modules', '.bin', npmCommand('esbuild')),
    [`${pages}/tensorflow.js`, ...bundle],
    {
      env: { ...process.env, NODE_PATH: `${work}/node_modules` },
    },
  );
}

const median = (/** @type {number[]} */ xs) =>
  xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN;
/** Bytes with brotli at its best, of each body once: an engine of megabytes takes half a minute. @type {Map<string, number>} */
const weighed = new Map();
const brotli = (/** @type {Buffer} */ bytes) => {
  const key = createHash('sha256').update(bytes).digest('hex');
  const known = weighed.get(key) ?? brotliCompressSync(bytes).length;
  weighed.set(key, known);
  return known;
};

/** One visit by a browser that has never been there. */
async function visit(browser, url, { name, batch }, batches) {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {Promise<number>[]} */
  const bytes = [];
  page.on('response', (response) => {
    if (!/(page\.html|questions\.json|favicon\.ico)$/.test(response.url()))
      bytes.push(response.body().then(brotli));
  });
  await page.goto(`${url}/engines/page.html`);
  const found = await page.evaluate(
    async ([name, batches, batch]) => {
      const marks = [performance.now()];
      const { start } = await import(`/engines/${name}.js`);
      const advise = await start(marks);
      const first = await advise(0);
      marks.push(performance.now());
      const times = [];
      for (let b = 0, i = 0; b < batches; b++) {
        const from = performance.now();
        for (let n = 0; n < batch; n++) await advise(i++);
        times.push((performance.now() - from) / batch);
      }
      return { marks, first, times };
    },
    [name, batches, batch],
  );
  const sum = (await Promise.all(bytes)).reduce((a, b) => a + b, 0);
  await context.close();
  return { ...found, bytes: sum };
}

/** A shopper's update with a history of 20 purchases, of one person and of two. */
async function update(browser, url) {
  const page = await browser.newPage();
  await page.goto(`${url}/engines/page.html`);
  const found = await page.evaluate(async (batches) => {
    const { Inseam, start } = await import('/dist/slim.js');
    await start('/dist/inseam.wasm');
    const model = await Inseam.open('/engines/golden.inseam');
    const outcomes = ['kept', 'kept', 'too_small', 'kept', 'unknown_reason'];
    const of = (labels) =>
      Array.from({ length: 20 }, (_, i) => ({
        article: `dresses-${i % 6}`,
        size: labels[i % labels.length],
        outcome: outcomes[i % 5],
      }));
    const times = [];
    for (const history of [of(['36', '36', '38', '36']), of(['34', '42', '34', '42'])]) {
      const batch = [];
      for (let b = 0; b < batches; b++) {
        const from = performance.now();
        for (let n = 0; n < 10; n++) await model.shopper({ history }).advise('dresses-1');
        batch.push((performance.now() - from) / 10);
      }
      times.push(batch);
    }
    return times;
  }, BATCHES);
  await page.close();
  return found;
}

/** The peers' answers in the page are those of Python. */
function checkFirst(/** @type {number[][]} */ first, /** @type {string} */ of) {
  const expected = JSON.parse(readFileSync(`${work}/rows.json`, 'utf8'))[of];
  const off = first.flatMap((row, i) => row.map((p, k) => Math.abs(p - expected[i][k])));
  if (!(Math.max(...off) < 1e-5))
    throw new Error(`${of} says something else in the page: off by ${Math.max(...off)}`);
}

await script(async () => {
  await build();
  await prepare();
  const own = [
    { prefix: '/engines/', folder: work },
    { prefix: '/shop/', folder: work, only: /\.inseam$/ },
    { prefix: '/npm/', folder: `${work}/node_modules` },
  ];
  const policy = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'";
  const server = await serve({ port: 0, mounts: [...own, ...mounts], policy });
  const args = ['--headless', '--no-sandbox', '--disable-gpu'];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  console.log(`Chromium ${browser.version()}\n`);
  console.log(
    '| engine | bytes with brotli | to the first advice, ms | an advice, us |\n| --- | ---: | ---: | ---: |',
  );
  const asked = process.argv.slice(2);
  for (const engine of engines.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const visits = [];
    for (let i = 0; i < VISITS; i++)
      visits.push(await visit(browser, server.url, engine, i < TIMED ? BATCHES : 0));
    if (engine.check) checkFirst(visits[0]?.first, engine.check);
    const cold = median(visits.map(({ marks }) => marks.at(-1) - marks[0]));
    const each = median(visits.flatMap(({ times }) => times));
    console.log(
      `| ${engine.words} | ${visits.at(-1)?.bytes} | ${cold.toFixed(1)} | ${(1000 * each).toFixed(1)} |`,
    );
    if (engine.name !== 'inseam') continue;
    const parts = ['fetch', 'compile', 'open', 'advise'].map(
      (part, k) =>
        `${part} ${median(visits.map(({ marks }) => marks[k + 1] - marks[k])).toFixed(1)}`,
    );
    engine.parts = parts.join(', ');
  }
  if (engines[0]?.parts)
    console.log(`\nInseam's parts, ms, each the median of ${VISITS}: ${engines[0].parts}`);
  const words = (/** @type {number[]} */ times) =>
    `${(1000 * median(times)).toFixed(0)} us (the least ${(1000 * Math.min(...times)).toFixed(0)})`;
  const [one, two] = await update(browser, server.url);
  console.log(
    `A shopper of 20 purchases made and advised, the median of ${BATCHES} batches: ${words(one)}, of two persons ${words(two)}`,
  );
  await browser.close();
  await server.close();
});
