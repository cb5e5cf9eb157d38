// Compares Inseam on a page with models that a shop could use instead (benches/README.md): bytes,
// time to the first advice and per advice. Prints the tables of BENCHMARKS.md.
//
//     RENTTHERUNWAY=rentals.parquet node benches/engines/run.mjs [ENGINE...]
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
/** In so many of the visits, further advices are timed after the first one. */
const TIMED = 2;
const work = at('target', 'engines');
const pages = at('benches', 'engines', 'pages');
const versions = {
  'onnxruntime-web': '1.30.0',
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-backend-cpu': '4.22.0',
};

/** The engines: the name of the page's script, the words for the table, and advices per batch. */
const engines = [
  { name: 'inseam', title: '**Inseam**, a million articles by ranges', batch: 200 },
  {
    name: 'trees',
    title: 'LightGBM (150 rounds, 15 leaves) as JavaScript',
    batch: 200,
    check: 'trees',
  },
  {
    name: 'onnx',
    title: `network in ONNX Runtime Web ${versions['onnxruntime-web']}`,
    batch: 50,
    check: 'network',
  },
  {
    name: 'tensorflow',
    title: `network in TensorFlow.js ${versions['@tensorflow/tfjs-core']}`,
    batch: 20,
    check: 'network',
  },
];

/** Compiles the example that writes a model of a million articles. */
async function compileCatalogue() {
  const example = ['-p', 'inseam', '--example', 'catalogue'];
  await must('Compiling the catalogue example', 'cargo', [
    ...['build', '--quiet', '--locked', '--all-features'],
    ...example,
  ]);
}

/** Trains the peers, unless an earlier run has. */
async function trainPeers() {
  if (existsSync(`${work}/rows.json`)) return;
  const python =
    'REQUIREMENTS=benches/engines/requirements.txt; . benches/python.sh; exec "$PYTHON" benches/engines/peers.py "$0"';
  await must('Training the peers', 'sh', ['-c', python, work], { cwd: at() });
}

/** Installs the peers' npm packages, unless an earlier run has. */
async function installPeers() {
  const names = Object.keys(versions);
  if (names.every((name) => existsSync(`${work}/node_modules/${name}`))) return;
  // npm installs into the nearest folder with a package.json.
  writeFileSync(`${work}/package.json`, '{ "private": true }\n');
  await must('Installing the peers', npmCommand('npm'), [
    ...['install', '--prefix', work, '--no-save', '--no-package-lock'],
    ...Object.entries(versions).map(([name, version]) => `${name}@${version}`),
  ]);
}

/** Writes the files that the pages load. */
async function writePages() {
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(`${work}/${name}`, 'utf8'));
  writeFileSync(`${work}/trees.generated.js`, generate(read('trees.json')));
  writeFileSync(`${work}/questions.json`, JSON.stringify({ rows: read('rows.json').rows }));
  writeFileSync(`${work}/page.html`, '<!doctype html><title>A page</title>');
  writeFileSync(`${work}/million.inseam`, await catalogue(1_000_000));
  copyFileSync(at('tests', 'golden', 'shop.inseam'), `${work}/golden.inseam`);
  for (const name of ['inseam', 'trees', 'onnx'])
    copyFileSync(`${pages}/${name}.js`, `${work}/${name}.js`);
  const output = [`--outfile=${work}/tensorflow.js`, '--log-level=warning'];
  await must(
    'Bundling TensorFlow.js',
    at('node_modules', '.bin', npmCommand('esbuild')),
    [
      ...[`${pages}/tensorflow.js`, '--bundle', '--minify', '--format=esm', '--target=es2022'],
      ...output,
    ],
    { env: { ...process.env, NODE_PATH: `${work}/node_modules` } },
  );
}

/** Makes everything that the pages load, in target/engines. */
async function prepare() {
  mkdirSync(work, { recursive: true });
  await compileCatalogue();
  await trainPeers();
  await installPeers();
  await writePages();
}

const median = (/** @type {number[]} */ xs) =>
  xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN;

/**
 * Compressed sizes by the hash of the content. Compressing an engine of megabytes takes half a
 * minute, and each visit loads it again.
 * @type {Map<string, number>}
 */
const compressedSizes = new Map();

