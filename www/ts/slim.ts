/**
 * The package without the bytes of its engine, for pages that serve `inseam.wasm` as a file of its
 * own:
 *
 * ```js
 * import { Inseam, start } from 'inseam/slim';
 * await start('/assets/inseam.wasm');
 * const model = await Inseam.open('/fit/shop.inseam');
 * ```
 *
 * The file is in the package, as `inseam/inseam.wasm`. {@link start} also takes its bytes, a
 * `Response` or a `WebAssembly.Module`; whoever starts the engine here has started it for `inseam`
 * and `inseam/element` too, which then don't load their own copy.
 *
 * @module
 */
export type { ErrorName } from './failure.js';
export { Inseam, Shopper } from './model.js';
export type * from './types.js';
export { start, type WasmSource } from './wasm.js';
