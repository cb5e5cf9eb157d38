// Errors of the package: their class and codes, and the one function that makes them.

/**
 * The `code` of an error of this package, which is its `name` too.
 *
 * - `InseamUnsupported`: this environment has no WebAssembly, the page's Content-Security-Policy
 *   refuses it, or `inseam.wasm` is of another version than the package's JavaScript
 * - `InseamUnreachable`: the model's file or `inseam.wasm` can't be loaded
 * - `InseamDamaged`: the model's bytes are damaged, or written in a later version of the format
 * - `InseamUntrusted`: none of the shop's keys has signed the model
 * - `InseamInput`: an argument has the wrong type or value; the message says which
 */
export type ErrorName =
  | 'InseamUnsupported'
  | 'InseamUnreachable'
  | 'InseamDamaged'
  | 'InseamUntrusted'
  | 'InseamInput';

/** An error of this package. */
export class InseamError extends Error {
  /** What kind of error it is. */
  readonly code: ErrorName;

  /** @internal */
  constructor(code: ErrorName, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.name = code;
  }
}

/** Makes an error with this code. */
export const inseamError = (code: ErrorName, message: string, cause?: unknown): InseamError =>
  new InseamError(code, message, cause);
