/**
 * The package without the engine's bytes, for pages that serve `inseam.wasm` as a file:
 *
 * ```js
 * import { Inseam, start } from 'inseam/slim';
 * await start('/assets/inseam.wasm');
 * const model = await Inseam.open('/fit/shop.json');
 * ```
 *
 * The file is in the package, as `inseam/inseam.wasm`. Serve it as `application/wasm`, so that the
 * browser compiles it while it loads. {@link start} also takes its bytes, a
 * `Response` or a `WebAssembly.Module`. The engine that it starts serves `inseam` and
 * `inseam/element` too: they then do not load their own copy.
 *
 * @module
 */
export { start, type WasmSource } from './engine/wasm.js';
export { type ErrorName, InseamError } from './errors.js';
export { Inseam } from './model/model.js';
export { Shopper } from './model/shopper.js';
export type * from './types.js';
