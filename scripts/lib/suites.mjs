// The suites of `npm test`, in the order in which they run. Suites that take seconds come first.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, kilobytes, proveSound, wasmBudget, wasmSize } from '../build.mjs';
import { demo } from '../demo.mjs';
import { chromiumPath } from '../setup.mjs';
import { cargoCounts, nextestCounts, nodeCounts, none, total, verdict } from './counts.mjs';
import { at, toolEnv, toolPath } from './repo.mjs';
import { must, run, seconds, tail } from './run.mjs';

/**
 * `why` explains a failure that no test names.
 * @typedef {import('./counts.mjs').Counts & { why?: string }} Outcome
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} about what the suite checks, for `npm test -- --help`
 * @property {import('../setup.mjs').Need[]} needs the parts of the set-up that the suite needs
 * @property {() => Promise<Outcome>} run
 */

const show = /** @type {const} */ ({ output: 'show' });

/**
 * Runs a program as one test, which passes if the exit status is 0.
 * @param {string} command
 * @param {string[]} args
 * @param {import('./run.mjs').Options} [options]
 * @returns {Promise<Outcome>}
 */
async function check(command, args, options = {}) {
  console.log(`$ ${[command.replace(/^.*[/\\]/, ''), ...args].join(' ')}`);
  const { code } = await run(command, args, { ...show, ...options });
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * The sum of several outcomes.
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
function combined(outcomes) {
  const sum = total(outcomes);
  const why = outcomes.flatMap((outcome) => outcome.why ?? []).join('; ');
  return why ? { ...sum, why } : sum;
}

/**
 * Runs Rust tests with nextest, each in a process of its own.
 * @param {string[]} args
 */
async function rustTests(args) {
  const command = ['nextest', 'run', '--locked', '--no-fail-fast', '--status-level', 'slow'];
  const { code, output } = await run('cargo', [...command, ...args], { ...show, env: toolEnv() });
  return verdict(nextestCounts(output), code);
}

/**
 * Runs the examples in a crate's documentation with cargo, because nextest cannot run them.
 * @param {string[]} args
 */
async function docTests(args) {
  const { code, output } = await run(
    'cargo',
    ['test', '--locked', '--no-fail-fast', '--doc', ...args],
    show,
  );
  return verdict(cargoCounts(output), code);
}

/**
 * The JavaScript tests below a folder.
 * @param {string} folder
 * @returns {string[]}
 */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.test.mjs'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Runs the JavaScript tests below a folder.
 * @param {string} folder
 * @param {object} [options]
 * @param {number} [options.atOnce] how many test files run at the same time
 * @param {NodeJS.ProcessEnv} [options.env] additional environment variables
 */
async function nodeTest(folder, { atOnce, env } = {}) {
  const files = testFiles(folder);
  if (files.length === 0) return { ...none(), failed: 1, why: `${folder} has no test files` };
  const limits = ['--test-timeout=180000', ...(atOnce ? [`--test-concurrency=${atOnce}`] : [])];
  const args = ['--test', '--test-reporter=spec', ...limits, ...files];
  const { code, output } = await run(process.execPath, args, { ...show, env: toolEnv(env) });
  return verdict(nodeCounts(output), code);
}

/**
 * Compiles the Rust programs that the JavaScript tests start. A test that compiled them itself
 * could exceed its time limit.
 */
async function compilePrograms() {
  const began = performance.now();
  const compile = (/** @type {string[]} */ ...args) =>
    must('Compiling the program', 'cargo', ['build', '--locked', '--quiet', ...args]);
  await compile('-p', 'inseam-cli');
  await compile('-p', 'inseam', '--all-features', '--example', 'catalogue');
  console.log(`compiled the program and the catalogue example (${seconds(began)})`);
}

const tsc = (/** @type {string} */ project) =>
  check(at('node_modules', '.bin', 'tsc'), ['-p', project, '--noEmit', '--pretty', 'false']);

/** Checks the dependencies against the database of security advisories; skips this if offline. */
async function advisories() {
  const args = ['--workspace', 'check', '--hide-inclusion-graph', 'advisories'];
  console.log(`$ cargo-deny ${args.join(' ')}`);
  const { code, output, timedOut } = await run(toolPath('cargo-deny'), args, {
    timeout: 120_000,
    env: toolEnv(),
  });
  if (timedOut || /failed to (fetch|load|open) advisory database/.test(output)) {
    console.log(
      `SKIPPED: cargo-deny could not fetch the database of security advisories:\n${tail(output, 2)}`,
    );
    return { passed: 0, failed: 0, skipped: 1 };
  }
  console.log(tail(output));
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

const warnings = ['--', '-D', 'warnings'];

/** @type {Suite[]} */
export const suites = [
  {
    name: 'rustfmt',
    about: 'rustfmt would change nothing in the Rust code',
    needs: ['rust'],
    run: () => check('cargo', ['fmt', '--all', '--check']),
  },
  {
    name: 'biome',
    about: 'Biome finds no mistakes in the JavaScript and TypeScript and would not reformat it',
    needs: ['npm'],
    run: () =>
      check(at('node_modules', '.bin', 'biome'), [
        'check',
        '--error-on-warnings',
        `--colors=${process.stdout.isTTY ? 'force' : 'off'}`,
      ]),
  },
  {
    name: 'prose',
    about: 'comments and Markdown are no wider than 100 columns',
    needs: [],
    run: () => check(process.execPath, [at('scripts', 'prose.mjs')]),
  },
  {
    name: 'layers',
    about: 'the modules of each Rust crate import each other without cycles',
    needs: [],
    run: () => check(process.execPath, [at('scripts', 'layers.mjs')]),
  },
  {
    name: 'scripts',
    about: 'tests of the scripts in scripts/',
    needs: [],
    run: () => nodeTest(at('scripts')),
  },
  {
    name: 'clippy',
    about:
      'clippy finds nothing in the workspace, the core without its features, and the browser crate',
    needs: ['rust', 'wasm'],
    run: async () => {
      const lint = (/** @type {string[]} */ ...args) =>
        check('cargo', ['clippy', '--locked', '--quiet', ...args, ...warnings]);
      return combined([
        await lint('--workspace', '--all-targets'),
        await lint('-p', 'inseam', '--no-default-features'),
        await lint('-p', 'inseam-www', '--target', 'wasm32-unknown-unknown'),
      ]);
    },
  },
  {
    name: 'deny',
    about: 'the dependencies have allowed licences and sources, and no security advisories',
    needs: ['deny'],
    run: async () =>
      combined([
        await check(
          toolPath('cargo-deny'),
          ['--workspace', 'check', '--hide-inclusion-graph', 'licenses', 'bans', 'sources'],
          {
            env: toolEnv(),
          },
        ),
        await advisories(),
      ]),
  },
  {
    name: 'core',
    about: 'tests of the core library, and of the messages between the engine and JavaScript',
    needs: ['rust', 'nextest'],
    run: async () =>
      combined([
        await rustTests(['-p', 'inseam', '--all-features', '--lib', '--tests']),
        await rustTests(['-p', 'inseam-www', '--lib']),
      ]),
  },
  {
    name: 'doc',
    about: "the examples in the core's documentation run",
    needs: ['rust'],
    run: () => docTests(['-p', 'inseam', '--all-features']),
  },
  {
    name: 'cli',
    about: 'tests of the program and its crates: tables, evaluation, simulated shops',
    needs: ['rust', 'nextest'],
    run: () =>
      rustTests(['-p', 'inseam-io', '-p', 'inseam-eval', '-p', 'inseam-sim', '-p', 'inseam-cli']),
  },
  {
    name: 'wasm',
    about: 'the WASM module builds and loads, and its size is within the budget',
    needs: ['rust', 'wasm', 'npm'],
    run: async () => {
      await build();
      await proveSound();
      const { raw, brotli } = wasmSize();
      const fits = brotli <= wasmBudget;
      console.log(
        `${kilobytes(raw)} uncompressed, ${kilobytes(brotli)} with brotli: ${fits ? 'within' : 'EXCEEDS'} the budget of ${kilobytes(wasmBudget)}`,
      );
      return { passed: fits ? 2 : 1, failed: fits ? 0 : 1, skipped: 0 };
    },
  },
  {
    name: 'types',
    about: 'TypeScript finds no type errors in the browser package and in the scripts',
    needs: ['rust', 'wasm', 'npm'],
    run: async () => {
      await build();
      return combined([await tsc('www/tsconfig.json'), await tsc('tsconfig.json')]);
    },
  },
  {
    name: 'node',
    about: 'tests of the browser package in Node',
    needs: ['rust', 'wasm', 'npm'],
    run: async () => {
      await build();
      await compilePrograms();
      await demo({ release: false });
      return nodeTest(at('tests', 'node'));
    },
  },
  {
    name: 'package',
    about:
      'the npm package works with bundlers, in Node, in workers, under strict policies and in shop platforms',
    needs: ['rust', 'wasm', 'npm', 'chromium', 'php'],
    run: async () => {
      await build();
      await compilePrograms();
      await demo({ release: false });
      return nodeTest(at('tests', 'packaging'), { atOnce: 1, env: { CHROMIUM: chromiumPath() } });
    },
  },
  {
    name: 'browser',
    about: 'tests of the demo shop and the element in Chromium',
    needs: ['rust', 'wasm', 'npm', 'chromium'],
    run: async () => {
      await build();
      await compilePrograms();
      await demo({ release: false });
      return nodeTest(at('tests', 'browser'), { atOnce: 1, env: { CHROMIUM: chromiumPath() } });
    },
  },
];
