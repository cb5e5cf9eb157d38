import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cargoCounts, nextestCounts, nodeCounts, sentence, total, verdict } from './counts.mjs';

test('cargoCounts adds up the counts of all test programs', () => {
  const output = `
running 2 tests
test a ... ok
test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 9 filtered out; finished in 0.00s
a line about test result: ok. 100 passed; 100 failed; 100 ignored;`;
  assert.deepEqual(cargoCounts(output), { passed: 17, failed: 3, skipped: 3 });
  assert.deepEqual(cargoCounts('error[E0425]: cannot find value'), {
    passed: 0,
    failed: 0,
    skipped: 0,
  });
});

test('cargoCounts reads coloured output', () => {
  const output = 'test result: \u001b[32mok\u001b[0m. 7 passed; 0 failed; 0 ignored; 0 measured';
  assert.equal(cargoCounts(output).passed, 7);
});

/** Runs `node --test` on a file with the given contents, and reads the counts. */
function runNode(/** @type {string} */ contents, /** @type {string} */ reporter) {
  const folder = mkdtempSync(join(tmpdir(), 'inseam-counts-'));
  try {
    const file = join(folder, 'it.test.mjs');
    writeFileSync(file, contents);
    // Node sets this variable inside a test. It makes a nested runner report to the outer one.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--test', `--test-reporter=${reporter}`, file],
      {
        encoding: 'utf8',
        env,
      },
    );
    return verdict(nodeCounts(stdout), status ?? 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const reporter of ['spec', 'tap']) {
  test(`nodeCounts reads the output of the ${reporter} reporter`, () => {
    const contents = `import { test } from 'node:test';
      test('one', () => {});
      test('two', () => {});
      test('three', () => { throw new Error('no'); });
      test.skip('four', () => {});`;
    assert.deepEqual(runNode(contents, reporter), { passed: 2, failed: 1, skipped: 1 });
  });

  test(`a file without tests counts as failed with the ${reporter} reporter`, () => {
    const { passed, failed } = runNode('export const nothing = 1;', reporter);
    assert.equal(passed, 0);
    assert.ok(failed > 0);
  });

  test(`a file that Node cannot load counts as failed with the ${reporter} reporter`, () => {
    const { passed, failed } = runNode("import './absent.mjs';", reporter);
    assert.equal(passed, 0);
    assert.ok(failed > 0);
  });
}

test('nextestCounts reads the summary only', () => {
  const output = `
        PASS [   0.012s] inseam math::normal::tests::a_line_with 7 passed, 7 failed
     Summary [  61.053s] 14 tests run: 11 passed (2 slow), 2 failed, 1 timed out, 3 skipped
        FAIL [   0.003s] inseam math::normal::tests::b`;
  assert.deepEqual(nextestCounts(output), { passed: 11, failed: 3, skipped: 3 });
  assert.deepEqual(
    nextestCounts(
      '\u001b[32m     Summary\u001b[0m [   0.1s] 5 tests run: \u001b[1m5\u001b[0m passed, 0 skipped',
    ),
    {
      passed: 5,
      failed: 0,
      skipped: 0,
    },
  );
  assert.deepEqual(nextestCounts('error: no tests to run'), { passed: 0, failed: 0, skipped: 0 });
});

test('a suite in which no test ran counts as failed', () => {
  assert.equal(verdict({ passed: 0, failed: 0, skipped: 0 }, 0).failed, 1);
  assert.equal(verdict({ passed: 0, failed: 0, skipped: 4 }, 0).failed, 1);
});

test('a program that fails without naming a test counts as a failure', () => {
  assert.equal(verdict({ passed: 8, failed: 0, skipped: 0 }, 101).failed, 1);
  assert.equal(verdict({ passed: 8, failed: 2, skipped: 0 }, 101).failed, 2);
  assert.deepEqual(verdict({ passed: 8, failed: 0, skipped: 0 }, 0), {
    passed: 8,
    failed: 0,
    skipped: 0,
  });
});

test('the last line of npm test sums up all suites', () => {
  const sum = total([
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ]);
  assert.equal(sentence(sum), '11 passed, 22 failed, 33 skipped');
});
