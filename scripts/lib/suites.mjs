// The suites of `npm test`, in the order they run: what is quick to fail comes first.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, kilobytes, proveSound, wasmBudget, wasmSize } from '../build.mjs';
import { demo } from '../demo.mjs';
import { chromiumPath } from '../setup.mjs';
import { cargoCounts, nextestCounts, nodeCounts, none, verdict } from './counts.mjs';
import { at, toolEnv, toolPath } from './repo.mjs';
import { must, run, seconds, tail } from './run.mjs';

/**
 * @typedef {import('./counts.mjs').Counts & { why?: string }} Outcome
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} about
 * @property {import('../setup.mjs').Need[]} needs
 * @property {() => Promise<Outcome>} run
 */

const show = /** @type {const} */ ({ output: 'show' });

/**
 * Runs a program that either passes or doesn't: one check.
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

/** @param {Outcome[]} outcomes @returns {Outcome} */
function together(outcomes) {
  const sum = none();
  for (const { passed, failed, skipped } of outcomes) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  const why = outcomes.flatMap((outcome) => outcome.why ?? []).join('; ');
  return why ? { ...sum, why } : sum;
}

/** Runs Rust tests, each in a process of its own. @param {string[]} args */
async function rustTests(args) {
  // Errors of the compiler go to the same place as the tests' own lines.
  const command = ['nextest', 'run', '--locked', '--no-fail-fast', '--status-level', 'slow'];
  const { code, output } = await run('cargo', [...command, ...args], { ...show, env: toolEnv() });
  return verdict(nextestCounts(output), code);
}

/** Runs the examples in a crate's documentation, which nextest cannot. @param {string[]} args */
async function docTests(args) {
  const { code, output } = await run(
    'cargo',
    ['test', '--locked', '--no-fail-fast', '--doc', ...args],
    show,
  );
  return verdict(cargoCounts(output), code);
}

/** @param {string} folder @returns {string[]} */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.test.mjs'))
    .sort()
    .map((name) => join(folder, name));
}

/** @param {string} folder @param {{ atOnce?: number, env?: NodeJS.ProcessEnv }} [options] */
async function nodeTest(folder, { atOnce, env } = {}) {
  const files = testFiles(folder);
  if (files.length === 0) return { ...none(), failed: 1, why: 'no test files' };
  const limits = ['--test-timeout=180000', ...(atOnce ? [`--test-concurrency=${atOnce}`] : [])];
  const args = ['--test', '--test-reporter=spec', ...limits, ...files];
  const { code, output } = await run(process.execPath, args, { ...show, env: toolEnv(env) });
  return verdict(nodeCounts(output), code);
}

/**
 * What tests under Node and in Chromium run of Rust's: compiled before them, since no test may wait
 * for a compiler.
 */
async function programs() {
  const began = performance.now();
  const compile = (/** @type {string[]} */ ...args) =>
    must('Compiling the program', 'cargo', ['build', '--locked', '--quiet', ...args]);
  await compile('-p', 'inseam-cli');
  await compile('-p', 'inseam', '--all-features', '--example', 'catalogue');
  console.log(`the program and the writer of catalogues are compiled (${seconds(began)})`);
}

const tsc = (/** @type {string} */ project) =>
  check(at('node_modules', '.bin', 'tsc'), ['-p', project, '--noEmit', '--pretty', 'false']);

