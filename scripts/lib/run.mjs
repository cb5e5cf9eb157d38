// Running other programs, and saying so.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './repo.mjs';

/** A failure whose message is all the reader needs: printed without a stack. */
export class Stop extends Error {}

/** @param {number} since a `performance.now()` */
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
 * @property {'quiet' | 'show'} [output] `show` passes the output on as it comes; `quiet` (the default) only keeps it
 * @property {string} [log] also written to this file
 * @property {number} [timeout] milliseconds, after which the program is ended
 */

/** @typedef {{ code: number, output: string, missing: boolean, timedOut: boolean }} Result */

/**
 * Children to end when we are interrupted.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGTERM');
});

/**
 * Runs a program to its end, with no standard input. Never rejects: a program that can't be started
 * has `missing` set.
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
 * The standard output and error of a short command, or '' where it fails or isn't there.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 */
export async function ask(command, args, options) {
  const { code, output } = await run(command, args, { timeout: 60_000, ...options });
  return code === 0 ? output.trim() : '';
}

/**
 * Runs a program whose failure ends the script: shows the end of its output.
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 */
export async function must(what, command, args, options = {}) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const told = options.output === 'show' ? '' : `\n${tail(result.output)}`;
    throw new Stop(
      `${what} failed: ${command} ${args.join(' ')} (exit status ${result.code})${told}`,
    );
  }
  return result.output;
}

/** @param {string} text */
export const tail = (text, lines = 40) => text.trimEnd().split('\n').slice(-lines).join('\n');

/**
 * Was this module started by name, not imported?
 * @param {string} url its `import.meta.url`
 */
export function started(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/**
 * Runs a script's main function: a `Stop` is told in its own words, anything else with its stack.
 * @param {() => Promise<number | void>} main
 */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
