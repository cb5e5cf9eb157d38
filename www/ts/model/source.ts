// Fetches a model's bytes: from one file, whole or by ranges, or from a folder of its parts. The
// package makes its requests here and nowhere else; plan.ts decides what to do with each response.
import type { BlockRun, BlockSpan } from '../engine/replies.js';
import { type Engine, readBytes } from '../engine/wasm.js';
import { InseamError, inseamError } from '../errors.js';
import { planFor, type Range, type Response as Seen, statedTotal } from './plan.js';

/** Length of the first request in bytes: the head of most shops, and all of a small model. */
const FIRST_REQUEST_BYTES = 32_768;
/** A whole file of more bytes is not loaded, unless the shop allows it. */
const WHOLE_LIMIT = 8 << 20;
/** Up to this length, the rest of a file is loaded at once rather than run by run. */
const SMALL_FILE_BYTES = 1 << 18;
/** Pointers that may lead to each other. */
const MAX_POINTERS = 3;

/** How to fetch. */
export interface FetchOptions {
  /** Bypasses every cache. */
  fresh: boolean;
  signal?: AbortSignal | undefined;
  /** See {@link OpenOptions.wholeLimit}. */
  wholeLimit?: number | undefined;
}

/** The beginning of a model's file, and ways to load the rest. */
export interface Source {
  /** The head, and maybe more of the file. */
  start: Uint8Array;
  /** Length of the whole file in bytes; undefined for a folder of its parts, or if not known. */
  length: number | undefined;
  /** Loads a block. */
  loadBlock(span: BlockSpan): Promise<Uint8Array>;
  /**
   * Loads a block so that the server can't tell which one it is: with the run of blocks around it,
   * or with the whole of a small file.
   */
  loadHidden(span: BlockSpan, run: BlockRun): Promise<Uint8Array>;
}

/** Bytes of a file. */
interface Fetched {
  bytes: Uint8Array;
  /** Offset of the first byte in the file. */
  offset: number;
  /** Length of the whole file; undefined if not known. */
  total: number | undefined;
  whole: boolean;
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
  if ((typeof url === 'string' && url !== '') || url instanceof URL) return;
  throw inseamError('InseamInput', 'open() takes an address; for bytes there is fromBytes()');
}

/** Makes one request. What fails has the status 0, and a reason. */
async function request(
  url: string,
  { fresh, signal, wholeLimit = WHOLE_LIMIT }: FetchOptions,
  range?: Range,
): Promise<Seen & { bytes: Uint8Array; why: string }> {
  const init: RequestInit = { cache: fresh ? 'reload' : 'default', signal: signal ?? null };
  if (range) init.headers = { range: `bytes=${range.start}-${range.end - 1}` };
  const none = new Uint8Array();
  try {
    const response = await fetch(url, init);
    const { status, headers, ok } = response;
    const stated = Number(headers.get('content-length'));
    if (ok && stated > Math.max(wholeLimit, range ? range.end - range.start : 0)) {
      void response.body?.cancel();
      throw tooLong(url, stated, wholeLimit);
    }
    const bytes = ok ? new Uint8Array(await response.arrayBuffer()) : none;
    const contentRange = headers.get('content-range');
    return { status, contentRange, length: bytes.length, bytes, why: `HTTP status ${status}` };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InseamError) throw error;
    const why = error instanceof Error ? error.message : 'the request failed';
    return { status: 0, contentRange: null, length: 0, bytes: none, why };
  }
}

const tooLong = (url: string, length: number, limit: number): Error =>
  unreachable(
    url,
    `its server sends no usable ranges, and the whole file of ${length} bytes is longer than wholeLimit, ${limit} bytes`,
  );

/** Fetches the whole file. */
async function fetchWhole(url: string, options: FetchOptions): Promise<Fetched> {
  const { status, bytes, why } = await request(url, options);
  if (status < 200 || status > 299) throw unreachable(url, why);
  return { bytes, offset: 0, total: bytes.length, whole: true };
}

/**
 * Fetches a range of a file, with two requests at most: if the first brings nothing of use, the
 * second is for the whole file.
 */
