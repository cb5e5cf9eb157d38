// Fetches a model's bytes: from one file, whole or by ranges, or from a folder of its parts. The
// package makes its requests here and nowhere else.
import { type Engine, readBytes } from '../engine/wasm.js';
import { inseamError } from '../errors.js';

/** Length of the first request in bytes: the head of most shops, and all of a small model. */
const FIRST_REQUEST_BYTES = 32_768;
/** Far beyond any head, and any file that a page would load whole. */
const MAX_RESPONSE_BYTES = 256 << 20;

/** The beginning of a model's file, and a way to load the rest. */
export interface Source {
  /** The head, and maybe more of the file. */
  start: Uint8Array;
  /** Length of the whole file in bytes; undefined for a folder of its parts. */
  length: number | undefined;
  /**
   * Loads a block, given its number, the offset of its first byte, and the offset behind its last.
   */
  loadBlock(number: number, start: number, end: number): Promise<Uint8Array>;
}

/** A part of a file, as a server sent it. */
interface FetchedRange {
  bytes: Uint8Array;
  /** Offset of the first byte in the file. */
  offset: number;
  /** Length of the whole file. */
  total: number;
}

const unreachable = (url: string, why: string): Error =>
  inseamError('InseamUnreachable', `no model from ${url}: ${why}`);

/** An error for bytes that are not those of a model. */
export const damaged = (message: string): Error => inseamError('InseamDamaged', message);

/** The file is not the one that the head describes. */
const changed = (): Error => damaged("the model's file has changed since it was opened");

/**
 * Refuses what is not an address: a file's bytes, printed into an error message, would fill a page.
 */
export function checkAddress(url: unknown): void {
  if (typeof url === 'string' || url instanceof URL) return;
  throw inseamError('InseamInput', 'open() takes an address; for bytes there is fromBytes()');
}

/**
 * Fetches the bytes from `start` to `end`, or the whole file. A server may send the whole file
 * instead. If it sends any other range, the whole file is fetched.
 *
 * @param fresh bypasses every cache
 */
async function fetchRange(
  url: string,
  fresh: boolean,
  start?: number,
  end?: number,
): Promise<FetchedRange> {
  const init: RequestInit = { cache: fresh ? 'reload' : 'default' };
  if (end !== undefined) init.headers = { range: `bytes=${start}-${end - 1}` };
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, init);
    const length = Number(response.headers.get('content-length'));
    if (response.ok && length > MAX_RESPONSE_BYTES)
      throw new Error(`${length} bytes are too long for a model`);
    bytes = new Uint8Array(response.ok ? await response.arrayBuffer() : new ArrayBuffer(0));
  } catch (error) {
    throw unreachable(url, error instanceof Error ? error.message : 'the request failed');
  }
  // "Range not satisfiable": the file has become shorter.
  if (response.status === 416) throw changed();
  if (!response.ok) throw unreachable(url, `HTTP status ${response.status}`);
  if (response.status !== 206) return { bytes, offset: 0, total: bytes.length };
  const header = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const [offset, last, total] = [Number(header?.[1]), Number(header?.[2]), Number(header?.[3])];
  const asRequested =
    offset === start &&
    last === offset + bytes.length - 1 &&
    last === Math.min(end ?? 0, total) - 1;
  return asRequested ? { bytes, offset, total } : fetchRange(url, fresh);
}

/** The bytes from `start` to `end` of a file of this length. */
function slice(
  { bytes, offset, total }: FetchedRange,
  start: number,
  end: number,
  length: number,
): Uint8Array {
  if (total !== length || offset > start || offset + bytes.length < end) throw changed();
  return bytes.subarray(start - offset, end - offset);
}

/**
 * Opens what is at an address. The first request does not wait for the engine.
 *
 * @param fresh bypasses every cache
 */
export async function openSource(
  engine: Promise<Engine>,
  url: string,
  fresh: boolean,
): Promise<Source> {
  if (new URL(url).pathname.endsWith('/')) return openFolder(url, fresh);
  const first = await fetchRange(url, fresh, 0, FIRST_REQUEST_BYTES);
  // A file that begins with "{" points to the current model.
  if (first.bytes[0] === 0x7b) return openSource(engine, pointerTarget(first.bytes, url), fresh);
  if (first.bytes.length === first.total) return wholeFile(first.bytes);
  const { Model } = await engine;
  const headLength = readBytes(() => Model.headLength(first.bytes));
  if (headLength <= first.bytes.length) return rangedFile(url, fresh, first.bytes, first.total);
  const rest = await fetchRange(url, fresh, first.bytes.length, headLength);
  if (rest.offset === 0) return wholeFile(rest.bytes);
  const head = new Uint8Array(headLength);
  head.set(first.bytes);
  head.set(slice(rest, first.bytes.length, headLength, first.total), first.bytes.length);
  return rangedFile(url, fresh, head, first.total);
}

/** A folder with the head, and each block, as a file of its own. */
async function openFolder(url: string, fresh: boolean): Promise<Source> {
  const load = async (name: string) => (await fetchRange(new URL(name, url).href, fresh)).bytes;
  return {
    start: await load('head'),
    length: undefined,
    loadBlock: (number) => load(number.toString(16).padStart(4, '0')),
  };
}

/** A file whose server sends ranges. */
function rangedFile(url: string, fresh: boolean, start: Uint8Array, length: number): Source {
  return {
    start,
    length,
    async loadBlock(_, from, to) {
      if (to <= start.length) return start.subarray(from, to);
      return slice(await fetchRange(url, fresh, from, to), from, to, length);
    },
  };
}

/**
 * A file that has been fetched whole. Its blocks are still parsed one by one, as a large model
 * would block the page.
 */
function wholeFile(start: Uint8Array): Source {
  return {
    start,
    length: start.length,
    loadBlock: async (_, from, to) => start.subarray(from, to),
  };
}

/** The address in a pointer, `{ "model": "shop-<name>.inseam" }`. It has to be on the same site. */
function pointerTarget(bytes: Uint8Array, url: string): string {
  try {
    const { model } = JSON.parse(new TextDecoder().decode(bytes));
    const href = new URL(model, url).href;
    if (typeof model === 'string' && new URL(href).origin === new URL(url).origin && href !== url)
      return href;
  } catch {
    // The error below covers this too.
  }
  throw damaged(`${url} is neither a model nor a pointer to one on the same site`);
}
