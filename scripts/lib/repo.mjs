// Where things are in this repository, whatever folder a script was started from.
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {...string} parts */
export const at = (...parts) => join(root, ...parts);

export const tools = at('.tools');
export const targetDir = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

const exe = process.platform === 'win32' ? '.exe' : '';

/** @param {string} name */
export const toolPath = (name) => join(tools, 'bin', name + exe);

/**
 * The `inseam` program as `cargo build` leaves it, with or without `--release`.
 * @param {boolean} release
 */
export const programOf = (release) =>
  join(targetDir, release ? 'release' : 'debug', `inseam${exe}`);

/** An example of the core as `cargo build --example` leaves it. @param {string} name */
export const exampleOf = (name) => join(targetDir, 'debug', 'examples', `${name}${exe}`);

/**
 * The environment for commands that look for the project's own tools on PATH, before anything of
 * the system's.
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
 * The exact wasm-bindgen version the browser crate pins. The wasm-bindgen program must be the very
 * same version, so it is read from the manifest and written down nowhere else.
 */
export function wasmBindgenVersion(manifest = readFileSync(at('www', 'Cargo.toml'), 'utf8')) {
  const line = /^wasm-bindgen\s*=\s*(?:\{[^}\n]*?\bversion\s*=\s*)?"([^"]*)"/m.exec(manifest);
  const pin = line && /^=\s*(\d+\.\d+\.\d+)$/.exec(line[1]);
  if (!pin) {
    throw new Error(
      `www/Cargo.toml must pin wasm-bindgen to one version, as in wasm-bindgen = "=0.2.130" (found: ${line?.[1] ?? 'none'})`,
    );
  }
  return pin[1];
}

/**
 * The command that can be handed to `spawn` without a shell, on every platform.
 * @param {string} name
 */
export const npmCommand = (name) => (process.platform === 'win32' ? `${name}.cmd` : name);