async function fetchRange(url: string, options: FetchOptions, range: Range): Promise<Fetched> {
  const response = await request(url, options, range);
  const { bytes, why } = response;
  const total = statedTotal(response);
  switch (planFor(range, response)) {
    case 'part':
      return { bytes, offset: range.start, total, whole: false };
    case 'whole':
      return { bytes, offset: 0, total: bytes.length, whole: true };
    case 'ask whole': {
      const { wholeLimit = WHOLE_LIMIT } = options;
      if (total !== undefined && total > wholeLimit) throw tooLong(url, total, wholeLimit);
      return fetchWhole(url, options);
    }
    case 'changed':
      throw changed();
    case 'fail':
      throw unreachable(url, why);
  }
}

/** The bytes of a range of a file of this length. */
function slice({ bytes, offset, total }: Fetched, { start, end }: Range, length?: number) {
  const otherFile = total !== undefined && length !== undefined && total !== length;
  if (otherFile || offset > start || offset + bytes.length < end) throw changed();
  return bytes.subarray(start - offset, end - offset);
}

/** Opens what is at an address. The first request does not wait for the engine. */
export async function openSource(
  engine: Promise<Engine>,
  url: string,
  options: FetchOptions,
  pointers = 0,
): Promise<Source> {
  if (new URL(url).pathname.endsWith('/')) {
    const { openFolder } = await import('./rare-sources.js');
    return openFolder(url, (address, later) =>
      fetchWhole(address, later ? { ...options, signal: undefined } : options),
    );
  }
  const first = await fetchRange(url, options, { start: 0, end: FIRST_REQUEST_BYTES });
  // A file that begins with "{" points to the current model.
  if (first.bytes[0] === 0x7b) {
    if (pointers === MAX_POINTERS) throw damaged(`${url} is one pointer too many`);
    return openSource(engine, pointerTarget(first.bytes, url), options, pointers + 1);
  }
  // Some shops store all their objects compressed with gzip.
  if (first.bytes[0] === 0x1f && first.bytes[1] === 0x8b) {
    const { bytes } = first.whole ? first : await fetchWhole(url, options);
    const { gunzip } = await import('./rare-sources.js');
    return wholeFile(await gunzip(new Uint8Array(bytes)));
  }
  if (first.whole) return wholeFile(first.bytes);
  const { Model } = await engine;
  const headLength = readBytes(() => Model.headLength(first.bytes));
  if (headLength <= first.bytes.length) return rangedFile(url, options, first.bytes, first.total);
  const range = { start: first.bytes.length, end: headLength };
  const rest = await fetchRange(url, options, range);
  if (rest.whole) return wholeFile(rest.bytes);
  const head = new Uint8Array(headLength);
  head.set(first.bytes);
  head.set(slice(rest, range, first.total), first.bytes.length);
  return rangedFile(url, options, head, first.total);
}

/** A file whose server sends ranges. */
function rangedFile(
  url: string,
  { signal: _, ...options }: FetchOptions,
  start: Uint8Array,
  length: number | undefined,
): Source {
  let whole: Uint8Array | undefined;
  /** Requests under way, as neighbours can lie in the same run. */
  const loading = new Map<string, Promise<Fetched>>();
  const fetchOnce = (range: Range): Promise<Fetched> => {
    const key = `${range.start}-${range.end}`;
    const fetched =
      loading.get(key) ?? fetchRange(url, options, range).finally(() => loading.delete(key));
    loading.set(key, fetched);
    return fetched;
  };
  const load = async (wanted: Range, asked: Range): Promise<Uint8Array> => {
    const known = whole ?? start;
    if (wanted.end <= known.length) return known.subarray(wanted.start, wanted.end);
    const fetched = await fetchOnce(asked);
    // A server that begins to send the whole file is not asked again.
    if (fetched.whole) whole = fetched.bytes;
    return slice(fetched, wanted, length);
  };
  return {
    start,
    length,
    loadBlock: (span) => load(span, span),
    async loadHidden(span, run) {
      if (length === undefined || length > SMALL_FILE_BYTES) return load(span, run);
      const rest = { start: start.length, end: length };
      if (!whole && rest.start < rest.end) {
        const fetched = await fetchOnce(rest);
        const all = new Uint8Array(length);
        all.set(start);
        all.set(slice(fetched, rest, length), rest.start);
        whole = all;
      }
      return load(span, span);
    },
  };
}

/**
 * A file that has been fetched whole. Its blocks are still parsed one by one, as a large model
 * would block the page.
 */
function wholeFile(start: Uint8Array): Source {
  const block = async ({ start: from, end }: BlockSpan) => start.subarray(from, end);
  return { start, length: start.length, loadBlock: block, loadHidden: block };
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
