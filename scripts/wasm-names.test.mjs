import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortenNames } from './lib/wasm-names.mjs';

const text = (/** @type {string} */ word) => [word.length, ...Buffer.from(word)];
const section = (/** @type {number} */ id, /** @type {number[]} */ ...body) => [
  id,
  body.length,
  ...body,
];
/** A module that imports a function and exports it twice. */
const module = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, 1, 0x60, 0, 1, 0x7f),
  ...section(2, 1, ...text('./glue_bg.js'), ...text('__wbg_now_4c88'), 0, 0),
  ...section(7, 2, ...text('model_now'), 0, 0, ...text('memory'), 0, 0),
]);
const glue =
  'imports = { "./glue_bg.js": { __wbg_now_4c88: () => 7 } }; run = () => wasm.model_now() + model_now_else;';

test('names are shortened in the module and in the glue alike', async () => {
  const short = shortenNames(module, glue, ['memory']);
  assert.equal(
    short.glue,
    'imports = { "_0": { _1: () => 7 } }; run = () => wasm._2() + model_now_else;',
  );
  const compiled = new WebAssembly.Module(new Uint8Array(short.module));
  const instance = await WebAssembly.instantiate(compiled, { _0: { _1: () => 7 } });
  assert.deepEqual(Object.keys(instance.exports).sort(), ['_2', 'memory']);
  assert.equal(/** @type {any} */ (instance.exports)._2(), 7);
});

test('another kind of import is refused, not damaged', () => {
  const memory = Uint8Array.from([
    ...module.subarray(0, 8),
    ...section(2, 1, ...text('a'), ...text('b'), 2, 0, 1),
  ]);
  assert.throws(() => shortenNames(memory, ''), /not a function/);
});
