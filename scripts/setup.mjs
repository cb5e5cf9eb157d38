// Everything the project needs beyond Rust and Node, installed once: `npm run setup`, and the first
// step of `npm start` and `npm test`. Runs before node_modules exists, so it uses nothing but Node
// itself.
//
// Each step looks first and acts only on what is missing. Nothing is installed outside this folder
// but the wasm32 target, source and components of the Rust toolchain (by rustup) and Chromium (by
// apt-get, as root on Debian).
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { at, npmCommand, toolEnv, toolPath, tools, wasmBindgenVersion } from './lib/repo.mjs';
import { ask, run, Stop, script, seconds, started, tail } from './lib/run.mjs';

/** @typedef {'rust' | 'nextest' | 'wasm' | 'npm' | 'deny' | 'chromium'} Need */

/** @type {Need[]} */
export const everything = ['rust', 'nextest', 'wasm', 'npm', 'deny', 'chromium'];

const wasmPack = '0.15.1';
const cargoDeny = '0.20.2';
const nextest = '0.9.143';
const wasmTarget = 'wasm32-unknown-unknown';
const oldestNode = 20;

/**
 * These programs each do a second of work: compile them in half the time rather than run them in
 * half of one.
 */
const quickBuild = {
  CARGO_PROFILE_RELEASE_LTO: 'false',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '256',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
  CARGO_PROFILE_RELEASE_DEBUG: 'false',
  // Shared, so that what two of the programs have in common is compiled once; removed at the end.
  CARGO_TARGET_DIR: join(tools, 'build'),
};

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {Need} need
 * @property {string} [takes] how long it takes where everything has to be done, on a small machine
 * @property {() => Promise<boolean> | boolean} done
 * @property {(log: string) => Promise<void>} act throws a `Stop` that says what to type
 */

/**
 * @param {string} log
 * @param {string} advice
 * @param {string} command
 * @param {string[]} args
 * @param {import('./lib/run.mjs').Options} [options]
 */
async function install(log, advice, command, args, options = {}) {
  const { code, output, missing } = await run(command, args, { ...options, log });
  if (code === 0) return;
  const what = missing
    ? `${command} was not found`
    : `${command} ${args.join(' ')} failed (exit status ${code})`;
  throw new Stop(`${what}\n${missing ? '' : `${tail(output)}\n`}${advice}`);
}

/** Is the standard library's source there? The module is built with its own. */
async function hasStdSource() {
  const sysroot = await ask('rustc', ['--print', 'sysroot']);
  return (
    sysroot !== '' &&
    existsSync(join(sysroot, 'lib', 'rustlib', 'src', 'rust', 'library', 'Cargo.lock'))
  );
}

/**
 * Is the standard library for wasm32 there? The file is the truth; `rustup target list` may claim
 * more.
 */
async function hasWasmTarget() {
  const sysroot = await ask('rustc', ['--print', 'sysroot']);
  const lib = join(sysroot, 'lib', 'rustlib', wasmTarget, 'lib');
  return (
    sysroot !== '' &&
    existsSync(lib) &&
    readdirSync(lib).some((name) => /^libstd-.*\.rlib$/.test(name))
  );
}

/** Is the test runner on PATH, or among the project's tools? @param {string} output of `cargo nextest --version` */
export function nextestServes(output) {
  const found = /^cargo-nextest (\d+)\.(\d+)\.(\d+)/m.exec(output)?.slice(1).map(Number);
  const wanted = nextest.split('.').map(Number);
  const difference = found?.map((part, i) => part - wanted[i]).find((part) => part !== 0);
  return found !== undefined && (difference ?? 0) >= 0;
}

/** @returns {Step} */
function component(/** @type {string} */ name, /** @type {string} */ subcommand) {
  const works = async () => (await ask('cargo', [subcommand, '--version'])) !== '';
  return {
    name,
    need: 'rust',
    done: works,
    async act(log) {
      const advice = `Please type:  rustup component add ${name}`;
      await install(log, advice, 'rustup', ['component', 'add', name]);
      if (!(await works())) throw new Stop(`cargo ${subcommand} is still missing.\n${advice}`);
    },
  };
}

/**
 * A program from crates.io, at one version, under `.tools`.
 * @param {{ name: string, crate: string, version: () => string, need: Need, takes: string, locked: boolean }} of
 * @returns {Step}
 */
