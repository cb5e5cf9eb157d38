// Packs the package with `npm pack` and installs it among copies of the fixtures, so that the tests
// use exactly what a shop gets.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, npmCommand } from '../../scripts/lib/repo.mjs';
import { must, run } from '../../scripts/lib/run.mjs';

/** The folder with the copies of the fixtures. Their tools are in node_modules further up. */
export const yard = at('out', 'packaging');

/**
 * @returns {Promise<{ tarball: string, files: { path: string, size: number }[], size: number }>}
 */
export async function packed() {
  rmSync(yard, { recursive: true, force: true });
  mkdirSync(yard, { recursive: true });
  cpSync(at('tests', 'packaging', 'fixtures'), yard, { recursive: true });
  writeFileSync(
    join(yard, 'package.json'),
    JSON.stringify({ name: 'yard', private: true, type: 'module' }),
  );
  const npm = npmCommand('npm');
  const { code, output } = await run(
    npm,
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', yard],
    {
      cwd: at(),
    },
  );
  if (code !== 0) throw new Error(`npm pack failed:\n${output}`);
  const [{ filename, files, size }] = JSON.parse(output);
  await must(
    'Installing the package',
    npm,
    ['install', '--offline', '--ignore-scripts', `./${filename}`],
    {
      cwd: yard,
    },
  );
  return { tarball: join(yard, filename), files, size };
}

/** The manifest that a shop's tools read. */
export const manifest = () =>
  JSON.parse(readFileSync(join(yard, 'node_modules', 'inseam', 'package.json'), 'utf8'));
