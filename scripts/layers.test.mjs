import assert from 'node:assert/strict';
import { test } from 'node:test';
import { components, siblings } from './lib/cycles.mjs';
import { importedPaths, imports, readModule, withoutComments } from './lib/rust-modules.mjs';

/** @param {Record<string, string>} files the text of each module, by its path */
function edgesOf(files) {
  const modules = Object.entries(files).map(
    ([path, source]) => /** @type {const} */ ([path, readModule(path, `${path}.rs`, source)]),
  );
  const edges = imports(new Map(modules));
  return Object.fromEntries([...edges].map(([from, to]) => [from, [...to].sort()]));
}

test('a use declaration is taken apart', () => {
  const paths = importedPaths('a::{self, b::{C, D as E}, f::*}').map(({ path, name }) => [
    path.join('::'),
    name,
  ]);
  assert.deepEqual(paths, [
    ['a', 'a'],
    ['a::b::C', 'C'],
    ['a::b::D', 'E'],
    ['a::f::*', '*'],
  ]);
});

test('comments and strings name no module', () => {
  const code = withoutComments(
    'use a; // use crate::b;\n/* use c; */ let s = "use d;"; let r = r#"use e;"#;',
  );
  assert.deepEqual(code.match(/use \w+/g), ['use a']);
  assert.equal(
    withoutComments("let c = '\"'; use f; fn x<'a>(y: &'a str) {}").includes('use f'),
    true,
  );
});

test('a re-export leads to the module that defines the item', () => {
  const edges = edgesOf({
    '': 'pub mod math; mod size; mod train;',
    math: 'mod gaussian; pub use gaussian::Gaussian;',
    'math::gaussian': 'pub struct Gaussian;',
    size: 'use crate::math::Gaussian;',
    train: 'fn f() { crate::size::g(); }\n#[cfg(test)]\nmod tests { use crate::math; }',
  });
  assert.deepEqual(edges, {
    '': [],
    math: [],
    'math::gaussian': [],
    size: ['math::gaussian'],
    train: ['size'],
  });
});

test('a cycle through an inline path and one through super are found', () => {
  const edges = imports(
    new Map(
      Object.entries({
        '': 'mod a; mod b;',
        a: 'use super::b::f;',
        b: 'fn f() { crate::a::g() }',
      }).map(([path, source]) => [path, readModule(path, path, source)]),
    ),
  );
  assert.deepEqual(components(edges).cycles, [['a', 'b']]);
});

test('folders whose files make no cycle can still form one', () => {
  const edges = new Map([
    ['a::x', new Set(['b::x'])],
    ['b::x', new Set()],
    ['b::y', new Set(['a::y'])],
    ['a::y', new Set()],
  ]);
  assert.deepEqual(components(edges).cycles, []);
  assert.deepEqual(components(siblings(edges, '')).cycles, [['a', 'b']]);
  assert.deepEqual(components(siblings(edges, 'a')).cycles, []);
});

test('layers are listed from the lowest', () => {
  const edges = new Map([
    ['top', new Set(['middle', 'base'])],
    ['middle', new Set(['base'])],
    ['base', new Set()],
  ]);
  assert.deepEqual(components(edges).order, [['base'], ['middle'], ['top']]);
});
