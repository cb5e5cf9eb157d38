// Lets a script skip a step if the step's inputs and outputs have not changed since it last ran. It
// compares hashes of their contents, because git sets the times of all files anew at each checkout.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { at, root } from './repo.mjs';

/**
 * The given files and all files below the given folders, in a fixed order. Paths that do not exist
 * are left out.
 * @param {string[]} paths
 * @returns {string[]}
 */
export function filesUnder(paths) {
  return paths.flatMap((path) => {
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [path];
    return filesUnder(
      readdirSync(path)
        .sort()
        .map((name) => join(path, name)),
    );
  });
}

/**
 * The hash of the names and contents of files.
 * @param {string[]} paths files and folders
 * @param {string[]} [words] other strings to hash, such as versions of tools and their options
 */
export function hashOf(paths, words = []) {
  const hash = createHash('sha256');
  const add = (/** @type {string | Buffer} */ part) =>
    hash.update(`${Buffer.byteLength(part)}\n`).update(part);
  for (const word of words) add(word);
  for (const file of filesUnder(paths)) {
    add(relative(root, file));
    add(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * The record of a step's last run, in `.tools/stamps`.
 * @param {string} name
 * @param {object} step
 * @param {string[]} step.inputs files and folders that the step reads
 * @param {string[]} step.outputs files and folders that the step writes
 * @param {string[]} [step.words] other strings that the outputs depend on, such as tool versions
 */
export function stamp(name, { inputs, outputs, words = [] }) {
  const file = at('.tools', 'stamps', `${name}.json`);
  const before = hashOf(inputs, words);
  return {
    /** Whether the outputs are up to date. */
    fresh() {
      try {
        const kept = JSON.parse(readFileSync(file, 'utf8'));
        return (
          kept.inputs === before &&
          outputs.every((path) => existsSync(path)) &&
          kept.outputs === hashOf(outputs)
        );
      } catch {
        return false;
      }
    },
    /** Call this before the step, so that an interrupted run does not count as finished. */
    clear() {
      rmSync(file, { force: true });
    },
    /**
     * Call this after the step. It records the inputs as they were when `stamp` was called, so an
     * edit during the step makes the step run again next time.
     */
    write() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ inputs: before, outputs: hashOf(outputs) }));
    },
  };
}
