// Installs everything that the project needs besides Rust and Node: `npm run setup`. `npm start`
// and `npm test` call it first. It runs before node_modules exists, so it imports nothing but
// Node's own modules.
//
// Each step checks whether its tool is there, and installs it only if it is missing. Three things
// are installed outside this folder: parts of the Rust toolchain (its wasm32 target, the source of
// its standard library, rustfmt and clippy; by rustup), Chromium, and PHP for the tests of shop
// platforms (by apt-get, as root on Debian).
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { at, npmCommand, toolEnv, toolPath, tools, wasmBindgenVersion } from './lib/repo.mjs';
import { ask, run, Stop, script, seconds, started, tail } from './lib/run.mjs';

/** @typedef {'rust' | 'nextest' | 'wasm' | 'npm' | 'deny' | 'chromium' | 'php'} Need */

/**
 * Every part of the set-up.
 * @type {Need[]}
 */
export const everything = ['rust', 'nextest', 'wasm', 'npm', 'deny', 'chromium', 'php'];

const wasmPack = '0.15.1';
const cargoDeny = '0.20.2';
const nextest = '0.9.143';
const wasmTarget = 'wasm32-unknown-unknown';
const oldestNode = 20;

/**
 * Settings for cargo that compile a tool quickly. The tools run for about a second each, so
 * optimising them would cost more time than it saves.
 */
const quickBuild = {
  CARGO_PROFILE_RELEASE_LTO: 'false',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '256',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
  CARGO_PROFILE_RELEASE_DEBUG: 'false',
  // All tools share this folder, so cargo compiles a crate that two of them use only once. `setup`
  // removes the folder at the end.
  CARGO_TARGET_DIR: join(tools, 'build'),
};

/**
 * One thing to install.
 * @typedef {object} Step
 * @property {string} name
 * @property {Need} need the part of the set-up that this step belongs to
 * @property {string} [takes] how long the step takes on a small machine
 * @property {() => Promise<boolean> | boolean} isDone
 * @property {(log: string) => Promise<void>} install writes the output of the installer to the file
 *   `log`; throws a `Stop` that tells the reader which command to type
 */

/**
 * Runs an installer; throws a `Stop` if it fails.
 * @param {string} log the file that gets the whole output
 * @param {string} advice the end of the error message: which command the reader can type
 * @param {string} command
 * @param {string[]} args
 * @param {import('./lib/run.mjs').Options} [options]
 */
async function runInstaller(log, advice, command, args, options = {}) {
  const { code, output, missing } = await run(command, args, { ...options, log });
  if (code === 0) return;
  const what = missing
    ? `${command} was not found`
    : `${command} ${args.join(' ')} failed (exit status ${code})`;
  throw new Stop(`${what}\n${missing ? '' : `${tail(output)}\n`}${advice}`);
}

/**
 * Whether the source of Rust's standard library is installed. The build of the browser package
 * compiles the standard library itself (`npm run build`).
 */
async function hasStdSource() {
  const sysroot = await ask('rustc', ['--print', 'sysroot']);
  return (
    sysroot !== '' &&
    existsSync(join(sysroot, 'lib', 'rustlib', 'src', 'rust', 'library', 'Cargo.lock'))
  );
}

/**
 * Whether the standard library for wasm32 is installed. This looks for the library file, because
 * `rustup target list` also lists a target whose files are gone.
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

/**
 * Whether an installed cargo-nextest is recent enough.
 * @param {string} output what `cargo nextest --version` prints; '' if it is not installed
 */
export function nextestServes(output) {
  const found = /^cargo-nextest (\d+)\.(\d+)\.(\d+)/m.exec(output)?.slice(1).map(Number);
  const wanted = nextest.split('.').map(Number);
  const difference = found?.map((part, i) => part - wanted[i]).find((part) => part !== 0);
  return found !== undefined && (difference ?? 0) >= 0;
}

/**
 * A component of the Rust toolchain that adds a subcommand to cargo.
 * @param {string} name
 * @param {string} subcommand
 * @returns {Step}
 */
function rustComponent(name, subcommand) {
  const works = async () => (await ask('cargo', [subcommand, '--version'])) !== '';
  return {
    name,
    need: 'rust',
    isDone: works,
    async install(log) {
      const advice = `Please type:  rustup component add ${name}`;
      await runInstaller(log, advice, 'rustup', ['component', 'add', name]);
      if (!(await works())) {
        throw new Stop(
          `rustup installed ${name}, but cargo ${subcommand} still does not run.\n${advice}`,
        );
      }
    },
  };
}

