// The package as shops get it: its contents, what linters of packages find, and that it works with
// bundlers, in Node, in workers and under strict policies.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { chromium } from 'playwright-core';
import { publint } from 'publint';
import { at, npmCommand } from '../../scripts/lib/repo.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { firstVisit, visitBudget } from '../../scripts/lib/weight.mjs';
import { serve } from '../../scripts/serve.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { manifest, packed, yard } from './pack.mjs';

const inside = join(yard, 'node_modules', 'inseam');
const history = [{ article: 'LA-D01', size: '38' }];
const policy =
  "default-src 'none'; connect-src 'self'; style-src 'self'; worker-src 'self'; script-src 'self'";

/** @type {Awaited<ReturnType<typeof packed>>} */
let pack;
/** @type {import('playwright-core').Browser} */
let browser;
/** The size that every variant has to advise. @type {string | undefined} */
let expected;

before(async () => {
  pack = await packed();
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox'],
  });
  const { Inseam } = await import('inseam');
  const model = await Inseam.fromBytes(readFileSync(at('out', 'demo', 'shop.inseam')));
  expected = (await model.shopper({ history }).advise('SB-D03')).size;
  assert.ok(expected);
});
after(() => browser?.close());

/** What a test has opened, to be closed when it ends. @type {(() => Promise<void>)[]} */
const opened = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

test('it contains the published files alone, and one engine', () => {
  const paths = pack.files.map(({ path }) => path);
  const known =
    /^(www\/dist\/.*\.(js|d\.ts|wasm)|www\/types\/\w+\.(js|d\.ts)|docs\/\w+\.(md|png)|integrations\/[\w./-]+|model\/\w+\.md|package\.json|(README|BENCHMARKS|CHANGELOG)\.md|LICENSE-(MIT|APACHE))$/;
  assert.deepEqual(
    paths.filter((path) => !known.test(path)),
    [],
  );
  assert.deepEqual(
    paths.filter((path) => path.endsWith('.wasm')),
    ['www/dist/inseam.wasm'],
  );
  for (const { types, default: code } of Object.values(manifest().exports).filter(
    (e) => typeof e === 'object',
  )) {
    for (const path of [types, code]) assert.ok(paths.includes(path.slice(2)), path);
  }
});

test('its documents link to files that it contains', () => {
  const paths = new Set(pack.files.map(({ path }) => path));
  const folders = [...paths].map((path) => dirname(path));
  const dead = [...paths]
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...readFileSync(join(inside, path), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^\w+:/.test(link))
        .map((link) => ({ path, target: posix.normalize(posix.join(dirname(path), link)) })),
    )
    .filter(({ target }) => !paths.has(target) && !folders.includes(target));
  assert.deepEqual(dead, []);
});

test('a first visit with the element keeps to its budget', () => {
  const { bytes, requests } = firstVisit();
  assert.ok(bytes <= visitBudget, `${bytes} bytes`);
  assert.ok(requests <= 8, `${requests} requests`);
});

