// Checks the signature of a model's head against the public keys of a shop.
import { type Engine, readBytes } from '../engine/wasm.js';
import { inseamError } from '../errors.js';

/** Length of an Ed25519 signature in bytes. */
const SIGNATURE_BYTES = 64;

const untrusted = (message: string): Error => inseamError('InseamUntrusted', message);

/**
 * Resolves if one of these keys has signed the head.
 *
 * @param keys Ed25519 public keys, each 64 hexadecimal digits
 * @throws `InseamUntrusted`
 */
export async function checkSignature(
  { Model }: Engine,
  head: Uint8Array,
  keys: readonly string[],
): Promise<void> {
  const signed = readBytes(() => Model.signedLength(head));
  if (signed === undefined) throw untrusted('the model is not signed');
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) throw untrusted('signatures can only be checked on pages served over https');
  const [message, signature] = [
    head.slice(0, signed),
    head.slice(signed, signed + SIGNATURE_BYTES),
  ];
  for (const digits of keys) {
    const bytes = Uint8Array.from(digits.match(/[0-9a-f]{2}/gi) ?? [], (byte) =>
      Number.parseInt(byte, 16),
    );
    let valid: boolean;
    try {
      const key = await subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
      valid = await subtle.verify('Ed25519', key, signature, message);
    } catch (error) {
      throw untrusted(
        `this browser cannot check the model's signature: ${error instanceof Error ? error.message : error}`,
      );
    }
    if (valid) return;
  }
  throw untrusted('none of the keys of this shop has signed the model');
}
