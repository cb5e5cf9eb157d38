// Writes docs/api.md, the reference of the JavaScript API, from the type declarations in www/dist:
// `npm run reference`, after `npm run build`. tests/node/reference.test.mjs checks that docs/api.md
// matches the types. The parser is that of TypeScript 5, because later versions have none that a
// script can call.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript-5';
import { at } from './lib/repo.mjs';
import { script, started } from './lib/run.mjs';

/**
 * One exported declaration, or a member of one.
 * @typedef {object} Entry
 * @property {string} name
 * @property {string} kind `interface`, `class`, `type`, `function`, `const` or `member`
 * @property {string} signature the declaration on one line, without its body
 * @property {string} about its doc comment as Markdown
 * @property {Entry[]} members
 */

/** The entries of the npm package, each with the name of its declaration file. */
const entries = /** @type {const} */ ([
  ['inseam', 'index'],
  ['inseam/slim', 'slim'],
  ['inseam/element', 'element'],
  ['inseam/shopper', 'shopper'],
  ['inseam/worker', 'worker'],
  ['inseam/node', 'node'],
]);

/** @param {string} file @returns {ts.SourceFile} */
const parse = (file) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

/** Wraps at this column. */
const WIDTH = 100;

/**
 * Whether a line begins a block of its own, rather than going on with the block before it.
 * @param {string} line
 */
const beginsBlock = (line) => /^(- |#|\||```|$)/.test(line);

/** Whether the block that a line begins can go on in the next line. @param {string} line */
const isProse = (line) => line.startsWith('- ') || !beginsBlock(line);

/**
 * Lines that belong together, such as the lines of a paragraph or of a list item.
 * @param {string} text
 */
function blocks(text) {
  /** @type {string[][]} */
  const found = [];
  let code = false;
  for (const line of text.split('\n')) {
    const [before] = found.at(-1) ?? [];
    const goesOn = code || (!beginsBlock(line) && before !== undefined && isProse(before));
    if (line.startsWith('```')) code = !code;
    if (goesOn) found.at(-1)?.push(line);
    else found.push([line]);
  }
  return found;
}

/**
 * Wraps the words of a block; code and tables stay as they are.
 * @param {string[]} lines
 * @param {string} indent
 */
function wrapBlock(lines, indent) {
  const [first = ''] = lines;
  if (/^(```|\||#)/.test(first)) return lines.map((line) => indent + line);
  const hanging = indent + (first.startsWith('- ') ? '  ' : '');
  const wrapped = [];
  let line = indent;
  for (const word of lines.join(' ').split(/\s+/)) {
    if (line.trim() !== '' && line.length + 1 + word.length > WIDTH) {
      wrapped.push(line);
      line = hanging + word;
    } else line += (line.trim() === '' ? '' : ' ') + word;
  }
  return [...wrapped, line.trimEnd()];
}

/**
 * Markdown wrapped at column 100.
 * @param {string} text
 * @param {string} [indent] before each line
 */
const wrap = (text, indent = '') =>
  blocks(text)
    .flatMap((block) => wrapBlock(block, indent))
    .join('\n');

/**
 * The doc comment of a node as Markdown. Links become code; tags become sentences.
 * @param {ts.Node} node
 */
function comment(node) {
  const doc = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc);
  if (!doc) return '';
  const text = (/** @type {string | ts.NodeArray<ts.JSDocComment> | undefined} */ part) =>
    (ts.getTextOfJSDocComment(part) ?? '').replace(/\{@link\s+(?:\*\s+)?([^}]+)\}/g, '`$1`');
  const tags = (doc.tags ?? []).flatMap((tag) => {
    // The comment of a tag may be several sentences, of which the last has its full stop.
    const about = text(tag.comment).replace(/\.?$/, '.');
    if (tag.tagName.text === 'throws') return [`Throws ${about}`];
    if (tag.tagName.text === 'returns') return [`Returns ${about}`];
    if (ts.isJSDocParameterTag(tag)) return [`\`${tag.name.getText()}\`: ${about}`];
    return [];
  });
  return [text(doc.comment), ...tags].filter(Boolean).join('\n\n');
}

/**
 * A declaration on one line, without comments and without its body.
 * @param {ts.Node} node
 */
const line = (node) =>
  node
    .getText()
    .replace(/\/\*\*[\s\S]*?\*\/\s*/g, '')
    .replace(/^export (declare )?/, '')
    .replace(/\s+/g, ' ')
    .replace(/;$/, '');

/**
 * Whether a member is private or protected. A public one may be named so.
 * @param {ts.Node} node
 */
function isHidden(node) {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const hides = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  return modifiers.some((m) => hides.includes(m.kind)) || line(node).startsWith('#');
}

/**
 * The entry of a top-level declaration; undefined for statements that declare nothing.
 * @param {ts.Node} node
 * @returns {Entry | undefined}
 */
function entry(node) {
  const name = /** @type {any} */ (node).name?.getText();
  const about = comment(node);
  const withMembers = (
    /** @type {string} */ kind,
    /** @type {readonly ts.Node[]} */ parts,
    signature = '',
  ) => {
    const members = parts.filter((m) => !isHidden(m)).flatMap((m) => member(m) ?? []);
    return { name, kind, signature, about, members };
  };
  if (ts.isInterfaceDeclaration(node)) return withMembers('interface', node.members);
  if (ts.isClassDeclaration(node)) {
    const [parent] = node.heritageClauses ?? [];
    return withMembers('class', node.members, parent ? line(parent) : '');
  }
  if (ts.isTypeAliasDeclaration(node))
    return { name, kind: 'type', signature: line(node.type), about, members: [] };
  if (ts.isFunctionDeclaration(node))
    return { name, kind: 'function', signature: line(node), about, members: [] };
  if (ts.isVariableStatement(node)) {
    const [declared] = node.declarationList.declarations;
    return (
      declared && {
        name: declared.name.getText(),
        kind: 'const',
        signature: line(declared),
        about,
        members: [],
      }
    );
  }
  return undefined;
}

