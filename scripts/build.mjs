// Builds the browser package: `npm run build`. It writes the WASM module and its JavaScript glue to
// www/pkg and the files to publish to www/dist. It skips a step if nothing that goes into it
// changed.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, npmCommand, toolEnv, toolPath } from './lib/repo.mjs';
import { ask, must, Stop, script, seconds, started } from './lib/run.mjs';
import { stamp } from './lib/stamp.mjs';
import { shortenNames } from './lib/wasm-names.mjs';
import { brotliSize } from './lib/weight.mjs';
import { setup } from './setup.mjs';

/**
 * The largest size that the .wasm and its glue may have together, in bytes, compressed with brotli
 * at its highest level. `npm test -- wasm` checks it.
 */
export const wasmBudget = 62_000;

const pkg = at('www', 'pkg');
const dist = at('www', 'dist');
/**
 * The part of wasm-bindgen's glue that goes into the bundle, in a file of its own to measure it.
 */
const minifiedGlue = at('www', 'pkg', 'glue.min.js');

/** The path of the package's WASM module; throws a `Stop` if it is not built. */
export function wasmFile() {
  const found = existsSync(pkg) ? readdirSync(pkg).filter((name) => name.endsWith('_bg.wasm')) : [];
  if (found.length !== 1)
    throw new Stop(
      `www/pkg must hold one *_bg.wasm file, but holds ${found.length}. Please type:  npm run build`,
    );
  return at('www', 'pkg', found[0]);
}

/** The size of the module and its glue together in bytes: uncompressed, and with brotli. */
export function wasmSize() {
  const measure = (/** @type {string} */ file) => {
    const bytes = readFileSync(file);
    return { raw: bytes.length, brotli: brotliSize(bytes) };
  };
  const [module, glue] = [measure(wasmFile()), measure(minifiedGlue)];
  return { raw: module.raw + glue.raw, brotli: module.brotli + glue.brotli };
}

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * Loads the module as a page would; throws a `Stop` if that fails. An optimiser that does not know
 * one of the module's features can damage the module and still report success.
 * @returns {Promise<number>} how many exports the module has
 */
