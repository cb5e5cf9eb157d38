// Takes the pictures of the element that the browser tests compare with: `npm run approve`. Look at
// the changed pictures before you commit them.
import { mkdirSync } from 'node:fs';
import { build } from './build.mjs';
import { at, toolEnv } from './lib/repo.mjs';
import { must, script, started } from './lib/run.mjs';
import { chromiumPath, setup } from './setup.mjs';

if (started(import.meta.url)) {
  await script(async () => {
    await setup(['rust', 'wasm', 'npm', 'chromium']);
    await build();
    mkdirSync(at('tests', 'browser', 'pictures'), { recursive: true });
    const env = toolEnv({ APPROVE: '1', CHROMIUM: chromiumPath() });
    const tests = ['--test', at('tests', 'browser', 'pictures.test.mjs')];
    await must('Taking the pictures', process.execPath, tests, { env });
    console.log(
      'approve: the pictures in tests/browser/pictures now show the current element; git diff lists the changes',
    );
  });
}
