// The engine's bytes as text: deflated, then base64. About as long over the wire as the file
// itself, and no bundler has to know of it.
import packed from '../pkg/inline.js';
import { breathe } from './breathe.js';

/** In newer browsers, and there several milliseconds faster on a phone than one character at a time. */
type FromBase64 = { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as FromBase64;
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** `inseam.wasm` as a server would answer with it: it is inflated and compiled piece by piece, most of it beside the page's own thread. */
export async function response(): Promise<Response> {
  const bytes = decode(packed);
  await breathe();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}
