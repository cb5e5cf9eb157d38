// The engine's bytes inside the package's own JavaScript: deflated, then in base64. That takes
// about as many bytes over the network as the file itself, and bundlers need no configuration for
// it.
import packed from '../../pkg/inline.js';
import { yieldToPage } from '../yield.js';

/**
 * Newer browsers have it. On a phone it saves several milliseconds over one character at a time.
 */
type FromBase64 = { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as FromBase64;
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * `inseam.wasm` as a server would send it, so that the browser inflates and compiles it as a
 * stream, mostly off the main thread.
 */
export async function inlineResponse(): Promise<Response> {
  const bytes = decode(packed);
  await yieldToPage();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}
