// `npm run layers`: the layers of every Rust crate, and its import cycles, which are errors. At
// every level, the modules of a folder must be sortable so that each imports from lower ones only.
import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { components, siblings } from './lib/cycles.mjs';
import { at, root } from './lib/repo.mjs';
import { script } from './lib/run.mjs';
import { imports, readModules } from './lib/rust-modules.mjs';

const crates = [
  'src',
  ...readdirSync(at('crates')).map((name) => `crates/${name}/src`),
  'cli/src',
  'www/src',
];

/** What a mod.rs may not have: it only names and re-exports. */
const definition =
  /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+|unsafe\s+|const\s+)*(?:fn|struct|enum|trait|impl|type|static|const)\b/m;

/** @param {string} folder */
function check(folder) {
  const modules = readModules(at(...folder.split('/')));
  const edges = imports(modules);
  const problems = components(edges).cycles.map((cycle) => `import cycle: ${cycle.join(' <-> ')}`);
  const folders = [...modules.keys()].filter((path) =>
    [...modules.keys()].some((other) => other.startsWith(path === '' ? '' : `${path}::`)),
  );
  for (const parent of folders) {
    const { cycles, order } = components(siblings(edges, parent));
    const name = parent === '' ? folder : `${folder}, ${parent}`;
    for (const cycle of cycles) problems.push(`import cycle in ${name}: ${cycle.join(' <-> ')}`);
    if (order.length > 1)
      console.log(`${name}: ${order.map((group) => group.join('+')).join(' < ')}`);
  }
  for (const { file, code } of modules.values()) {
    if (/[\\/]mod\.rs$/.test(file) && definition.test(code)) {
      problems.push(`${relative(root, file)}: a mod.rs only names modules and re-exports items`);
    }
  }
  return problems.map((problem) => `${folder}: ${problem}`);
}

await script(async () => {
  const problems = crates.flatMap(check);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'no import cycles' : `${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
});
