// Shortens the names of a WASM module's imports and exports, and their uses in wasm-bindgen's glue.
// No page sees these names.

const IMPORTS = 2;
const EXPORTS = 7;
/** The only kind of import that wasm-bindgen makes, and its code in the section. */
const FUNCTION = 0;

/** Reads the numbers and names of a module. */
class Reader {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.bytes[this.at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    return value >>> 0;
  }

  text() {
    const start = this.number() + this.at;
    const text = new TextDecoder().decode(this.bytes.subarray(this.at, start));
    this.at = start;
    return text;
  }
}

/**
 * A number as a module writes it (LEB128).
 * @param {number} value
 * @returns {number[]}
 */
const leb128 = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >>> 7)]);

/** @param {string} text */
const name = (text) => [...leb128(text.length), ...Buffer.from(text)];

/**
 * @param {Uint8Array} module
 * @param {string} glue
 * @param {readonly string[]} kept names that stay as they are
 * @returns {{ module: Uint8Array, glue: string }}
 */
export function shortenNames(module, glue, kept = []) {
  /** @type {Map<string, string>} */
  const renamed = new Map();
  const shorten = (/** @type {string} */ text) => {
    if (kept.includes(text)) return text;
    const short = renamed.get(text) ?? `_${renamed.size.toString(36)}`;
    renamed.set(text, short);
    return short;
  };
  const reader = new Reader(module, 8);
  const entries = (/** @type {() => number[]} */ entry) => {
    const count = reader.number();
    return [...leb128(count), ...Array.from({ length: count }, entry).flat()];
  };
  const sections = [module.subarray(0, 8)];
  while (reader.at < module.length) {
    const start = reader.at;
    const id = module[reader.at++];
    const length = reader.number();
    const end = reader.at + length;
    let body;
    if (id === IMPORTS)
      body = entries(() => {
        const names = [shorten(reader.text()), shorten(reader.text())];
        if (reader.number() !== FUNCTION)
          throw new Error(`an import is not a function: ${names.join(', ')}`);
        return [...names.flatMap(name), FUNCTION, ...leb128(reader.number())];
      });
    else if (id === EXPORTS)
      body = entries(() => [
        ...name(shorten(reader.text())),
        ...leb128(reader.number()),
        ...leb128(reader.number()),
      ]);
    sections.push(
      body ? Uint8Array.from([id, ...leb128(body.length), ...body]) : module.subarray(start, end),
    );
    reader.at = end;
  }
  let written = glue;
  for (const [long, short] of renamed)
    written = written.replace(
      new RegExp(`(?<![\\w$])${long.replaceAll('.', '\\.')}(?![\\w$])`, 'g'),
      short,
    );
  return { module: Buffer.concat(sections), glue: written };
}
