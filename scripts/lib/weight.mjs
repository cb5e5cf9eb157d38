// What a page downloads of the package, measured on www/dist.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { at } from './repo.mjs';

/**
 * The most that a first visit with the element may load without the model, in bytes, compressed
 * with brotli at its highest level. `npm test -- package` checks it.
 */
export const visitBudget = 80_000;

const dist = at('www', 'dist');

/**
 * The size of bytes after brotli at its highest level.
 * @param {Uint8Array} bytes
 */
export function brotliSize(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

/**
 * A file of www/dist and all that it imports statically, as paths below www/dist.
 * @param {string} name
 * @param {Set<string>} found
 */
export function closure(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(dist, name), 'utf8');
  for (const [, path] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g))
    closure(relative(dist, join(dist, dirname(name), path)), found);
  return found;
}

/** The chunk whose name begins so. @param {string} beginning */
export function chunk(beginning) {
  const names = readdirSync(join(dist, 'chunks')).filter((name) => name.startsWith(beginning));
  if (names.length !== 1)
    throw new Error(`www/dist/chunks has ${names.length} files named ${beginning}..., not one`);
  return `chunks/${names[0]}`;
}

/** @param {string} name */
const sizeOf = (name) => brotliSize(readFileSync(join(dist, name)));

/** The files' sizes together. @param {Iterable<string>} names */
const together = (names) => [...names].reduce((sum, name) => sum + sizeOf(name), 0);

/** What a first visit with the element loads without the model, in English. */
export function firstVisit() {
  const element = closure('element.js');
  const engine = closure(chunk('inline-'));
  const all = new Set([...element, ...engine]);
  const opened = [...closure(chunk('panel-')), ...closure(chunk('explain-'))];
  return {
    requests: all.size,
    bytes: together(all),
    element: together(element),
    engine: together([...engine].filter((name) => !element.has(name))),
    details: together(new Set(opened.filter((name) => !all.has(name)))),
  };
}

/** Every row of the table in BENCHMARKS.md, in bytes. */
export function weights() {
  const visit = firstVisit();
  const languages = ['de', 'es', 'fr', 'it', 'nl', 'pl', 'sv'].map((name) =>
    sizeOf(chunk(`${name}-`)),
  );
  return {
    [`a first visit with the element, without the model (${visit.requests} requests)`]: visit.bytes,
    'of it the element, with the line in English': visit.element,
    'of it the engine inside JavaScript': visit.engine,
    'what opens behind the element’s button': visit.details,
    'the smallest further language': Math.min(...languages),
    'the largest further language': Math.max(...languages),
    'the engine as inseam.wasm': sizeOf('inseam.wasm'),
    'the element as one file, everything included': sizeOf('element.bundle.js'),
    'the API alone, without the engine': together(closure('index.js')),
  };
}
