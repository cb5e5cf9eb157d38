// Starts the engine, `inseam.wasm`, once for everybody in this JavaScript realm. Importing the
// package does nothing by itself.
import { initSync, Model } from '../../pkg/inseam_www.js';
import { inseamError } from '../errors.js';
import { yieldToPage } from '../yield.js';

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
 * Starts the engine. Once it is running or starting, later calls wait for it and ignore their
 * origin. After a failed start the next call tries again.
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
 * Starts the engine. Call it before the first model is opened. Further calls wait for the first.
 *
 * @param source where `inseam.wasm` comes from
 * @throws `InseamUnsupported` if WebAssembly is missing or refused, `InseamUnreachable` if the
 *   source can't be loaded or is not `inseam.wasm`
 */
export async function start(source: WasmSource): Promise<void> {
  await startEngine(source);
}

/**
 * The engine that somebody has started.
 *
 * @internal
 */
export function startedEngine(): Promise<Engine> {
  return (
    running ??
    Promise.reject(
      inseamError('InseamInput', 'call start() with inseam.wasm before opening a model'),
    )
  );
}

async function load(origin: WasmOrigin): Promise<Engine> {
  try {
    const source = typeof origin === 'function' ? await origin() : origin;
    await yieldToPage();
    const module = await compile(source);
    await yieldToPage();
    initSync({ module });
    await yieldToPage();
  } catch (cause) {
    const refused = await import('./refused.js').catch(() => undefined);
    refused?.requireWasm();
    throw inseamError('InseamUnreachable', `inseam.wasm does not load: ${cause}`, cause);
  }
  return { Model };
}

async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  const given = typeof source === 'string' || source instanceof URL ? await fetch(source) : source;
  if (!('headers' in given)) return WebAssembly.compile(given);
  if (!given.ok) throw new Error(`HTTP status ${given.status}`);
  // A browser compiles while it loads, if the server states the type.
  return given.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(given)
    : WebAssembly.compile(await given.arrayBuffer());
}

/**
 * Has the engine read a model's bytes. What it throws is a text that says what is wrong with them;
 * this makes an error of it.
 *
 * @internal
 */
export function readBytes<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw typeof thrown === 'string' ? inseamError('InseamDamaged', thrown) : thrown;
  }
}

/**
 * The engine's answer to a query; it has none to a query that it does not know.
 *
 * @internal
 */
export function answered<T>(answer: T | undefined): T {
  if (answer !== undefined) return answer;
  throw inseamError(
    'InseamUnsupported',
    'inseam.wasm is of another version than the JavaScript of the package',
  );
}
