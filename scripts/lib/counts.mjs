// How many tests passed, failed and were skipped, read from what the test programs print at their
// end.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Removes colours and other terminal sequences. @param {string} text */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is searched for
const plain = (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');

/** @returns {Counts} */
export const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * The sum over every "test result:" line of `cargo test`: documentation examples are run by it.
 * @param {string} output
 */
export function cargoCounts(output) {
  const sum = none();
  const line = /^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored;/gm;
  for (const [, passed, failed, ignored] of plain(output).matchAll(line)) {
    sum.passed += Number(passed);
    sum.failed += Number(failed);
    sum.skipped += Number(ignored);
  }
  return sum;
}

/**
 * The counts in the summary of `cargo nextest run`.
 * @param {string} output
 */
export function nextestCounts(output) {
  const summary = [...plain(output).matchAll(/^\s*Summary \[.*?\] (.*)$/gm)].at(-1)?.[1] ?? '';
  const count = (/** @type {string} */ word) =>
    Number(new RegExp(`(\\d+) ${word}\\b`).exec(summary)?.[1] ?? 0);
  return {
    passed: count('passed'),
    failed: count('failed') + count('exec failed') + count('timed out'),
    skipped: count('skipped'),
  };
}

/**
 * The closing counts of `node --test`, as its spec or TAP reporter prints them. A file in which no
 * test ran is reported by Node as one passed test named after the file; here it is a failure.
 * @param {string} output
 */
export function nodeCounts(output) {
  const text = plain(output);
  const last = (/** @type {string} */ word) => {
    const all = [...text.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'))];
    return Number(all.at(-1)?.[1] ?? 0);
  };
  const empty = [...text.matchAll(/^(?:✔ |ok \d+ - )\S*\.test\.m?js(?: \([\d.]+ms\))?$/gm)].length;
  return {
    passed: last('pass') - empty,
    failed: last('fail') + last('cancelled') + empty,
    skipped: last('skipped') + last('todo'),
  };
}

/**
 * What a suite's run comes to: a program that fails without saying which test failed counts as one
 * failure, and so does a suite in which nothing ran.
 * @param {Counts} counts
 * @param {number} code the program's exit status
 * @returns {Counts & { why?: string }}
 */
export function verdict(counts, code) {
  if (counts.failed === 0 && code !== 0)
    return { ...counts, failed: 1, why: `ended with exit status ${code}` };
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, why: 'no test ran' };
  return counts;
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function total(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    none(),
  );
}

/** @param {Counts} counts */
export const sentence = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