async function advisories() {
  const args = ['--workspace', 'check', '--hide-inclusion-graph', 'advisories'];
  console.log(`$ cargo-deny ${args.join(' ')}`);
  const { code, output, timedOut } = await run(toolPath('cargo-deny'), args, {
    timeout: 120_000,
    env: toolEnv(),
  });
  if (timedOut || /failed to (fetch|load|open) advisory database/.test(output)) {
    console.log(
      `SKIPPED: the database of advisories could not be fetched, so nothing is known of them:\n${tail(output, 2)}`,
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
    about: 'the Rust code is formatted',
    needs: ['rust'],
    run: () => check('cargo', ['fmt', '--all', '--check']),
  },
  {
    name: 'biome',
    about: 'the JavaScript and TypeScript are formatted and free of known mistakes',
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
    about: 'comments and Markdown are wrapped at column 100',
    needs: [],
    run: () => check(process.execPath, [at('scripts', 'prose.mjs')]),
  },
  {
    name: 'layers',
    about: 'the modules of every Rust crate import from lower layers only, without cycles',
    needs: [],
    run: () => check(process.execPath, [at('scripts', 'layers.mjs')]),
  },
  {
    name: 'scripts',
    about: 'the scripts themselves',
    needs: [],
    run: () => nodeTest(at('scripts')),
  },
  {
    name: 'clippy',
    about:
      'clippy has nothing to say: whole workspace, the core as browsers have it, the browser crate',
    needs: ['rust', 'wasm'],
    run: async () => {
      const lint = (/** @type {string[]} */ ...args) =>
        check('cargo', ['clippy', '--locked', '--quiet', ...args, ...warnings]);
      return together([
        await lint('--workspace', '--all-targets'),
        await lint('-p', 'inseam', '--no-default-features'),
        await lint('-p', 'inseam-www', '--target', 'wasm32-unknown-unknown'),
      ]);
    },
  },
  {
    name: 'deny',
    about: 'licences, sources and advisories of the dependencies',
    needs: ['deny'],
    run: async () =>
      together([
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
    about:
      'the core library, with what crosses its modules, and the bytes between it and JavaScript',
    needs: ['rust', 'nextest'],
    run: async () =>
      together([
        await rustTests(['-p', 'inseam', '--all-features', '--lib', '--tests']),
        await rustTests(['-p', 'inseam-www', '--lib']),
      ]),
  },
  {
    name: 'doc',
    about: "the examples in the core's documentation",
    needs: ['rust'],
    run: () => docTests(['-p', 'inseam', '--all-features']),
  },
  {
    name: 'cli',
    about: 'the program and its crates: tables, evaluation, simulated shops',
    needs: ['rust', 'nextest'],
    run: () =>
      rustTests(['-p', 'inseam-io', '-p', 'inseam-eval', '-p', 'inseam-sim', '-p', 'inseam-cli']),
  },
  {
    name: 'wasm',
    about: 'the browser package builds, loads and keeps to its budget',
    needs: ['rust', 'wasm', 'npm'],
    run: async () => {
      await build();
      await proveSound();
      const { raw, brotli } = wasmSize();
      const fits = brotli <= wasmBudget;
      console.log(
        `${kilobytes(raw)} as it is, ${kilobytes(brotli)} with brotli; the budget is ${kilobytes(wasmBudget)}: ${fits ? 'kept' : 'EXCEEDED'}`,
      );
      return { passed: fits ? 2 : 1, failed: fits ? 0 : 1, skipped: 0 };
    },
  },
  {
    name: 'types',
    about: 'TypeScript agrees with the browser package and with the scripts',
    needs: ['rust', 'wasm', 'npm'],
    run: async () => {
      await build();
      return together([await tsc('www/tsconfig.json'), await tsc('tsconfig.json')]);
    },
  },
  {
    name: 'node',
    about: 'the browser package under Node',
    needs: ['rust', 'wasm', 'npm'],
    run: async () => {
      await build();
      await programs();
      await demo({ release: false });
      return nodeTest(at('tests', 'node'));
    },
  },
  {
    name: 'package',
    about:
      'the npm package as shops get it: bundlers, Node, workers, strict policies, linters of packages',
    needs: ['rust', 'wasm', 'npm', 'chromium'],
    run: async () => {
      await build();
      await programs();
      await demo({ release: false });
      return nodeTest(at('tests', 'packaging'), { atOnce: 1, env: { CHROMIUM: chromiumPath() } });
    },
  },
  {
    name: 'browser',
    about: 'the demo shop in a real Chromium',
    needs: ['rust', 'wasm', 'npm', 'chromium'],
    run: async () => {
      await build();
      await programs();
      await demo({ release: false });
      return nodeTest(at('tests', 'browser'), { atOnce: 1, env: { CHROMIUM: chromiumPath() } });
    },
  },
];
