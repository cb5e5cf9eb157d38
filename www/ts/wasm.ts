// The WASM module: started once, by whoever needs it first. Importing the package does nothing by
// itself.
import init, { Model } from '../pkg/inseam_www.js';
import { breathe } from './breathe.js';
import { failure } from './failure.js';

/** @internal */
export interface Engine {
  Model: typeof Model;
}

/**
 * Where the engine comes from: the URL of `inseam.wasm`, a response on its way, its bytes, or a
 * compiled module (which can be posted to a worker).
 */
export type WasmSource = string | URL | Response | BufferSource | WebAssembly.Module;

/**
 * A source, or a function that gets one: it is called only if nobody has started the engine yet.
 *
 * @internal
 */
export type WasmOrigin = WasmSource | (() => Promise<WasmSource>);

let running: Promise<Engine> | undefined;

/**
 * Starts the engine. Once it runs, or is about to, later calls wait for it and what they bring is
 * not looked at; after a start that failed the next call tries again.
 *
 * @internal
 */
export function startEngine(origin: WasmOrigin): Promise<Engine> {
  running ??= load(origin).catch((error: unknown) => {
    running = undefined;
    throw error;
  });
  return running;
}

/**
 * Starts the engine from a source.
 *
 * @throws `InseamUnsupported` where WebAssembly is missing or refused; `InseamUnreachable` where the source can't be had or is not `inseam.wasm`
 */
export async function start(source: WasmSource): Promise<void> {
  await startEngine(source);
}

/**
 * The engine that someone has started.
 *
 * @internal
 */
export function engine(): Promise<Engine> {
  return (
    running ??
    Promise.reject(failure('InseamInput', 'call start() with inseam.wasm before opening a model'))
  );
}

async function load(origin: WasmOrigin): Promise<Engine> {
  requireWasm();
  try {
    const source = typeof origin === 'function' ? await origin() : origin;
    await breathe();
    await init({ module_or_path: source });
  } catch (cause) {
    throw failure('InseamUnreachable', `inseam.wasm does not load: ${cause}`, cause);
  }
  return { Model };
}

/**
 * Has the engine look at a model's bytes: what it throws is a text that says what is wrong with
 * them.
 *
 * @internal
 */
export function reading<T>(look: () => T): T {
  try {
    return look();
  } catch (fault) {
    throw typeof fault === 'string' ? failure('InseamDamaged', fault) : fault;
  }
}

/** The smallest module there is: if not even that compiles, it is the page that refuses WebAssembly. */
const NOTHING = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

function requireWasm(): void {
  try {
    new WebAssembly.Module(NOTHING);
  } catch (cause) {
    const message =
      typeof WebAssembly === 'undefined'
        ? 'there is no WebAssembly here'
        : `the page refuses WebAssembly: its Content-Security-Policy needs script-src 'wasm-unsafe-eval' (${cause})`;
    throw failure('InseamUnsupported', message, cause);
  }
}
