// Measures how time and memory of training grow with the history: simulates shops, trains on each,
// and prints one line of a table for each. Needs the release build of the program.
//
//   node benches/scale.mjs --folder /tmp/shops 120000 1200000
//
// The numbers are customers. The folder takes about 35 bytes for each purchase of the largest shop,
// and 400 with the model's files; each shop is removed after its line. `--memory` and `--threads`
// are those of `inseam train`.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const program = new URL('../target/release/inseam', import.meta.url).pathname;

const { values, positionals } = parseArgs({
  options: {
    folder: { type: 'string', default: tmpdir() },
    memory: { type: 'string' },
    threads: { type: 'string' },
    program: { type: 'string', default: program },
  },
  allowPositionals: true,
});

/** The seconds in the line of a step, like `training: ... (12.30 s)`. */
function seconds(log, step) {
  const line = log.split('\n').find((text) => text.startsWith(`${step}: `));
  return Number(/\(([\d.]+) s\)$/.exec(line)[1]);
}

/** Simulates a shop, trains on it, and returns the cells of its line. */
function measure(customers, folder) {
  const articles = Math.max(1000, Math.round(customers / 10));
  const shop = ['--customers', customers, '--articles', articles, '--format', 'parquet'];
  execFileSync(values.program, ['simulate', '--out', folder, '--quiet', ...shop].map(String));
  const options = Object.entries(values)
    .filter(([name]) => ['memory', 'threads'].includes(name))
    .flatMap(([name, value]) => [`--${name}`, value]);
  const train = ['train', join(folder, 'pipeline.toml'), ...options];
  const { status, stderr } = spawnSync(values.program, train, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const manifest = JSON.parse(readFileSync(join(folder, 'shop.manifest.json'), 'utf8'));
  const { result, resources } = manifest;
  return [
    result.purchases,
    customers,
    articles,
    seconds(stderr, 'reading'),
    seconds(stderr, 'training'),
    seconds(stderr, 'writing'),
    resources.cpu_seconds.toFixed(1),
    `${result.sweeps_over_a_sample} + ${result.sweeps}`,
    (resources.peak_memory_bytes / 1e6).toFixed(0),
    (resources.peak_memory_bytes / result.purchases).toFixed(0),
    (resources.bytes_written / 1e9).toFixed(2),
  ];
}

const columns = [
  'purchases',
  'customers',
  'articles',
  'reading, s',
  'training, s',
  'writing, s',
  'processor time, s',
  'sweeps over the sample + all',
  'peak memory, MB',
  'bytes per purchase',
  'written, GB',
];
console.log(`| ${columns.join(' | ')} |\n|${' ---: |'.repeat(columns.length)}`);
for (const customers of positionals.map(Number)) {
  const folder = mkdtempSync(join(values.folder, 'inseam-scale-'));
  try {
    console.log(`| ${measure(customers, folder).join(' | ')} |`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
