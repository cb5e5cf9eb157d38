// `npm start`: from a fresh clone to the demo shop in a browser. Every part that is up to date is
// skipped.
import { build } from './build.mjs';
import { demo } from './demo.mjs';
import { script } from './lib/run.mjs';
import { serveUntilStopped, wantedPort } from './serve.mjs';
import { setup } from './setup.mjs';

await script(async () => {
  wantedPort(); // A mistake in PORT should not show only after minutes of building.
  await setup(['rust', 'wasm', 'npm']);
  await demo();
  await build();
  await serveUntilStopped();
});
