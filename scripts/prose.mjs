// `npm run prose`: prose in comments and Markdown is wrapped at column 100.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { comments, markdown, marks } from './lib/prose.mjs';
import { at } from './lib/repo.mjs';
import { ask, script } from './lib/run.mjs';

/** Files that others write, or that are kept as they came. */
const foreign = /^(?:package-lock\.json|model\/fixtures\/|tests\/fixtures\/|fuzz\/corpus\/)/;

await script(async () => {
  const files = (await ask('git', ['ls-files'])).split('\n').filter((name) => !foreign.test(name));
  let [lines, wide] = [0, 0];
  for (const name of files) {
    const ending = extname(name).slice(1);
    const mark = marks[ending];
    if (!mark && ending !== 'md') continue;
    const source = readFileSync(at(name), 'utf8');
    const found = mark ? comments(source, mark) : markdown(source);
    lines += found.lines;
    wide += found.wide.length;
    for (const { line, text } of found.wide) {
      console.error(`${name}:${line}: ${text.length} columns: ${text.trim().slice(0, 60)}...`);
    }
  }
  console.log(`${wide} of ${lines} lines of prose are wider than 100 columns`);
  return lines === 0 || wide > 0 ? 1 : 0;
});
