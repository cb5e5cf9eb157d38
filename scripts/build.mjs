// Builds the browser package: the WASM module and its glue in www/pkg, what is published in
// www/dist. `npm run build`; work whose inputs are unchanged is skipped.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, deflateRawSync } from 'node:zlib';
import { at, npmCommand, toolEnv, toolPath } from './lib/repo.mjs';
import { ask, must, Stop, script, seconds, started } from './lib/run.mjs';
import { stamp } from './lib/stamp.mjs';
import { setup } from './setup.mjs';

/**
 * The package's .wasm and its glue may weigh this much when a server sends them with brotli at its
 * best, in bytes.
 */
export const wasmBudget = 60_000;

const pkg = at('www', 'pkg');
const dist = at('www', 'dist');
/** What the bundle has of wasm-bindgen's glue; kept apart to be weighed. */
const minifiedGlue = at('www', 'pkg', 'glue.min.js');

/** The one WASM module of the package. */
export function wasmFile() {
  const found = existsSync(pkg) ? readdirSync(pkg).filter((name) => name.endsWith('_bg.wasm')) : [];
  if (found.length !== 1)
    throw new Stop(`www/pkg should hold one *_bg.wasm, and holds ${found.length}: npm run build`);
  return at('www', 'pkg', found[0]);
}

/** What the module and its glue weigh: as they are, and with brotli. */
export function wasmSize() {
  const weigh = (/** @type {string} */ file) => {
    const bytes = readFileSync(file);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
  };
  const [module, glue] = [weigh(wasmFile()), weigh(minifiedGlue)];
  return { raw: module.raw + glue.raw, brotli: module.brotli + glue.brotli };
}

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * Loads the module as a page would. An optimiser that doesn't know a feature of the module can
 * break it and still report success; only loading it tells.
 */
export async function proveSound() {
  const file = wasmFile();
  const bytes = readFileSync(file);
  const glue = file.replace(/_bg\.wasm$/, '.js');
  try {
    const module = await WebAssembly.compile(bytes);
    // A fresh address each time: the same process may load a module, rebuild it and load it again.
    const js = await import(`${pathToFileURL(glue).href}?${Date.now()}`);
    const wasm = js.initSync({ module });
    if (!(wasm.memory instanceof WebAssembly.Memory)) throw new Error('it exports no memory');
    return WebAssembly.Module.exports(module).length;
  } catch (error) {
    throw new Stop(`${file} does not load: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * The standard library is built along, so that a panic, which ends as a trap in JavaScript anyhow,
 * carries no text and no place in the source. The compiler calls these options unstable and takes
 * them from a stable toolchain under this variable alone.
 */
const ownStd = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'];
const small = {
  RUSTC_BOOTSTRAP: '1',
  // Optimised for size, but short functions are still put where they are called: without that, the
  // loops of the inference take several times as long.
  RUSTFLAGS:
    '-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=75',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: 'z',
  CARGO_PROFILE_RELEASE_LTO: 'fat',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '1',
};

async function buildWasm(/** @type {(line: string) => void} */ say) {
  const began = performance.now();
  const work = stamp('wasm', {
    inputs: ['Cargo.toml', 'Cargo.lock', 'src', 'www/Cargo.toml', 'www/src'].map((path) =>
      at(path),
    ),
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
  say('build: the WASM module ...');
  work.clear();
  rmSync(pkg, { recursive: true, force: true });
  // With `no-install`, wasm-pack takes wasm-bindgen and wasm-opt from PATH and downloads nothing.
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
  // This one file would keep the whole folder out of the npm package.
  rmSync(at('www', 'pkg', '.gitignore'), { force: true });
  const functions = await proveSound();
  // As the package has it: what nothing of ours imports is not in it (www/ts/wasm.ts).
  const shipped = at('www', 'pkg', 'shipped.js');
  writeFileSync(shipped, "export { default, Model } from './inseam_www.js';\n");
  const minify = [
    '--bundle',
    '--minify',
    '--format=esm',
    '--log-level=warning',
    `--outfile=${minifiedGlue}`,
  ];
  await must('Minifying the glue', at('node_modules', '.bin', npmCommand('esbuild')), [
    shipped,
    ...minify,
  ]);
  writeInline();
  work.write();
  const { raw, brotli } = wasmSize();
  say(
    `build: the WASM module and its glue: ${kilobytes(raw)}, ${kilobytes(brotli)} with brotli; loads in Node with ${functions} exports (${seconds(began)})`,
  );
}

/**
 * The module as a line of JavaScript, deflated and in base64, for pages and bundlers that load no
 * other files.
 */
function writeInline() {
  const text = deflateRawSync(readFileSync(wasmFile()), { level: 9 }).toString('base64');
  writeFileSync(at('www', 'pkg', 'inline.js'), `export default '${text}';\n`);
  writeFileSync(
    at('www', 'pkg', 'inline.d.ts'),
    'declare const packed: string;\nexport default packed;\n',
  );
}

/**
 * The entries of the package, as package.json exports them; what several of them need goes into
 * chunks.
 */
const entries = ['index', 'slim', 'node', 'element', 'shopper'];

async function buildTypeScript(/** @type {(line: string) => void} */ say) {
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
    '--minify',
    '--log-level=warning',
  ];
  const where = [`--outdir=${dist}`, '--chunk-names=chunks/[name]-[hash]', '--external:node:*'];
  await must('Bundling the package', bin('esbuild'), [
    ...entries.map((name) => at('www', 'ts', `${name}.ts`)),
    ...args,
    ...where,
  ]);
  // And the element as one file with everything in it, for pages and platforms that take no folder.
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
  say(`build: the package: ${entries.length} entries (${seconds(began)})`);
}

/** Builds whatever of the browser package is not up to date. */
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
