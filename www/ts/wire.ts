// Questions to the engine and its answers, as bytes: a number is a double, a text the number of its
// bytes and these, in UTF-8; least significant byte first. A list is a number, how many, and then
// these. www/src/wire.rs has the other end.

/** The length of a text that is none. */
const ABSENT = 0xffffffff;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A question being written. */
export class Question {
  // So few lie in JavaScript's own heap, and are enough for most.
  #bytes = new Uint8Array(64);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** @param what the number of what is asked, where there are several things to ask */
  constructor(what?: number) {
    if (what !== undefined) this.number(what);
  }

  /** What has been written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  number(value: number): this {
    this.#room(8);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
    return this;
  }

  flag(value: boolean): this {
    return this.number(value ? 1 : 0);
  }

  /** A text; undefined for none. */
  text(value: string | undefined): this {
    // A code unit takes three bytes at the most.
    this.#room(4 + 3 * (value?.length ?? 0));
    const start = this.#at + 4;
    const { written = ABSENT } =
      value === undefined ? {} : encoder.encodeInto(value, this.#bytes.subarray(start));
    this.#view.setUint32(this.#at, written, true);
    this.#at = value === undefined ? start : start + written;
    return this;
  }

  list<T>(values: readonly T[], one: (value: T) => void): this {
    this.number(values.length);
    values.forEach(one);
    return this;
  }

  texts(values: readonly string[]): this {
    return this.list(values, (value) => this.text(value));
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(2 * (this.#at + more));
    bytes.set(this.bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** An answer being read. */
export class Answer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Whether nothing is left. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number = (): number => {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  };

  text = (): string => {
    const start = this.#at + 4;
    this.#at = start + this.#view.getUint32(this.#at, true);
    return decoder.decode(this.#bytes.subarray(start, this.#at));
  };

  list = <T>(one: () => T): T[] => Array.from({ length: this.number() }, one);

  /** All that are left. */
  rest = <T>(one: () => T): T[] => {
    const all: T[] = [];
    while (!this.done) all.push(one());
    return all;
  };
}
