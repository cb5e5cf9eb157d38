import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comments, markdown, marks } from './lib/prose.mjs';

const long = 'word '.repeat(25).trim();

/** @param {{ wide: { line: number }[] }} found */
const at = (found) => found.wide.map(({ line }) => line);

test('a wide comment is found, wherever it is', () => {
  const source = [`/// ${long}`, `    // ${long}`, `let x = 1; // ${long}`, '// short'].join('\n');
  const found = comments(source, marks.rs);
  assert.deepEqual([found.lines, at(found)], [4, [1, 2, 3]]);
  assert.deepEqual(at(comments(`/** ${long} */`, marks.ts)), [1]);
  assert.deepEqual(at(comments(`# ${long}`, marks.toml)), [1]);
});

test('code, and what cannot be broken, may be wide', () => {
  const source = [
    '/// ```',
    `/// ${long}`,
    '/// ```',
    `// ${'x'.repeat(120)}`,
    `let s = "${long}";`,
  ].join('\n');
  assert.deepEqual(at(comments(source, marks.rs)), []);
});

test('Markdown: tables, code and links may be wide, paragraphs and items not', () => {
  const source = [
    `| ${long} |`,
    '```',
    long,
    '```',
    `[a]: ${long}`,
    long,
    `- ${long}`,
    `![${long}](a.png)`,
  ].join('\n');
  assert.deepEqual(at(markdown(source)), [6, 7]);
});
