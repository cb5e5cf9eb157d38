// Forms in which few shops publish a model: a folder of its parts, and files stored compressed.
// Loaded when a page meets one.

import type { BlockRun, BlockSpan } from '../engine/replies.js';
import { inseamError } from '../errors.js';

/** Uncompresses a file that was compressed with gzip. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw inseamError('InseamDamaged', 'the file is compressed with gzip, and damaged');
  }
}

/**
 * The source that is a folder with the head, and each block, as a file of its own.
 *
 * @param load fetches a whole file; `later` for requests that come after the opening
 */
export async function openFolder(
  url: string,
  load: (url: string, later: boolean) => Promise<{ bytes: Uint8Array }>,
) {
  const loadNumber = async (number: number) => {
    const name = number.toString(16).padStart(4, '0');
    return (await load(new URL(name, url).href, true)).bytes;
  };
  return {
    start: (await load(new URL('head', url).href, false)).bytes,
    length: undefined,
    loadBlock: ({ number }: BlockSpan) => loadNumber(number),
    async loadHidden({ number }: BlockSpan, { first, behind }: BlockRun) {
      const numbers = Array.from({ length: behind - first }, (_, i) => first + i);
      const blocks = await Promise.all(numbers.map(loadNumber));
      return blocks[number - first] ?? new Uint8Array();
    },
  };
}