function cargoProgram({ name, crate, version, need, takes, locked }) {
  const works = async () => {
    const words = (await ask(toolPath(name), ['--version'])).split(/\s+/);
    return words.includes(version());
  };
  return {
    name: `${name} ${version()}`,
    need,
    takes,
    done: works,
    async act(log) {
      const lock = locked ? ['--locked'] : [];
      const args = [
        'install',
        `${crate}@${version()}`,
        '--bin',
        name,
        ...lock,
        '--root',
        tools,
        '--force',
      ];
      const advice = `The whole output is in ${log}. To try again by hand, type:  cargo ${args.join(' ')}`;
      await install(log, advice, 'cargo', args, { env: { ...process.env, ...quickBuild } });
      if (!(await works()))
        throw new Stop(`${toolPath(name)} does not say it is version ${version()}.\n${advice}`);
    },
  };
}

/**
 * Do the installed packages match the lock file, each and every one? Times of files say nothing
 * after a checkout.
 */
export function packagesMatch(/** @type {string} */ lockFile, /** @type {string} */ installedFile) {
  try {
    const { '': _, ...wanted } = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
    const there = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
    return (
      Object.entries(wanted).every(([path, p]) =>
        there[path] ? there[path].version === p.version : p.optional,
      ) && Object.keys(there).every((path) => path in wanted)
    );
  } catch {
    return false;
  }
}

/** Chromium's path: `CHROMIUM` in the environment, or the first on PATH. */
export function chromiumPath() {
  if (process.env.CHROMIUM)
    return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined;
  return ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .flatMap((folder) =>
      ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)),
    )
    .find((path) => existsSync(path));
}

/** Lanes run beside each other; the steps of one lane follow each other. @returns {Step[][]} */
function lanes() {
  return [
    [
      cargoProgram({
        name: 'wasm-pack',
        crate: 'wasm-pack',
        version: () => wasmPack,
        need: 'wasm',
        takes: '2 minutes',
        locked: true,
      }),
      cargoProgram({
        name: 'wasm-bindgen',
        crate: 'wasm-bindgen-cli',
        version: wasmBindgenVersion,
        need: 'wasm',
        takes: '2 minutes',
        // Its own lock file may name a version that a mirror of the registry doesn't have yet.
        locked: false,
      }),
      cargoProgram({
        name: 'cargo-deny',
        crate: 'cargo-deny',
        version: () => cargoDeny,
        need: 'deny',
        takes: '3 minutes',
        locked: true,
      }),
      {
        ...cargoProgram({
          name: 'cargo-nextest',
          crate: 'cargo-nextest',
          version: () => nextest,
          need: 'nextest',
          takes: '4 minutes',
          locked: true,
        }),
        // The system's own serves as well.
        done: async () =>
          nextestServes(await ask('cargo', ['nextest', '--version'], { env: toolEnv() })),
      },
    ],
    [
      component('rustfmt', 'fmt'),
      component('clippy', 'clippy'),
      {
        name: `Rust's standard library for ${wasmTarget}`,
        need: 'wasm',
        done: hasWasmTarget,
        async act(log) {
          const advice = `Please type:  rustup target add ${wasmTarget}\nWithout rustup, install your system's package of Rust's standard library for ${wasmTarget}.`;
          await install(log, advice, 'rustup', ['target', 'add', wasmTarget], { timeout: 300_000 });
          if (!(await hasWasmTarget())) {
            throw new Stop(
              `rustup says that ${wasmTarget} is installed, but rustc does not have it.\n${advice}`,
            );
          }
        },
      },
      {
        name: "the source of Rust's standard library",
        need: 'wasm',
        done: hasStdSource,
        async act(log) {
          const advice = 'Please type:  rustup component add rust-src';
          await install(log, advice, 'rustup', ['component', 'add', 'rust-src'], {
            timeout: 300_000,
          });
          if (!(await hasStdSource()))
            throw new Stop(
              `rustup says that rust-src is installed, but it can't be found.\n${advice}`,
            );
        },
      },
    ],
    [
      {
        name: 'npm packages',
        need: 'npm',
        takes: 'half a minute',
        done: () =>
          packagesMatch(at('package-lock.json'), at('node_modules', '.package-lock.json')),
        async act(log) {
          const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
          await install(log, 'Please type:  npm ci', npmCommand('npm'), ['ci'], { env });
        },
      },
    ],
    [
      {
        name: 'Chromium',
        need: 'chromium',
        takes: 'half a minute',
        done: async () => chromiumPath() !== undefined,
        async act(log) {
          const advice = `Please type:  sudo apt-get update && sudo apt-get install -y chromium\nWhere there is no apt-get, install Chromium or Chrome and put its path into the variable CHROMIUM.`;
          if (process.env.CHROMIUM)
            throw new Stop(`CHROMIUM is ${process.env.CHROMIUM}, and there is no such file.`);
          if (process.getuid?.() !== 0)
            throw new Stop(`The browser tests need Chromium.\n${advice}`);
          const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
          const lock = ['-o', 'DPkg::Lock::Timeout=300'];
          await install(`${log}.update`, advice, 'apt-get', ['update'], { env });
          await install(log, advice, 'apt-get', [...lock, 'install', '-y', 'chromium'], { env });
          if (!chromiumPath())
            throw new Stop(`apt-get installed Chromium, but it can't be found.\n${advice}`);
        },
      },
    ],
  ];
}