/** Bytes after brotli at its highest level. */
const brotli = (/** @type {Buffer} */ bytes) => {
  const key = createHash('sha256').update(bytes).digest('hex');
  const size = compressedSizes.get(key) ?? brotliCompressSync(bytes).length;
  compressedSizes.set(key, size);
  return size;
};

/** One visit with an empty cache: bytes loaded, times of the parts, times per advice. */
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

/**
 * Times per call in milliseconds for a shopper with 20 purchases: from history to advice, first for
 * one person, then for two.
 */
async function update(browser, url) {
  const page = await browser.newPage();
  await page.goto(`${url}/engines/page.html`);
  const found = await page.evaluate(async (batches) => {
    const { Inseam, start } = await import('/dist/slim.js');
    await start('/dist/inseam.wasm');
    const model = await Inseam.open('/engines/golden.inseam');
    const outcomes = ['kept', 'kept', 'too_small', 'kept', 'unknown_reason'];
    const historyOf = (labels) =>
      Array.from({ length: 20 }, (_, i) => ({
        article: `dresses-${i % 6}`,
        size: labels[i % labels.length],
        outcome: outcomes[i % 5],
      }));
    const times = [];
    for (const history of [
      historyOf(['36', '36', '38', '36']),
      historyOf(['34', '42', '34', '42']),
    ]) {
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

/** Throws if a peer's predictions on the page differ from those in Python. */
function checkFirst(/** @type {number[][]} */ first, /** @type {string} */ peer) {
  const expected = JSON.parse(readFileSync(`${work}/rows.json`, 'utf8'))[peer];
  const off = first.flatMap((row, i) => row.map((p, k) => Math.abs(p - expected[i][k])));
  if (!(Math.max(...off) < 1e-5))
    throw new Error(
      `${peer} must predict the same on the page as in Python, but differs by ${Math.max(...off)}`,
    );
}

/** Visits the page of one engine and prints its row of the table. */
async function measure(browser, url, engine) {
  const visits = [];
  for (let i = 0; i < VISITS; i++)
    visits.push(await visit(browser, url, engine, i < TIMED ? BATCHES : 0));
  if (engine.check) checkFirst(visits[0]?.first, engine.check);
  const first = median(visits.map(({ marks }) => marks.at(-1) - marks[0]));
  const each = median(visits.flatMap(({ times }) => times));
  console.log(
    `| ${engine.title} | ${visits.at(-1)?.bytes} | ${first.toFixed(1)} | ${(1000 * each).toFixed(1)} |`,
  );
  return visits;
}

/** The medians of the parts of the time to Inseam's first advice. */
function partsOf(visits) {
  const parts = ['fetch', 'compile', 'open', 'advise'].map((part, k) => {
    const times = visits.map(({ marks }) => marks[k + 1] - marks[k]);
    return `${part} ${median(times).toFixed(1)}`;
  });
  return `Parts of Inseam's time to the first advice, ms, medians of ${VISITS}: ${parts.join(', ')}`;
}

/** Starts the server of the pages and a browser. */
async function open() {
  const own = [
    { prefix: '/engines/', folder: work },
    { prefix: '/shop/', folder: work, only: /\.inseam$/ },
    { prefix: '/npm/', folder: `${work}/node_modules` },
  ];
  const policy = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'";
  const server = await serve({ port: 0, mounts: [...own, ...mounts], policy });
  const args = ['--headless', '--no-sandbox', '--disable-gpu'];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  return { server, browser };
}

await script(async () => {
  await build();
  await prepare();
  const { server, browser } = await open();
  console.log(`Chromium ${browser.version()}\n`);
  console.log(
    '| engine | bytes with brotli | to the first advice, ms | an advice, us |\n| --- | ---: | ---: | ---: |',
  );
  const asked = process.argv.slice(2);
  let parts = '';
  for (const engine of engines.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const visits = await measure(browser, server.url, engine);
    if (engine.name === 'inseam') parts = partsOf(visits);
  }
  if (parts !== '') console.log(`\n${parts}`);
  const microseconds = (/** @type {number[]} */ times) =>
    `${(1000 * median(times)).toFixed(0)} us (minimum ${(1000 * Math.min(...times)).toFixed(0)})`;
  const [one, two] = await update(browser, server.url);
  console.log(
    `A shopper with 20 purchases, from history to advice, medians of ${BATCHES} batches: ${microseconds(one)}; two persons: ${microseconds(two)}`,
  );
  await browser.close();
  await server.close();
});
