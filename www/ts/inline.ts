// The engine's bytes as text: deflated, then base64. About as long over the wire as the file itself, and no bundler has to know of it.
import packed from '../pkg/inline.js';

/** The bytes of `inseam.wasm`. */
export async function bytes(): Promise<ArrayBuffer> {
  const text = atob(packed);
  const deflated = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) deflated[i] = text.charCodeAt(i);
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}
