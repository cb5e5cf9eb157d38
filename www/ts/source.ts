// Where a model's bytes come from: one file, whole or by ranges, or a folder of its parts. Requests
// are made here and nowhere else.
import { failure } from './failure.js';
import { type Engine, reading } from './wasm.js';

/** What a first request asks for: the head of most shops, and all of a small one. */
const FIRST = 32_768;
/** No head or whole file of a page is anywhere near this; one that is would only fill the memory. */
const MOST = 256 << 20;

/** The beginning of a model's file, and how the rest is had. */
export interface Source {
  /** The head, and maybe more of the file. */
  start: Uint8Array;
  /** How long the whole file is; undefined for a folder of its parts. */
  length: number | undefined;
  /** The bytes of a block, by its number, its first byte in the file, and the first beyond it. */
  block(number: number, start: number, end: number): Promise<Uint8Array>;
}

/** The bytes at an address are not those that the head speaks of: they have changed since. */
class Changed extends Error {
  override name = 'InseamDamaged';

  constructor() {
    super("the model's file has changed since it was opened");
  }
}

function unreachable(url: string, what: string): Error {
  return failure('InseamUnreachable', `no model from ${url}: ${what}`);
}

/** Refuses what is no address: its bytes, printed, would fill a page. */
export function address(url: unknown): void {
  if (typeof url === 'string' || url instanceof URL) return;
  throw failure('InseamInput', "open() takes an address; a file's bytes are for fromBytes()");
}

export function damaged(what: string): Error {
  return failure('InseamDamaged', what);
}

/** What came of a request: bytes, where they begin in the file, and how long that is. */
interface Answer {
  bytes: Uint8Array;
  at: number;
  total: number;
}

/**
 * Asks for the bytes from `start` up to `end`, or for all. Servers may answer with the whole file
 * instead, and some answer with what nobody asked for: those are asked again for the whole.
 */
async function get(url: string, fresh: boolean, start?: number, end?: number): Promise<Answer> {
  const init: RequestInit = { cache: fresh ? 'reload' : 'default' };
  if (end !== undefined) init.headers = { range: `bytes=${start}-${end - 1}` };
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, init);
    if (response.ok && Number(response.headers.get('content-length')) > MOST)
      throw new Error('it is far too long');
    bytes = new Uint8Array(response.ok ? await response.arrayBuffer() : new ArrayBuffer(0));
  } catch (error) {
    throw unreachable(url, error instanceof Error ? error.message : 'the request failed');
  }
  // Nothing is left at that place: what is there now is shorter.
  if (response.status === 416) throw new Changed();
  if (!response.ok) throw unreachable(url, `HTTP status ${response.status}`);
  if (response.status !== 206) return { bytes, at: 0, total: bytes.length };
  const said = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const [at, last, total] = [Number(said?.[1]), Number(said?.[2]), Number(said?.[3])];
  if (at === start && last === at + bytes.length - 1 && last === Math.min(end ?? 0, total) - 1)
    return { bytes, at, total };
  return get(url, fresh);
}

/** Bytes of an answer, from and to these places in the file; of a file of that length. */
function slice(
  { bytes, at, total }: Answer,
  start: number,
  end: number,
  length: number,
): Uint8Array {
  if (total !== length || at > start || at + bytes.length < end) throw new Changed();
  return bytes.subarray(start - at, end - at);
}

/** Opens what is at an address; `fresh` goes past every cache. The first request doesn't wait for the engine. */
export async function open(engine: Promise<Engine>, url: string, fresh: boolean): Promise<Source> {
  const folder = new URL(url).pathname.endsWith('/');
  if (folder) {
    const part = (name: string) => get(new URL(name, url).href, fresh);
    const { bytes } = await part('head');
    return {
      start: bytes,
      length: undefined,
      block: async (number) => (await part(shard(number))).bytes,
    };
  }
  let first = await get(url, fresh, 0, FIRST);
  // "{": a pointer to the file of this day.
  if (first.bytes[0] === 0x7b) return open(engine, target(first.bytes, url), fresh);
  const { total } = first;
  if (first.bytes.length === total) return whole(first.bytes);
  const { Model } = await engine;
  const head = reading(() => Model.headLength(first.bytes));
  if (head > first.bytes.length) {
    const rest = await get(url, fresh, first.bytes.length, head);
    if (rest.at === 0) return whole(rest.bytes);
    const bytes = new Uint8Array(head);
    bytes.set(first.bytes);
    bytes.set(slice(rest, first.bytes.length, head, total), first.bytes.length);
    first = { bytes, at: 0, total };
  }
  return {
    start: first.bytes,
    length: total,
    async block(_, start, end) {
      if (end <= first.bytes.length) return first.bytes.subarray(start, end);
      return slice(await get(url, fresh, start, end), start, end, total);
    },
  };
}

/** A file that is there: its blocks are still read one by one, as all of a large one at a time would hold the page up. */
function whole(start: Uint8Array): Source {
  return { start, length: start.length, block: async (_, from, to) => start.subarray(from, to) };
}

/** The name of a block's file in a folder. */
const shard = (number: number) => number.toString(16).padStart(4, '0');

/** Where a pointer, `{ "model": "shop-<name>.inseam" }`, points. */
function target(bytes: Uint8Array, url: string): string {
  try {
    const { model } = JSON.parse(new TextDecoder().decode(bytes));
    const href = new URL(model, url).href;
    if (typeof model === 'string' && new URL(href).origin === new URL(url).origin && href !== url)
      return href;
  } catch {
    // Told below.
  }
  throw damaged(`${url} is no model, and points to none of its own site`);
}

/** Checks the signature of a head against the keys of a shop, each 64 hexadecimal digits. */
export async function trust(
  { Model }: Engine,
  head: Uint8Array,
  keys: readonly string[],
): Promise<void> {
  const refuse = (what: string) => failure('InseamUntrusted', what);
  const signed = reading(() => Model.signedLength(head));
  if (signed === undefined) throw refuse('the model is not signed');
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) throw refuse('signatures are only checked on pages that came over https');
  const [message, signature] = [head.slice(0, signed), head.slice(signed, signed + 64)];
  for (const text of keys) {
    const bytes = Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (byte) =>
      Number.parseInt(byte, 16),
    );
    let good: boolean;
    try {
      const key = await subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
      good = await subtle.verify('Ed25519', key, signature, message);
    } catch (error) {
      throw refuse(
        `this browser cannot check the model's signature: ${error instanceof Error ? error.message : error}`,
      );
    }
    if (good) return;
  }
  throw refuse('the model is not signed by a key of this shop');
}
