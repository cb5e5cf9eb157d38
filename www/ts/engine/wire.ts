// Queries to the engine and its replies, as bytes. Everything is little-endian. A number is a
// double. A text is its length in bytes, as a 32-bit integer, followed by its UTF-8. A list is its
// length, as a number, followed by its items. www/src/wire.rs is the other end.

/** The length of an absent text. */
const ABSENT = 0xffffffff;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Writes a query. */
export class QueryWriter {
  // Enough for most queries, and so short that JavaScript keeps it in its own heap.
  #bytes = new Uint8Array(64);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** What has been written so far. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  number(value: number): this {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
    return this;
  }

  flag(value: boolean): this {
    return this.number(value ? 1 : 0);
  }

  /** A text; undefined for an absent one. */
  text(value: string | undefined): this {
    // UTF-8 takes at most three bytes for a UTF-16 code unit.
    this.#reserve(4 + 3 * (value?.length ?? 0));
    const start = this.#length + 4;
    const { written = ABSENT } =
      value === undefined ? {} : encoder.encodeInto(value, this.#bytes.subarray(start));
    this.#view.setUint32(this.#length, written, true);
    this.#length = value === undefined ? start : start + written;
    return this;
  }

  list<T>(values: readonly T[], write: (value: T) => void): this {
    this.number(values.length);
    values.forEach(write);
    return this;
  }

  texts(values: readonly string[]): this {
    return this.list(values, (value) => this.text(value));
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(2 * (this.#length + more));
    bytes.set(this.bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** Reads a reply. Its methods may be destructured. */
export class ReplyReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Whether everything has been read. */
  get done(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  number = (): number => {
    this.#offset += 8;
    return this.#view.getFloat64(this.#offset - 8, true);
  };

  /** A value of one of the protocol's lists, by its number. */
  oneOf = <T>(values: readonly T[]): T => {
    const number = this.number();
    const value = values[number];
    if (value === undefined)
      throw new RangeError(`the engine replied ${number}, not one of ${values}`);
    return value;
  };

  text = (): string => {
    const start = this.#offset + 4;
    this.#offset = start + this.#view.getUint32(this.#offset, true);
    return decoder.decode(this.#bytes.subarray(start, this.#offset));
  };

  list = <T>(read: () => T): T[] => Array.from({ length: this.number() }, read);

  /** Everything that is left, as items. */
  rest = <T>(read: () => T): T[] => {
    const all: T[] = [];
    while (!this.done) all.push(read());
    return all;
  };
}
