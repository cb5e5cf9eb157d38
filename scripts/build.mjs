// Builds the browser package: `npm run build`. It writes the WASM module and its JavaScript glue to
// www/pkg and the files to publish to www/dist. It skips a step if nothing that goes into it
// changed.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { at, npmCommand, toolEnv, toolPath } from './lib/repo.mjs';
import { ask, must, Stop, script, seconds, started } from './lib/run.mjs';
import { stamp } from './lib/stamp.mjs';
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
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
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

/** Options of esbuild that leave out the parts of the glue that the package does not use. */
const smaller = ['--minify', '--drop:console', '--define:Symbol.dispose=undefined'];

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
  const functions = await proveSound();
  // www/ts/engine/wasm.ts imports only these two names, so the bundle contains only their glue.
  const shipped = at('www', 'pkg', 'shipped.js');
  writeFileSync(shipped, "export { default, Model } from './inseam_www.js';\n");
  const minify = [
    '--bundle',
    '--format=esm',
    '--log-level=warning',
    `--outfile=${minifiedGlue}`,
    ...smaller,
  ];
  await must('Minifying the glue', at('node_modules', '.bin', npmCommand('esbuild')), [
    shipped,
    ...minify,
  ]);
  writeInline();
  work.write();
  const { raw, brotli } = wasmSize();
  say(
    `build: the WASM module and its glue have ${kilobytes(raw)}, ${kilobytes(brotli)} with brotli; Node loads the module and finds ${functions} exports (${seconds(began)})`,
  );
}

/** The character of the byte 0: no byte then is a control character, which would need an escape. */
const FIRST_CHARACTER = 33;

/**
 * Writes the module as one line of JavaScript, for pages and bundlers that cannot load other files:
 * a text with one character for each byte. Brotli compresses it like the module itself; base64
 * would hide the module's structure from it, and take 8 kB more.
 */
function writeInline() {
  const characters = Array.from(readFileSync(wasmFile()), (byte) =>
    String.fromCharCode(byte + FIRST_CHARACTER),
  );
  const text = JSON.stringify(characters.join(''));
  writeFileSync(
    at('www', 'pkg', 'inline.js'),
    `export const first = ${FIRST_CHARACTER};\nexport const packed = ${text};\n`,
  );
  writeFileSync(
    at('www', 'pkg', 'inline.d.ts'),
    'export declare const first: number;\nexport declare const packed: string;\n',
  );
}

/**
 * The entries of the package, as package.json exports them. esbuild puts code that several entries
 * share into chunks.
 */
const entries = ['index', 'slim', 'node', 'element', 'shopper'];

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
  const args = [
    '--bundle',
    '--splitting',
    '--format=esm',
    '--target=es2022',
    // The engine's bytes would need four characters each as ASCII.
    '--charset=utf8',
    '--log-level=warning',
    ...smaller,
  ];
  const outputs = [`--outdir=${dist}`, '--chunk-names=chunks/[name]-[hash]', '--external:node:*'];
  await must('Bundling the package', bin('esbuild'), [
    ...entries.map((name) => at('www', 'ts', `${name}.ts`)),
    ...args,
    ...outputs,
  ]);
  // The element once more as a single file, for platforms that accept only one file.
  const whole = [
    at('www', 'ts', 'element.ts'),
    `--outfile=${at('www', 'dist', 'element.bundle.js')}`,
  ];
  await must('Bundling the element', bin('esbuild'), [
    ...whole,
    ...args.filter((arg) => arg !== '--splitting'),
  ]);
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
