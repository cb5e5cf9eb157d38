// Errors of the package: their names, and the one function that makes them.

/**
 * The `name` of an error of this package.
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

/** Makes an error with this name. */
export function inseamError(name: ErrorName, message: string, cause?: unknown): Error {
  const error = new Error(message, { cause });
  error.name = name;
  return error;
}