/**
 * The entry of a member of an interface or class; undefined if the reference leaves it out.
 * @param {ts.Node} node
 * @returns {Entry | undefined}
 */
function member(node) {
  if (ts.isConstructorDeclaration(node) && !comment(node)) return undefined;
  const name = /** @type {any} */ (node).name?.getText() ?? 'constructor';
  // The getter already describes the property.
  if (ts.isSetAccessor(node)) return undefined;
  return {
    name,
    kind: 'member',
    signature: line(node).replace(/^get (\w+)\(\)/, '$1'),
    about: comment(node),
    members: [],
  };
}

/**
 * The members that a class inherits from a class in another module.
 * @param {ts.Node} node
 * @param {string} file
 * @returns {Entry[]}
 */
function inherited(node, file) {
  const parent = ts.isClassDeclaration(node)
    ? node.heritageClauses?.[0]?.types[0]?.expression.getText()
    : undefined;
  for (const one of parent ? node.getSourceFile().statements : []) {
    const bindings = ts.isImportDeclaration(one) ? one.importClause?.namedBindings : undefined;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const named = bindings.elements.find((e) => e.name.text === parent);
    const from = /** @type {ts.ImportDeclaration} */ (one).moduleSpecifier.getText().slice(1, -1);
    if (named) {
      const there = exported(join(dirname(file), from.replace(/\.js$/, '.d.ts')));
      return there.get((named.propertyName ?? named.name).text)?.members ?? [];
    }
  }
  return [];
}

/**
 * Everything that a module exports, re-exports included.
 * @param {string} file
 * @returns {Map<string, Entry>}
 */
function exported(file) {
  /** @type {Map<string, Entry>} */
  const found = new Map();
  for (const node of parse(file).statements) {
    if (ts.isExportDeclaration(node)) {
      const from = /** @type {ts.StringLiteral | undefined} */ (node.moduleSpecifier)?.text;
      if (!from) continue;
      const inner = exported(join(dirname(file), from.replace(/\.js$/, '.d.ts')));
      const wanted =
        node.exportClause && ts.isNamedExports(node.exportClause)
          ? node.exportClause.elements.map((e) => e.name.text)
          : [...inner.keys()];
      for (const name of wanted) {
        const one = inner.get(name);
        if (one) found.set(name, one);
      }
    } else if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
    ) {
      const one = entry(node);
      if (!one) continue;
      const own = new Set(one.members.map((m) => m.name));
      const members = [...one.members, ...inherited(node, file).filter((m) => !own.has(m.name))];
      found.set(one.name, {
        ...one,
        signature: one.kind === 'class' && members.length > own.size ? '' : one.signature,
        members,
      });
    }
  }
  return found;
}

/**
 * The comment at the start of a module's source, as Markdown. Declarations may lack it.
 * @param {string} file
 */
function preface(file) {
  const source = readFileSync(file, 'utf8');
  const [, doc = ''] = /^\/\*\*\n([\s\S]*?)\*\//.exec(source) ?? [];
  const text = doc
    .replace(/^ \* ?/gm, '')
    .replace(/@module/, '')
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .trim();
  return wrap(text);
}

/**
 * The chapter's section on one entry, as Markdown.
 * @param {Entry} entry
 */
function section({ name, kind, signature, about, members }) {
  const shown =
    kind === 'type'
      ? `type ${name} = ${signature}`
      : kind === 'class'
        ? `class ${name} ${signature.replace('Base', 'HTMLElement')}`.trim()
        : signature;
  const code = shown ? ['```ts', shown, '```'] : [];
  const parts = members.map((m) =>
    [wrap(`- \`${m.signature}\``), ...(m.about ? ['', wrap(m.about, '  ')] : [])].join('\n'),
  );
  return [`### ${name}`, ...code, wrap(about), parts.join('\n')]
    .filter(Boolean)
    .join('\n\n')
    .replace(/```ts\n\n/g, '```ts\n')
    .replace(/\n\n```(?=\n)/g, '\n```');
}

/**
 * The whole reference as Markdown. A declaration that several entries of the package export is
 * described at the first of them.
 */
export function reference() {
  const seen = new Map();
  const chapters = entries.map(([name, file]) => {
    const path = at('www', 'dist', `${file}.d.ts`);
    const all = [...exported(path).values()];
    const fresh = all.filter((e) => seen.get(e.name) !== e.about);
    const known = all.filter((e) => seen.get(e.name) === e.about).map((e) => `\`${e.name}\``);
    for (const e of all) seen.set(e.name, e.about);
    const also = known.length > 0 ? wrap(`Also here, as above: ${known.join(', ')}.`) : '';
    return [`## ${name}`, preface(at('www', 'ts', `${file}.ts`)), ...fresh.map(section), also]
      .filter(Boolean)
      .join('\n\n');
  });
  const head =
    '# The JavaScript API\n\nGenerated from the types by `npm run reference`. Do not edit it by hand.';
  return `${[head, ...chapters].join('\n\n')}\n`;
}

if (started(import.meta.url)) {
  await script(async () => {
    writeFileSync(at('docs', 'api.md'), reference());
    console.log('reference: wrote docs/api.md');
  });
}