export async function proveSound() {
  const file = wasmFile();
  const bytes = readFileSync(file);
  const glue = file.replace(/_bg\.wasm$/, '.js');
  try {
    const module = await WebAssembly.compile(bytes);
    // Node caches modules by address. A new address each time makes it load a rebuilt module again.
    const js = await import(`${pathToFileURL(glue).href}?${Date.now()}`);
    const wasm = js.initSync({ module });
    if (!(wasm.memory instanceof WebAssembly.Memory))
      throw new Error('the module exports no memory');
    return WebAssembly.Module.exports(module).length;
  } catch (error) {
    throw new Stop(`${file} does not load: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Options that compile the standard library too. This removes the messages and source locations of
 * panics, which JavaScript could not show: it sees a panic as a trap. The options are unstable; a
 * stable toolchain accepts them only if RUSTC_BOOTSTRAP is set.
 */
const ownStd = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'];
const small = {
  RUSTC_BOOTSTRAP: '1',
  // `opt-level = z` hardly inlines. The inline threshold keeps short functions inlined, because the
  // loops of the inference are several times slower without that.
  RUSTFLAGS:
    '-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=75',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: 'z',
  CARGO_PROFILE_RELEASE_LTO: 'fat',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '1',
};

/**
 * Options of esbuild. They leave out the parts of the glue that the package does not use.
 * @type {import('esbuild').BuildOptions}
 */
const smaller = {
  bundle: true,
  format: 'esm',
  logLevel: 'warning',
  minify: true,
  drop: ['console'],
  define: { 'Symbol.dispose': 'undefined' },
};

/**
 * Chromium compiles all functions of a file that begins so while it loads, on another thread.
 * Otherwise it compiles each when it is first called, which blocks the page.
 */
const EAGER = '//# allFunctionsCalledOnLoad\n';

/** What a visit loads and mostly runs: chunks that are loaded from the start, but the smallest. */
const isEager = (/** @type {string} */ path, /** @type {string} */ code) =>
  /[/\\]chunk-\w+\.js$/.test(path) && code.length > 2_000;

/**
 * Bundles and minifies with esbuild, then minifies the result with Rolldown's minifier, which finds
 * 2 % more. Throws a `Stop` if that fails.
 * @param {string} what
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(what, options) {
  try {
    // They are not installed yet when this file is loaded.
    const [esbuild, { minify }] = await Promise.all([import('esbuild'), import('rolldown/utils')]);
    const { outputFiles } = await esbuild.build({ ...smaller, ...options, write: false });
    for (const { path, text } of outputFiles) {
      const { code, errors } = await minify(path, text, {
        module: true,
        compress: { target: 'es2022' },
        mangle: { toplevel: true },
      });
      if (errors.length > 0) throw errors[0];
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, isEager(path, code) ? EAGER + code : code);
    }
  } catch (error) {
    throw new Stop(`${what} failed:\n${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Builds the WASM module, its glue and its inline form into www/pkg.
 * @param {(line: string) => void} say prints one line of progress
 */
async function buildWasm(say) {
  const began = performance.now();
  const work = stamp('wasm', {
    inputs: [
      'Cargo.toml',
      'Cargo.lock',
      'src',
      'www/Cargo.toml',
      'www/src',
      'scripts/build.mjs',
    ].map((path) => at(path)),
    outputs: [pkg],
    words: [
      ...ownStd,
      ...Object.values(small),
      await ask('rustc', ['--version']),
      await ask(toolPath('wasm-pack'), ['--version']),
    ],
  });
  if (work.fresh()) {
    say('build: the WASM module is up to date');
    return;
  }
  say('build: compiling the WASM module ...');
  work.clear();
  rmSync(pkg, { recursive: true, force: true });
  // With `no-install`, wasm-pack runs the wasm-bindgen and wasm-opt on PATH and downloads nothing.
  const args = [
    '--log-level',
    'warn',
    'build',
    'www',
    '--target',
    'web',
    '--release',
    '--mode',
    'no-install',
  ];
  await must('Building the WASM module', toolPath('wasm-pack'), [...args, '--', ...ownStd], {
    env: toolEnv(small),
  });
  // npm would leave the whole folder out of the package because of this file.
  rmSync(at('www', 'pkg', '.gitignore'), { force: true });
  const glue = wasmFile().replace(/_bg\.wasm$/, '.js');
  // The check of the module looks at its memory.
  const short = shortenNames(readFileSync(wasmFile()), readFileSync(glue, 'utf8'), ['memory']);
  writeFileSync(wasmFile(), short.module);
  writeFileSync(glue, short.glue);
  const functions = await proveSound();
  // www/ts/engine/wasm.ts imports only these two names, so the bundle contains only their glue.
  const shipped = at('www', 'pkg', 'shipped.js');
  writeFileSync(shipped, "export { initSync, Model } from './inseam_www.js';\n");
  await bundle('Minifying the glue', { entryPoints: [shipped], outfile: minifiedGlue });
  writeInline();
  work.write();
  const { raw, brotli } = wasmSize();
  say(
    `build: the WASM module and its glue have ${kilobytes(raw)}, ${kilobytes(brotli)} with brotli; Node loads the module and finds ${functions} exports (${seconds(began)})`,
  );
}

/**
 * The character of the first byte value of the order in which they are numbered: none is then a
 * control character, which would need an escape.
 */
const FIRST_CHARACTER = 33;
/**
 * How many orders to try, each beginning with another byte value. Those below 128 have characters
 * that take one byte, and brotli's guesses depend on it too: the best order saves up to 2 %.
 */
const ORDERS = 24;

/**
 * Writes the module as one line of JavaScript, for pages and bundlers that cannot load other files:
 * a text with one character for each byte. Brotli compresses it nearly like the module itself;
 * base64 would hide the module's structure from it, and take 8 kB more. `first` is what the reader
 * takes from each character's number, modulo 256.
 */
function writeInline() {
  const bytes = readFileSync(wasmFile());
  const written = Array.from({ length: ORDERS }, (_, order) => {
    const characters = Array.from(bytes, (byte) =>
      String.fromCharCode(((byte + order) & 255) + FIRST_CHARACTER),
    );
    const text = characters.join('').replace(/[\\`$]/g, '\\$&');
    return `export const first = ${FIRST_CHARACTER + order};\nexport const packed = \`${text}\`;\n`;
  });
  const sizes = written.map((text) => brotliSize(Buffer.from(text)));
  writeFileSync(at('www', 'pkg', 'inline.js'), written[sizes.indexOf(Math.min(...sizes))]);
  writeFileSync(
    at('www', 'pkg', 'inline.d.ts'),
    'export declare const first: number;\nexport declare const packed: string;\n',
  );
}

/**
 * The entries of the package, as package.json exports them. esbuild puts code that several entries
 * share into chunks.
 */
const entries = ['index', 'slim', 'node', 'element', 'shopper', 'worker'];

/**
 * Modules that are loaded on demand, by the end of their path, with what has always been loaded
 * before them. esbuild makes a chunk for each set of entries that share code, and takes a module
 * loaded on demand for an entry that can come first. With these imports it knows better, and a
 * visit loads fewer and larger chunks, which compress better.
 */
const onDemand = /** @type {const} */ ([
  [
    /element.(mistakes|own-system|panel|profiles)\.ts$/,
    "export { InseamAdvice as host } from './inseam-advice.js';",
  ],
  [
    /model.(explain|rank|signature|rare-sources)\.ts$/,
    "export { Inseam as host } from './model.js';",
  ],
]);

/**
 * States these imports, and takes superfluous space out of style sheets.
 * @type {import('esbuild').Plugin}
 */
const compact = {
  name: 'compact',
  setup({ onLoad, esbuild }) {
    for (const [filter, statement] of onDemand)
      onLoad({ filter }, ({ path }) => ({
        contents: `${statement}\n${readFileSync(path, 'utf8')}`,
        loader: 'ts',
      }));
    onLoad({ filter: /element.(\w+-)?style\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const [whole, css] = /(?<== )`([^`]*)`(?=;\n)/.exec(source) ?? [];
      if (!whole) throw new Error(`${path} has no style sheet`);
      const { code } = await esbuild.transform(css, { loader: 'css', minify: true });
      return { contents: source.replace(whole, () => JSON.stringify(code.trim())), loader: 'ts' };
    });
  },
};

/**
 * Checks the TypeScript and bundles it into www/dist.
 * @param {(line: string) => void} say prints one line of progress
 */
async function buildTypeScript(say) {
  const began = performance.now();
  const bin = (/** @type {string} */ name) => at('node_modules', '.bin', npmCommand(name));
  const work = stamp('typescript', {
    inputs: [
      'www/ts',
      'www/tsconfig.json',
      'www/pkg',
      'package-lock.json',
      'scripts/build.mjs',
    ].map((path) => at(path)),
    outputs: [dist],
  });
  if (work.fresh()) {
    say('build: the TypeScript is up to date');
    return;
  }
  work.clear();
  rmSync(dist, { recursive: true, force: true });
  await must('Checking the TypeScript', bin('tsc'), ['-p', at('www', 'tsconfig.json')]);
  // The engine's bytes would need four characters each as ASCII.
  const common = { target: 'es2022', charset: /** @type {const} */ ('utf8') };
  await bundle('Bundling the package', {
    ...common,
    entryPoints: entries.map((name) => at('www', 'ts', `${name}.ts`)),
    splitting: true,
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['node:*'],
    plugins: [compact],
  });
  // The worker's script is one file, as bundlers of workers expect.
  await bundle('Bundling the worker', {
    ...common,
    entryPoints: [at('www', 'ts', 'worker', 'host.ts')],
    outfile: at('www', 'dist', 'worker-host.js'),
  });
  // The element once more as a single file, for platforms that accept only one file.
  await bundle('Bundling the element', {
    ...common,
    entryPoints: [at('www', 'ts', 'element.ts')],
    outfile: at('www', 'dist', 'element.bundle.js'),
    plugins: [compact],
  });
  copyFileSync(wasmFile(), at('www', 'dist', 'inseam.wasm'));
  work.write();
  say(`build: www/dist holds the package with ${entries.length} entries (${seconds(began)})`);
}

/** Builds those parts of the browser package that are not up to date. */
export async function build(say = console.log) {
  await buildWasm(say);
  await buildTypeScript(say);
}

if (started(import.meta.url)) {
  await script(async () => {
    await setup(['rust', 'wasm', 'npm']);
    await build();
  });
}