/**
 * A program from crates.io in exactly one version, installed into `.tools`.
 * @param {object} program
 * @param {string} program.name
 * @param {string} program.crate
 * @param {() => string} program.version
 * @param {Need} program.need
 * @param {string} program.takes
 * @param {boolean} program.locked whether cargo uses the lock file published with the crate
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
    isDone: works,
    async install(log) {
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
      const advice = `${log} holds the whole output. To try again by hand, type:  cargo ${args.join(' ')}`;
      await runInstaller(log, advice, 'cargo', args, { env: { ...process.env, ...quickBuild } });
      if (!(await works()))
        throw new Stop(
          `cargo installed ${name}, but ${toolPath(name)} --version does not print ${version()}.\n${advice}`,
        );
    },
  };
}

/**
 * Whether the installed npm packages are exactly those of the lock file. This compares versions and
 * not the times of the files, because git sets those times anew at each checkout.
 * @param {string} lockFile package-lock.json
 * @param {string} installedFile the list of installed packages that npm keeps in node_modules
 */
export function packagesMatch(lockFile, installedFile) {
  try {
    const { '': _, ...wanted } = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
    const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
    return (
      Object.entries(wanted).every(([path, { version, optional }]) =>
        installed[path] ? installed[path].version === version : optional,
      ) && Object.keys(installed).every((path) => path in wanted)
    );
  } catch {
    return false;
  }
}

/**
 * The path of Chromium: the environment variable CHROMIUM if it is set, otherwise the first browser
 * in /usr/bin or on PATH. Undefined if there is none.
 */
export function chromiumPath() {
  if (process.env.CHROMIUM)
    return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined;
  return ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .flatMap((folder) =>
      ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)),
    )
    .find((path) => existsSync(path));
}

/** @returns {Step[]} */
function cargoPrograms() {
  return [
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
      // The crate's lock file may name versions that a mirror of the registry does not have yet.
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
      // A cargo-nextest that the system has installed will do as well.
      isDone: async () =>
        nextestServes(await ask('cargo', ['nextest', '--version'], { env: toolEnv() })),
    },
  ];
}

/** @returns {Step} */
function wasmStandardLibrary() {
  return {
    name: `Rust's standard library for ${wasmTarget}`,
    need: 'wasm',
    isDone: hasWasmTarget,
    async install(log) {
      const advice = `Please type:  rustup target add ${wasmTarget}\nIf you have no rustup, install your system's package of Rust's standard library for ${wasmTarget}.`;
      await runInstaller(log, advice, 'rustup', ['target', 'add', wasmTarget], {
        timeout: 300_000,
      });
      if (!(await hasWasmTarget())) {
        throw new Stop(
          `rustup reports that ${wasmTarget} is installed, but rustc does not have it.\n${advice}`,
        );
      }
    },
  };
}

/** @returns {Step} */
function standardLibrarySource() {
  return {
    name: "the source of Rust's standard library",
    need: 'wasm',
    isDone: hasStdSource,
    async install(log) {
      const advice = 'Please type:  rustup component add rust-src';
      await runInstaller(log, advice, 'rustup', ['component', 'add', 'rust-src'], {
        timeout: 300_000,
      });
      if (!(await hasStdSource())) {
        throw new Stop(
          `rustup reports that rust-src is installed, but the source is not below rustc's sysroot.\n${advice}`,
        );
      }
    },
  };
}

/** @returns {Step} */
function npmPackages() {
  return {
    name: 'npm packages',
    need: 'npm',
    takes: 'half a minute',
    isDone: () => packagesMatch(at('package-lock.json'), at('node_modules', '.package-lock.json')),
    async install(log) {
      const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
      await runInstaller(log, 'Please type:  npm ci', npmCommand('npm'), ['ci'], { env });
    },
  };
}

/**
 * Installs Debian packages; throws a `Stop` if that fails.
 * @param {string} log
 * @param {string} what they are, as a reader knows them
 * @param {string[]} packages
 * @param {string} otherwise what to do without apt-get
 */
