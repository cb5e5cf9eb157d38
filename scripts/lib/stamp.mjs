// Skipping work whose inputs and outputs are as they were: both are known by a hash of their
// contents, so neither a checkout that touches every file nor a deleted output misleads it.
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
 * Every file below the given files and folders, in a fixed order; those that don't exist are left
 * out.
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
 * @param {string[]} paths files and folders
 * @param {string[]} [words] whatever else the result depends on: versions, commands
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
 * @param {string} name
 * @param {{ inputs: string[], outputs: string[], words?: string[] }} of
 */
export function stamp(name, { inputs, outputs, words = [] }) {
  const file = at('.tools', 'stamps', `${name}.json`);
  const before = hashOf(inputs, words);
  return {
    /** Is the work already done? */
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
    /** Call before the work, so that an interrupted run is not taken for a finished one. */
    clear() {
      rmSync(file, { force: true });
    },
    /**
     * Call after the work. The inputs are those read at the start: an edit made meanwhile means
     * work next time.
     */
    write() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ inputs: before, outputs: hashOf(outputs) }));
    },
  };
}
