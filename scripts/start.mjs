// `npm start`: sets up, builds and trains what the demo shop needs, then serves it. It skips every
// part that is up to date.
import { build } from './build.mjs';
import { demo } from './demo.mjs';
import { script } from './lib/run.mjs';
import { serveUntilStopped, wantedPort } from './serve.mjs';
import { setup } from './setup.mjs';

await script(async () => {
  wantedPort(); // Reports a mistake in PORT now, not after minutes of building.
  await setup(['rust', 'wasm', 'npm']);
  await demo();
  await build();
  await serveUntilStopped();
});
