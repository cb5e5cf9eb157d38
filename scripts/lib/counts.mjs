// Reads from the output of test programs how many tests passed, failed and were skipped.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The text without colours and other terminal sequences.
 * @param {string} text
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this searches for the escape character
const plain = (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');

/**
 * Counts of 0.
 * @returns {Counts}
 */
export const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * The sum of all "test result:" lines of `cargo test`, which runs the documentation examples.
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
 * The counts at the end of the output of `node --test`, from its spec or TAP reporter. Node reports
 * a file without tests as one passed test with the file's name; this function counts it as failed.
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
 * The result of a suite. A program that fails without naming a failed test counts as one failure,
 * and so does a suite in which no test ran.
 * @param {Counts} counts
 * @param {number} code the program's exit status
 * @returns {Counts & { why?: string }}
 */
export function verdict(counts, code) {
  if (counts.failed === 0 && code !== 0)
    return { ...counts, failed: 1, why: `the program ended with exit status ${code}` };
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, why: 'no test ran' };
  return counts;
}

/**
 * The sum of counts.
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

/**
 * The counts as a phrase: "1 passed, 2 failed, 3 skipped".
 * @param {Counts} counts
 */
export const sentence = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
