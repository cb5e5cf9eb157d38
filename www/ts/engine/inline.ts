// The engine's bytes inside the package's own JavaScript, one character for each: bundlers need no
// configuration for it, and compressed it is as small as the file.
import { first, packed } from '../../pkg/inline.js';

/** Characters that are decoded before the page may do its own work. */
const SLICE = 1 << 15;

/**
 * `inseam.wasm` as a server would send it, so that the browser compiles it off the main thread.
 *
 * @param pause lets the page do its own work
 */
export async function inlineResponse(pause: () => Promise<void>): Promise<Response> {
  const bytes = new Uint8Array(packed.length);
  for (let from = 0; from < bytes.length; from += SLICE) {
    const end = Math.min(from + SLICE, bytes.length);
    for (let i = from; i < end; i++) bytes[i] = packed.charCodeAt(i) - first;
    await pause();
  }
  return new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
}
