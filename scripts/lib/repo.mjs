// Paths in this repository, independent of the folder in which a script was started; also the
// pinned version of wasm-bindgen and the PATH for the project's own tools.
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The path of a file or folder of the repository.
 * @param {...string} parts
 */
export const at = (...parts) => join(root, ...parts);

/** The folder of the tools that the set-up installs. */
export const tools = at('.tools');
/** The folder in which cargo builds. */
export const targetDir = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * The path of a tool that the set-up installs.
 * @param {string} name
 */
export const toolPath = (name) => join(tools, 'bin', name + exe);

/**
 * The path of the `inseam` program that `cargo build` writes, with or without `--release`.
 * @param {boolean} release
 */
export const programOf = (release) =>
  join(targetDir, release ? 'release' : 'debug', `inseam${exe}`);

/**
 * The path of an example of the core that `cargo build --example` writes.
 * @param {string} name
 */
export const exampleOf = (name) => join(targetDir, 'debug', 'examples', `${name}${exe}`);

/**
 * An environment in which commands find the project's own tools on PATH before the system's.
 */
export function toolEnv(extra = {}) {
  const own = [join(tools, 'bin'), at('node_modules', '.bin')].join(delimiter);
  return {
    ...process.env,
    PATH: `${own}${delimiter}${process.env.PATH ?? ''}`,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    ...extra,
  };
}

/**
 * The exact version of wasm-bindgen that the browser crate pins in its manifest. The set-up
 * installs the wasm-bindgen program in the same version, as wasm-bindgen requires.
 */
export function wasmBindgenVersion(manifest = readFileSync(at('www', 'Cargo.toml'), 'utf8')) {
  const line = /^wasm-bindgen\s*=\s*(?:\{[^}\n]*?\bversion\s*=\s*)?"([^"]*)"/m.exec(manifest);
  const pin = line && /^=\s*(\d+\.\d+\.\d+)$/.exec(line[1]);
  if (!pin) {
    throw new Error(
      `www/Cargo.toml must pin wasm-bindgen to one version, for example wasm-bindgen = "=0.2.130" (found: ${line?.[1] ?? 'none'})`,
    );
  }
  return pin[1];
}

/**
 * The name under which `spawn` finds a program of npm on this platform.
 * @param {string} name
 */
export const npmCommand = (name) => (process.platform === 'win32' ? `${name}.cmd` : name);
