import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { at } from './repo.mjs';
import { ask, must, run, Stop } from './run.mjs';

const node = process.execPath;

test('run keeps the output of both streams and the exit status', async () => {
  const { code, output, missing } = await run(node, [
    '-e',
    'console.log("out"); console.error("err"); process.exit(3)',
  ]);
  assert.deepEqual([code, missing], [3, false]);
  assert.match(output, /out/);
  assert.match(output, /err/);
});

test('run reports a program that does not exist', async () => {
  assert.equal((await run('no-such-program-anywhere', [])).missing, true);
  assert.equal(await ask('no-such-program-anywhere', []), '');
});

test('run ends a program after its timeout', async () => {
  const { timedOut, code } = await run(node, ['-e', 'setInterval(() => {}, 1000)'], {
    timeout: 200,
  });
  assert.equal(timedOut, true);
  assert.notEqual(code, 0);
});

test('must throws the end of the output of a program that fails', async () => {
  await assert.rejects(
    must('Sawing', node, ['-e', 'console.log("the blade broke"); process.exit(9)']),
    (error) => {
      assert.ok(error instanceof Stop);
      assert.match(error.message, /^Sawing failed: .*exit status 9\)\nthe blade broke$/s);
      return true;
    },
  );
});

test('npm test lists its suites, and ends with status 2 if a suite does not exist', () => {
  const runner = (/** @type {string[]} */ ...args) =>
    spawnSync(node, [at('scripts', 'test.mjs'), ...args], { encoding: 'utf8' });
  const help = runner('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^ {2}browser +\S/m);
  const wrong = runner('coer');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /no suite named coer/);
});
