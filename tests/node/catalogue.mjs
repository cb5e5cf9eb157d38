// Models of shops of any size, written by examples/catalogue.rs and kept until they are gone.
import { existsSync, readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/repo.mjs';
import { must } from '../../scripts/lib/run.mjs';

/** The bytes of a model of so many articles, with ids A0, A1 ... @param {number} articles */
export async function catalogue(articles) {
  const file = at('target', 'catalogue', `${articles}.inseam`);
  if (!existsSync(file)) {
    const args = ['run', '--quiet', '--release', '--example', 'catalogue', '--', String(articles), file];
    await must(`Writing a model of ${articles} articles`, 'cargo', args, { cwd: at() });
  }
  return readFileSync(file);
}
