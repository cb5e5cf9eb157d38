// Reads which module of a Rust crate imports from which other, from its `use` declarations and
// paths. It resolves re-exports to the module that defines the item, and ignores tests.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * @typedef {object} Module
 * @property {string} path the module's path, as in `train::graph`; empty for the crate's root
 * @property {string} file
 * @property {string} code the file without comments, strings and tests
 * @property {Map<string, string[]>} names the names that `use` declarations bring in, with paths
 * @property {string[][]} globs the paths of `use ...::*`
 * @property {Set<string>} exported the names among them that the module re-exports
 */

/**
 * Blanks out comments, strings and characters: what is left has the same line breaks.
 * @param {string} source
 */
export function withoutComments(source) {
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\(?:u\{[^}]*\}|.)|[^'\\\n])'/g;
  return source.replace(pattern, (text) => text.replace(/[^\n]/g, ' '));
}

/** Blanks out what is compiled for tests only. @param {string} code */
function withoutTests(code) {
  let out = code;
  for (;;) {
    const found =
      /#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))?\s+)?(?:mod|fn|impl|use)\b[^{;]*([{;])/.exec(out);
    if (!found) return out;
    const opening = found.index + found[0].length - 1;
    const end = found[1] === ';' ? opening : closing(out, opening);
    const blank = out.slice(found.index, end + 1).replace(/[^\n]/g, ' ');
    out = out.slice(0, found.index) + blank + out.slice(end + 1);
  }
}

/**
 * The index of the brace that closes the one at `opening`.
 * @param {string} code
 * @param {number} opening
 */
function closing(code, opening) {
  let depth = 0;
  for (let i = opening; i < code.length; i++) {
    if (code[i] === '{') depth++;
    if (code[i] === '}' && --depth === 0) return i;
  }
  return code.length - 1;
}

/**
 * The paths of one `use` declaration: `a::{b, c as d}` has `a::b` and, as `d`, `a::c`.
 * @param {string} tree
 * @param {string[]} [before]
 * @returns {{ path: string[], name: string }[]}
 */
export function importedPaths(tree, before = []) {
  const text = tree.trim();
  const brace = text.indexOf('{');
  if (brace >= 0) {
    const head = text
      .slice(0, brace)
      .split('::')
      .map((part) => part.trim());
    const path = [...before, ...head.filter(Boolean)];
    const parts = splitAtCommas(text.slice(brace + 1, closing(text, brace)));
    return parts.flatMap((part) => importedPaths(part, path));
  }
  const [whole, alias] = text.split(/\s+as\s+/);
  const path = [...before, ...whole.split('::').map((part) => part.trim())].filter(Boolean);
  if (path.at(-1) === 'self' && path.length > 1) path.pop();
  return [{ path, name: (alias ?? path.at(-1) ?? '').trim() }];
}

/** @param {string} text */
function splitAtCommas(text) {
  const parts = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}') depth--;
    if ((text[i] === ',' && depth === 0) || i === text.length) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts.filter(Boolean);
}

/** @param {string} folder @returns {string[]} */
function rustFiles(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) =>
      statSync(path).isDirectory() ? rustFiles(path) : path.endsWith('.rs') ? [path] : [],
    );
}

/** @param {string} folder @param {string} file */
function modulePath(folder, file) {
  const parts = relative(folder, file).replace(/\.rs$/, '').split(/[\\/]/);
  if (['mod', 'lib', 'main'].includes(parts.at(-1) ?? '')) parts.pop();
  return parts.join('::');
}

/** @param {string} folder the folder of the crate's root module @returns {Map<string, Module>} */
export function readModules(folder) {
  const modules = new Map();
  for (const file of rustFiles(folder)) {
    const path = modulePath(folder, file);
    if (/(^|::)tests(::|$)/.test(path)) continue;
    modules.set(path, readModule(path, file, readFileSync(file, 'utf8')));
  }
  return modules;
}

/** @param {string} path @param {string} file @param {string} source @returns {Module} */
export function readModule(path, file, source) {
  const code = withoutTests(withoutComments(source));
  /** @type {Module} */
  const module = { path, file, code, names: new Map(), globs: [], exported: new Set() };
  for (const [, visibility, tree] of code.matchAll(/\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g)) {
    for (const { path: used, name } of importedPaths(tree)) {
      if (name === '*') module.globs.push(used.slice(0, -1));
      else module.names.set(name, used);
      if (visibility) module.exported.add(name);
    }
  }
  return module;
}

/**
 * The module that defines what a path names, or `undefined` where that is outside the crate.
 * @param {Map<string, Module>} modules
 * @param {string} from
 * @param {string[]} path
 * @param {number} [depth]
 * @returns {string | undefined}
 */
function resolve(modules, from, path, depth = 0) {
  if (depth > 16) return undefined;
  let at = from;
  let i = 0;
  if (path[0] === 'crate') [at, i] = ['', 1];
  else if (path[0] === 'self') i = 1;
  else if (path[0] === 'super') {
    while (path[i] === 'super') {
      at = at.split('::').slice(0, -1).join('::');
      i++;
    }
  } else if (!modules.has(join2(from, path[0]))) return undefined;
  for (; i < path.length; i++) {
    const child = join2(at, path[i]);
    if (modules.has(child)) {
      at = child;
      continue;
    }
    const reexport = modules.get(at)?.names.get(path[i]);
    const target = reexport && resolve(modules, at, [...reexport, ...path.slice(i + 1)], depth + 1);
    return target ?? at;
  }
  return at;
}

/** @param {string} module @param {string} name */
const join2 = (module, name) => (module ? `${module}::${name}` : name);

/**
 * The modules that each module imports from. A module that only re-exports what its children define
 * does not depend on them.
 * @param {Map<string, Module>} modules
 * @returns {Map<string, Set<string>>}
 */
export function imports(modules) {
  const edges = new Map();
  for (const [path, module] of modules) {
    const targets = new Set();
    const uses = [...module.names].filter(([name]) => !module.exported.has(name));
    const inline = [...module.code.matchAll(/\b(?:crate|super|self)(?:::\w+)+/g)]
      .filter((found) => !isUse(module.code, found.index))
      .map(([text]) => text.split('::'));
    for (const used of [...uses.map(([, used]) => used), ...module.globs, ...inline]) {
      const target = resolve(modules, path, used);
      if (target !== undefined && target !== path) targets.add(target);
    }
    edges.set(path, targets);
  }
  return edges;
}

/**
 * Whether the text at this index is part of a `use` declaration.
 * @param {string} code
 * @param {number} index
 */
function isUse(code, index) {
  const start = Math.max(code.lastIndexOf(';', index), code.lastIndexOf('}', index)) + 1;
  return /\buse\s[^;]*$/.test(code.slice(start, index));
}
