/**
 * The `name` of an error of this package.
 *
 * - `InseamUnsupported`: WebAssembly is missing here, or refused by the page's
 *   Content-Security-Policy
 * - `InseamUnreachable`: the model's file or `inseam.wasm` can't be had
 * - `InseamDamaged`: the model's bytes are damaged or of a later version
 * - `InseamUntrusted`: no key of the shop has signed the model
 * - `InseamInput`: a value that the page gave is not what it should be; the message says which
 */
export type ErrorName =
  | 'InseamUnsupported'
  | 'InseamUnreachable'
  | 'InseamDamaged'
  | 'InseamUntrusted'
  | 'InseamInput';

/** An error of this kind. */
export function failure(name: ErrorName, message: string, cause?: unknown): Error {
  const error = new Error(message, { cause });
  error.name = name;
  return error;
}
