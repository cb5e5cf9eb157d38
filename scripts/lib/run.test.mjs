import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { at } from './repo.mjs';
import { ask, must, run, Stop } from './run.mjs';

const node = process.execPath;

test('the output of both streams and the exit status are kept', async () => {
  const { code, output, missing } = await run(node, [
    '-e',
    'console.log("out"); console.error("err"); process.exit(3)',
  ]);
  assert.deepEqual([code, missing], [3, false]);
  assert.match(output, /out/);
  assert.match(output, /err/);
});

test('a program that is not there is told from one that fails', async () => {
  assert.equal((await run('no-such-program-anywhere', [])).missing, true);
  assert.equal(await ask('no-such-program-anywhere', []), '');
});

test('a program that does not end is ended', async () => {
  const { timedOut, code } = await run(node, ['-e', 'setInterval(() => {}, 1000)'], {
    timeout: 200,
  });
  assert.equal(timedOut, true);
  assert.notEqual(code, 0);
});

test('a failure that stops everything shows the end of the output', async () => {
  await assert.rejects(
    must('Sawing', node, ['-e', 'console.log("the blade broke"); process.exit(9)']),
    (error) => {
      assert.ok(error instanceof Stop);
      assert.match(error.message, /^Sawing failed: .*exit status 9\)\nthe blade broke$/s);
      return true;
    },
  );
});

test('npm test explains itself, and knows a wrong name from a failure', () => {
  const runner = (/** @type {string[]} */ ...args) =>
    spawnSync(node, [at('scripts', 'test.mjs'), ...args], { encoding: 'utf8' });
  const help = runner('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^ {2}browser +\S/m);
  const wrong = runner('coer');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /no suite coer/);
});