test('publint finds nothing', async () => {
  const { messages } = await publint({ pkgDir: inside, strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test('are-the-types-wrong finds nothing', async () => {
  const found = await checkPackage(createPackageFromTarballData(readFileSync(pack.tarball)), {
    excludeEntrypoints: [
      './inseam.wasm',
      './element.bundle.js',
      './worker-host.js',
      './package.json',
    ],
  });
  assert.ok(found.types, 'types are found');
  // The package has ES modules only, so resolution for CommonJS is not checked.
  const kinds = ['node16-esm', 'bundler'];
  assert.ok(Object.keys(found.entrypoints).length >= 4);
  for (const [entry, { resolutions }] of Object.entries(found.entrypoints)) {
    for (const kind of kinds) assert.ok(resolutions[kind]?.resolution, `${entry} for ${kind}`);
  }
  const problems = found.problems.filter(
    (p) => !('resolutionKind' in p) || kinds.includes(p.resolutionKind),
  );
  assert.deepEqual(
    problems.filter(({ kind }) => kind !== 'CJSResolvesToESM'),
    [],
  );
});

for (const [module, resolution] of [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
]) {
  test(`a shop's TypeScript compiles, without skipping any types: ${resolution}`, async () => {
    const args = ['-p', join(yard, 'types'), '--module', module, '--moduleResolution', resolution];
    const { code, output } = await run(at('node_modules', '.bin', npmCommand('tsc')), args, {
      cwd: yard,
    });
    assert.equal(output, '');
    assert.equal(code, 0);
  });
}

/** Runs a module among the fixtures, and parses the JSON that it prints. */
async function node(/** @type {string} */ code) {
  const result = await run(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: yard,
  });
  assert.equal(result.code, 0, result.output);
  return JSON.parse(result.output);
}

test('importing it has no effect: no globals, no requests, no DOM needed', async () => {
  // The entries for frameworks have types alone.
  const entries = Object.entries(manifest().exports).filter(
    ([, to]) => typeof to === 'object' && to.default.startsWith('./www/dist/'),
  );
  const names = entries.map(([name]) => `inseam${name.slice(1)}`);
  assert.ok(names.length >= 4);
  const found = await node(`
    const refuse = (what) => () => { throw new Error('asked for ' + what); };
    globalThis.fetch = refuse('a file');
    WebAssembly.compile = WebAssembly.instantiate = refuse('WebAssembly');
    const before = Object.getOwnPropertyNames(globalThis);
    const exported = {};
    for (const name of ${JSON.stringify(names)}) exported[name] = Object.keys(await import(name));
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    console.log(JSON.stringify({ exported, added }));
  `);
  assert.deepEqual(found.added, []);
  for (const name of names) assert.ok(found.exported[name].length > 0, name);
});

test('Node: with inlined bytes, with files, with given bytes', async () => {
  const model = JSON.stringify(at('out', 'demo', 'shop.inseam'));
  const advise = `(await model.shopper({ history: ${JSON.stringify(history)} }).advise('SB-D03')).size`;
  const read = `import { readFile } from 'node:fs/promises';`;
  const found = [
    await node(`import { Inseam } from 'inseam/node';
      const model = await Inseam.open(${model}); console.log(JSON.stringify(${advise}))`),
    await node(`import { Inseam } from 'inseam'; ${read}
      const model = await Inseam.fromBytes(await readFile(${model})); console.log(JSON.stringify(${advise}))`),
    await node(`import { Inseam, start } from 'inseam/slim'; ${read}
      await start(await readFile(new URL(import.meta.resolve('inseam/inseam.wasm'))));
      const model = await Inseam.fromBytes(await readFile(${model})); console.log(JSON.stringify(${advise}))`),
  ];
  assert.deepEqual(found, [expected, expected, expected]);
});

test('Node: errors name what is missing', async () => {
  const name = `.then(() => '', ({ name, message }) => name + ': ' + message)`;
  const found = await node(`
    import { Inseam, start } from 'inseam/slim';
    import { Inseam as OnDisk } from 'inseam/node';
    const early = await Inseam.fromBytes(new Uint8Array())${name};
    const broken = await start(Uint8Array.of(1, 2, 3))${name};
    const nowhere = await OnDisk.open('no-such.inseam')${name};
    console.log(JSON.stringify({ early, broken, nowhere }));
  `);
  assert.match(found.early, /^InseamInput: call start\(\)/);
  assert.match(found.broken, /^InseamUnreachable: inseam\.wasm does not load/);
  assert.match(found.nowhere, /^InseamUnreachable: no model from no-such\.inseam/);
});

/**
 * Opens a page of the fixtures in Chromium; `open` waits until the page has set `data-size`.
 * @param {string} folder
 * @param {string} [script] what its policy allows besides its own scripts
 */
async function visit(folder, script = "'wasm-unsafe-eval'") {
  const server = await serve({
    port: 0,
    policy: `${policy} ${script}`,
    mounts: [
      { prefix: '/fit/', folder: at('out', 'demo'), only: /\.inseam$/ },
      { prefix: '/inseam/', folder: join(inside, 'www', 'dist') },
      { prefix: '/', folder: join(yard, folder) },
    ],
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text());
  });
  opened.push(
    () => page.close(),
    () => server.close(),
  );
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  return {
    page,
    errors,
    requests,
    open: async (/** @type {string} */ path) => {
      await page.goto(`${server.url}/${path}`);
      await page.locator('body[data-size]').waitFor({ state: 'attached', timeout: 15_000 });
      return page.evaluate(() => ({ ...document.body.dataset }));
    },
  };
}

/** The element's line. @param {import('playwright-core').Page} page */
const line = (page) => page.locator('inseam-advice [part=line]').innerText();

test('Vite: a build of a page', async () => {
  const { build } = await import('vite');
  const outDir = join(yard, 'vite-built');
  const input = ['index.html', 'slim.html'].map((name) => join(yard, 'vite', name));
  await build({
    root: join(yard, 'vite'),
    logLevel: 'error',
    build: { outDir, target: 'es2022', rolldownOptions: { input } },
  });
  const { page, errors, requests, open } = await visit('vite-built');
  assert.equal((await open('index.html')).size, expected);
  assert.match(await line(page), /We don’t know your size yet/);
  assert.deepEqual(
    requests.filter((path) => path.endsWith('.wasm')),
    [],
    'the bytes are in the script',
  );
  assert.equal((await open('slim.html')).size, expected);
  assert.equal(requests.filter((path) => path.endsWith('.wasm')).length, 1);
  assert.deepEqual(errors, []);
});

test('esbuild: a bundle of a page', async () => {
  const { build } = await import('esbuild');
  const outdir = join(yard, 'esbuild', 'built');
  const entryPoints = [join(yard, 'esbuild', 'main.js')];
  const { warnings } = await build({
    entryPoints,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    outdir,
  });
  assert.deepEqual(warnings, []);
  const { page, errors, open } = await visit('esbuild');
  assert.equal((await open('index.html')).size, expected);
  assert.match(await line(page), /We don’t know your size yet/);
  assert.deepEqual(errors, []);
});

test('a bundle of the API alone does not contain the element', async () => {
  const { build } = await import('esbuild');
  const stdin = {
    contents: "import { Inseam } from 'inseam'; globalThis.Inseam = Inseam;",
    resolveDir: yard,
  };
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    outdir: 'x',
  });
  const first = outputFiles.filter(
    ({ path }) => !/(inline|explain|rank|signature|rare-sources)-/.test(path),
  );
  assert.ok(
    outputFiles.length > first.length,
    'the engine’s bytes are a chunk of their own, loaded on demand',
  );
  for (const { text } of first) assert.doesNotMatch(text, /inseam-advice/);
  const weight = first.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0);
  assert.ok(weight < 9_000, `${weight} bytes`);
});

test('no build step, a strict policy, a worker', async () => {
  const { page, errors, open } = await visit('plain');
  const { size, error } = await open('');
  assert.equal(error, '');
  assert.ok(size);
  assert.match(await line(page), /We don’t know your size yet/);
  await page.locator('body[data-worker]').waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => document.body.dataset.worker), expected);
  assert.equal(
    await page.evaluate(() => document.body.dataset.measures),
    'inseam:advise inseam:open inseam:shopper',
    'User Timing works in workers',
  );
  assert.deepEqual(errors, []);
});

test("a policy that refuses WebAssembly: an error that says so, and the shop's own size chart", async () => {
  const { page, open } = await visit('plain', '');
  const { size, error } = await open('');
  assert.equal(error, 'InseamUnsupported');
  assert.equal(size, '');
  assert.ok(await page.getByRole('link', { name: 'Size chart' }).isVisible());
  await page.locator('body[data-worker=InseamUnsupported]').waitFor({ state: 'attached' });
});
