// The WASM module, loaded once and only when first needed: importing the package does nothing by itself.
import init, * as glue from '../pkg/inseam_www.js';

export type Engine = typeof glue;

let loading: Promise<Engine> | undefined;

/** The engine. A load that failed is tried again at the next call. */
export function engine(): Promise<Engine> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Engine> {
  const file = new URL('../pkg/inseam_www_bg.wasm', import.meta.url);
  await init({ module_or_path: file.protocol === 'file:' ? await read(file) : file });
  return glue;
}

/** Node's fetch does not read files. The name is no literal so that bundlers for the browser do not look for it. */
async function read(file: URL): Promise<Uint8Array<ArrayBuffer>> {
  const name = 'node:fs/promises';
  const fs: typeof import('node:fs/promises') = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  return new Uint8Array(await fs.readFile(file));
}