async function aptGet(log, what, packages, otherwise) {
  const advice = `Please type:  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}\n${otherwise}`;
  if (process.getuid?.() !== 0)
    throw new Stop(`The tests need ${what}. Only root can install it here.\n${advice}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', ...packages];
  await runInstaller(`${log}.update`, advice, 'apt-get', ['update'], { env });
  await runInstaller(log, advice, 'apt-get', install, { env });
}

/** @returns {Step} */
function chromium() {
  return {
    name: 'Chromium',
    need: 'chromium',
    takes: 'half a minute',
    isDone: () => chromiumPath() !== undefined,
    async install(log) {
      if (process.env.CHROMIUM) {
        throw new Stop(
          `The environment variable CHROMIUM is ${process.env.CHROMIUM}, but there is no such file.`,
        );
      }
      const otherwise =
        'If you have no apt-get, install Chromium or Chrome and set the environment variable CHROMIUM to its path.';
      await aptGet(log, 'Chromium', ['chromium'], otherwise);
      if (!chromiumPath())
        throw new Stop('apt-get installed Chromium, but neither /usr/bin nor PATH has it.');
    },
  };
}

/**
 * PHP with its reader of XML, for the tests of shop platforms.
 * @returns {Step}
 */
function phpProgram() {
  const works = async () =>
    (await ask('php', ['-r', 'echo function_exists("simplexml_load_file");'])) === '1';
  return {
    name: 'PHP',
    need: 'php',
    takes: 'half a minute',
    isDone: works,
    async install(log) {
      const otherwise = 'If you have no apt-get, install PHP 8 or later with SimpleXML.';
      await aptGet(log, 'PHP', ['php-cli', 'php-xml'], otherwise);
      if (!(await works())) throw new Stop('apt-get installed PHP, but php does not read XML.');
    },
  };
}

/**
 * All steps, in lanes. Lanes run at the same time; within a lane one step follows the other,
 * because two runs of one installer would block each other.
 * @returns {Step[][]}
 */
const lanes = () => [
  cargoPrograms(),
  [
    rustComponent('rustfmt', 'fmt'),
    rustComponent('clippy', 'clippy'),
    wasmStandardLibrary(),
    standardLibrarySource(),
  ],
  [npmPackages()],
  [chromium(), phpProgram()],
];

/**
 * Checks the versions of Node and Rust, which the set-up does not install; throws a `Stop` if one
 * of them is missing or too old.
 * @param {Set<Need>} needs
 */
async function checkPrerequisites(needs) {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Stop(
      `Inseam needs Node ${oldestNode} or later, but this is Node ${process.versions.node}.`,
    );
  }
  const rust = /** @type {const} */ (['rust', 'nextest', 'wasm', 'deny']);
  if (!rust.some((need) => needs.has(need))) return;
  const manifest = readFileSync(at('Cargo.toml'), 'utf8');
  const wanted = /^rust-version\s*=\s*"(\d+)\.(\d+)/m.exec(manifest);
  const found = /^rustc (\d+)\.(\d+)/.exec(await ask('rustc', ['--version']));
  if (!found) {
    throw new Stop(
      'Inseam needs Rust, but rustc does not run. Install Rust with rustup (https://rustup.rs), then try again.',
    );
  }
  if (wanted && ([+found[1] - +wanted[1], +found[2] - +wanted[2]].find((d) => d !== 0) ?? 0) < 0) {
    throw new Stop(
      `Inseam needs Rust ${wanted[1]}.${wanted[2]} or later, but this is Rust ${found[0].slice(6)}. Please type:  rustup update stable`,
    );
  }
}

/**
 * Runs one step and reports its progress.
 * @param {Step} step
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>} the error message if the step failed
 */
async function runStep(step, say) {
  const began = performance.now();
  say(`setup: installing ${step.name} ...${step.takes ? ` (up to ${step.takes})` : ''}`);
  const progress = setInterval(
    () => say(`setup: still installing ${step.name}, ${seconds(began)} so far`),
    60_000,
  );
  const log = join(tools, 'log', `${step.name.replace(/[^a-z0-9.-]+/gi, '-')}.log`);
  try {
    await step.install(log);
    say(`setup: installed ${step.name} in ${seconds(began)}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(`setup: installing ${step.name} FAILED after ${seconds(began)}`);
    return `setup: ${step.name}: ${error.message}`;
  } finally {
    clearInterval(progress);
  }
}

/**
 * Installs whatever is missing of the needed parts.
 * @param {Need[]} [needs]
 * @param {(line: string) => void} [say] prints one line of progress
 */
export async function setup(needs = everything, say = console.log) {
  const began = performance.now();
  const wanted = new Set(needs);
  await checkPrerequisites(wanted);
  const missing = await Promise.all(
    lanes().map(async (lane) => {
      const steps = lane.filter((step) => wanted.has(step.need));
      const done = await Promise.all(steps.map((step) => step.isDone()));
      return steps.filter((_, i) => !done[i]);
    }),
  );
  if (missing.flat().length === 0) {
    say(`setup: everything is installed already (${seconds(began)})`);
    return;
  }
  const names = missing.flat().map((step) => step.name);
  say(`setup: these are missing and will be installed: ${names.join(', ')}`);
  /** @type {string[]} */
  const errors = [];
  await Promise.all(
    missing.map(async (lane) => {
      for (const step of lane) {
        const error = await runStep(step, say);
        if (error) errors.push(error);
      }
    }),
  );
  if (errors.length > 0) throw new Stop(errors.join('\n\n'));
  rmSync(quickBuild.CARGO_TARGET_DIR, { recursive: true, force: true });
  say(`setup: everything is installed (${seconds(began)})`);
}

if (started(import.meta.url)) await script(() => setup());