/** What has to be there before anything else can be. */
async function foundations(/** @type {Set<Need>} */ needs) {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Stop(`Node ${oldestNode} or later is needed; this is ${process.versions.node}.`);
  }
  const rust = /** @type {const} */ (['rust', 'nextest', 'wasm', 'deny']);
  if (!rust.some((need) => needs.has(need))) return;
  const manifest = readFileSync(at('Cargo.toml'), 'utf8');
  const wanted = /^rust-version\s*=\s*"(\d+)\.(\d+)/m.exec(manifest);
  const found = /^rustc (\d+)\.(\d+)/.exec(await ask('rustc', ['--version']));
  if (!found)
    throw new Stop('Rust is needed: install it with rustup (https://rustup.rs), then try again.');
  if (wanted && ([+found[1] - +wanted[1], +found[2] - +wanted[2]].find((d) => d !== 0) ?? 0) < 0) {
    throw new Stop(
      `Rust ${wanted[1]}.${wanted[2]} or later is needed; this is ${found[0].slice(6)}. Please type:  rustup update stable`,
    );
  }
}

/**
 * Looks at every step that is needed, and does those that are not done.
 * @param {Need[]} [needs]
 * @param {(line: string) => void} [say]
 */
export async function setup(needs = everything, say = console.log) {
  const began = performance.now();
  const wanted = new Set(needs);
  await foundations(wanted);
  const ours = lanes().map((lane) => lane.filter((step) => wanted.has(step.need)));
  const checked = await Promise.all(
    ours.map((lane) => Promise.all(lane.map(async (step) => ({ step, done: await step.done() })))),
  );
  const open = checked.map((lane) => lane.filter(({ done }) => !done).map(({ step }) => step));
  if (open.flat().length === 0) {
    say(`setup: nothing to do (${seconds(began)})`);
    return;
  }
  say(
    `setup: to install: ${open
      .flat()
      .map((step) => step.name)
      .join(', ')}`,
  );
  /** @type {{ step: Step, error: Stop }[]} */
  const failed = [];
  await Promise.all(
    open.map(async (lane) => {
      for (const step of lane) {
        const from = performance.now();
        say(`setup: ${step.name} ...${step.takes ? ` (up to ${step.takes})` : ''}`);
        const pulse = setInterval(
          () => say(`setup: ${step.name} ... ${seconds(from)} so far`),
          60_000,
        );
        const log = join(tools, 'log', `${step.name.replace(/[^a-z0-9.-]+/gi, '-')}.log`);
        try {
          await step.act(log);
          say(`setup: ${step.name}: done in ${seconds(from)}`);
        } catch (error) {
          if (!(error instanceof Stop)) throw error;
          failed.push({ step, error });
          say(`setup: ${step.name}: FAILED after ${seconds(from)}`);
        } finally {
          clearInterval(pulse);
        }
      }
    }),
  );
  if (failed.length > 0) {
    throw new Stop(
      failed.map(({ step, error }) => `setup: ${step.name}: ${error.message}`).join('\n\n'),
    );
  }
  rmSync(quickBuild.CARGO_TARGET_DIR, { recursive: true, force: true });
  say(`setup: done in ${seconds(began)}`);
}

if (started(import.meta.url)) await script(() => setup());
