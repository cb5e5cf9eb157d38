// Prints what a page downloads of the package: `npm run build && node benches/weight.mjs`.
import { kilobytes } from '../scripts/build.mjs';
import { script } from '../scripts/lib/run.mjs';
import { visitBudget, weights } from '../scripts/lib/weight.mjs';

await script(async () => {
  const rows = Object.entries(weights());
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log('bytes after brotli, each file for itself');
  for (const [name, bytes] of rows)
    console.log(`${name.padEnd(width)}  ${String(bytes).padStart(6)}  ${kilobytes(bytes)}`);
  console.log(`the budget of a first visit is ${kilobytes(visitBudget)}`);
});
