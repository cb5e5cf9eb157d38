// Runs other programs: keeps their output, reports failures, and ends them if a script is
// interrupted.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './repo.mjs';

/** A failure that the message explains completely, so a script prints it without a stack trace. */
export class Stop extends Error {}

/**
 * The time since a moment, as text: "1.2 s", "34 s", "5 min 6 s".
 * @param {number} since an earlier `performance.now()`
 */
export function seconds(since) {
  const s = (performance.now() - since) / 1000;
  return s < 10
    ? `${s.toFixed(1)} s`
    : s < 100
      ? `${Math.round(s)} s`
      : `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {'quiet' | 'show'} [output] `show` prints the output as it comes; `quiet`, the default,
 *   only keeps it
 * @property {string} [log] a file that gets the output too
 * @property {number} [timeout] after so many milliseconds the program is ended
 */

/**
 * `code` is the exit status; `missing` is true if the program could not be started.
 * @typedef {{ code: number, output: string, missing: boolean, timedOut: boolean }} Result
 */

/**
 * The programs that are running. They end with this process.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGTERM');
});

/**
 * Runs a program to its end, without standard input. The promise never rejects.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Result>}
 */
export function run(
  command,
  args,
  { env = process.env, cwd = root, output = 'quiet', log, timeout } = {},
) {
  return new Promise((done) => {
    /** @type {Buffer[]} */
    const kept = [];
    /** @type {import('node:fs').WriteStream | undefined} */
    let file;
    if (log) {
      mkdirSync(dirname(log), { recursive: true });
      file = createWriteStream(log);
      file.on('error', () => {});
    }
    const child = spawn(command, args, {
      env,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    children.add(child);
    let timedOut = false;
    const expire = () => {
      timedOut = true;
      child.kill('SIGKILL');
    };
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout);
    let over = false;
    const finish = (/** @type {number} */ code, missing = false) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      children.delete(child);
      file?.end();
      done({ code, output: Buffer.concat(kept).toString('utf8'), missing, timedOut });
    };
    const take = (/** @type {NodeJS.WriteStream} */ to) => (/** @type {Buffer} */ bytes) => {
      kept.push(bytes);
      file?.write(bytes);
      if (output === 'show') to.write(bytes);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    child.on('error', (error) => {
      kept.push(Buffer.from(`${error.message}\n`));
      finish(127, true);
    });
    child.on('close', (code, signal) => finish(code ?? (signal ? 128 : 1)));
  });
}

/**
 * What a short command prints to standard output and error; '' if it fails or does not exist.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 */
export async function ask(command, args, options) {
  const { code, output } = await run(command, args, { timeout: 60_000, ...options });
  return code === 0 ? output.trim() : '';
}

/**
 * Runs a program; throws a `Stop` with the end of its output if it fails.
 * @param {string} what what the program does, for the message: "Compiling the program"
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 */
export async function must(what, command, args, options = {}) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const output = options.output === 'show' ? '' : `\n${tail(result.output)}`;
    throw new Stop(
      `${what} failed: ${command} ${args.join(' ')} (exit status ${result.code})${output}`,
    );
  }
  return result.output;
}

/**
 * The last lines of a text.
 * @param {string} text
 */
export const tail = (text, lines = 40) => text.trimEnd().split('\n').slice(-lines).join('\n');

/**
 * Whether Node was started with this module, rather than another module importing it.
 * @param {string} url its `import.meta.url`
 */
export function started(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/**
 * Runs a script's main function and sets the exit status. Of a `Stop` it prints the message, of any
 * other error the stack trace too.
 * @param {() => Promise<number | void>} main returns the exit status; nothing means 0
 */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
