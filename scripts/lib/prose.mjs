// Finds prose wider than the project's column: comments in code, and Markdown.

export const column = 100;

/** @typedef {{ line: number, text: string }} Wide */
/** @typedef {{ lines: number, wide: Wide[] }} Found `lines` counts all lines of prose */

const commentMarks = {
  rs: /^\s*(?:\/\/[/!]?|\*)/,
  ts: /^\s*(?:\/\/|\/?\*)/,
  css: /^\s*\/?\*/,
  py: /^\s*#/,
  toml: /^\s*#/,
};

/** @type {Record<string, RegExp>} */
export const marks = {
  ...commentMarks,
  js: commentMarks.ts,
  mjs: commentMarks.ts,
  sh: commentMarks.py,
};

/**
 * Whether a line could be broken at a blank before the column. Code in backticks stays whole.
 * @param {string} text
 * @param {RegExp} mark
 */
function breakable(text, mark) {
  const whole = text.replace(mark, '').trimStart();
  const prose = whole.replace(/`[^`]*`/g, (code) => code.replace(/\s/g, '_'));
  const room = column - (text.length - prose.length);
  return /\s/.test(prose.slice(0, room));
}

/**
 * The comment lines of a source file. Code inside a documentation example is no prose; a comment
 * behind code on the same line is.
 * @param {string} source
 * @param {RegExp} mark
 * @returns {Found}
 */
export function comments(source, mark) {
  /** @type {Wide[]} */
  const wide = [];
  let [lines, fenced] = [0, false];
  source.split('\n').forEach((text, index) => {
    const whole = mark.test(text);
    const behind = !whole && mark !== marks.py && /[;{},)]\s+\/\/ [^'"`]*$/.test(text);
    if (!whole && !behind) return;
    lines++;
    if (whole && /```/.test(text)) fenced = !fenced;
    if (text.length > column && !fenced && (behind || breakable(text, mark))) {
      wide.push({ line: index + 1, text });
    }
  });
  return { lines, wide };
}

/**
 * The lines of a Markdown file, without tables, code and lines that are one link or picture.
 * @param {string} source
 * @returns {Found}
 */
export function markdown(source) {
  /** @type {Wide[]} */
  const wide = [];
  let [lines, fenced] = [0, false];
  source.split('\n').forEach((text, index) => {
    if (/^\s*```/.test(text)) fenced = !fenced;
    const exempt = fenced || /^\s*(?:\||!?\[[^\]]*\](?:\(|:))/.test(text) || /^ {4}/.test(text);
    if (exempt || text.trim() === '') return;
    lines++;
    if (text.length > column && breakable(text, /^(?:\s*[-*>]\s)?/))
      wide.push({ line: index + 1, text });
  });
  return { lines, wide };
}
