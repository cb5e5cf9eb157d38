// Why WebAssembly does not start at all. Loaded after a failure.
import { inseamError } from '../errors.js';

/** The smallest WebAssembly module. If even that does not compile, the page refuses WebAssembly. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Says so where the page or the environment has no WebAssembly at all.
 *
 * @throws `InseamUnsupported`
 */
export function requireWasm(): void {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    const message =
      typeof WebAssembly === 'undefined'
        ? 'this environment has no WebAssembly'
        : `the page refuses WebAssembly: its Content-Security-Policy needs script-src 'wasm-unsafe-eval' (${cause})`;
    throw inseamError('InseamUnsupported', message, cause);
  }
}
