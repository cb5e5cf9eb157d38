// Draws the demo shop's purchase history over the articles of www/demo, and trains the model its
// pages show. The history is simulated, so the demo needs no data of anybody's.
import { at, programOf } from './lib/repo.mjs';
import { must, seconds } from './lib/run.mjs';
import { stamp } from './lib/stamp.mjs';

/** Enough that every article has been bought some thousand times; a few seconds of training. */
const customers = '20000';

/**
 * @param {{ release?: boolean, say?: (line: string) => void }} [options] With `release` the program is compiled to run
 *   fast; without, as the tests have compiled it already. The model's bytes are the same.
 */
export async function demo({ release = true, say = console.log } = {}) {
  const work = stamp('demo', {
    inputs: [
      'Cargo.toml',
      'Cargo.lock',
      'src',
      'cli',
      'crates',
      'model/demo.toml',
      'www/demo/catalogue.csv',
    ].map((path) => at(path)),
    outputs: [at('out', 'demo', 'shop.inseam')],
    words: [customers],
  });
  if (work.fresh()) {
    say('demo: the model is up to date');
    return;
  }
  work.clear();
  const programBegan = performance.now();
  const how = release ? ['build', '--release'] : ['build'];
  say(`demo: compiling the program (cargo ${how.join(' ')}) ...`);
  await must('Compiling the program', 'cargo', [...how, '--locked', '--quiet', '-p', 'inseam-cli']);
  const program = programOf(release);
  say(`demo: the program is compiled (${seconds(programBegan)})`);

  const began = performance.now();
  const catalogue = at('www', 'demo', 'catalogue.csv');
  const draw = [
    'simulate',
    '--out',
    at('out', 'demo'),
    '--catalogue',
    catalogue,
    '--customers',
    customers,
    '--seed',
    '1',
  ];
  await must('Drawing the demo history', program, [...draw, '--quiet']);
  say(
    `demo: a history of ${Number(customers).toLocaleString('en-GB')} customers is drawn (${seconds(began)})`,
  );

  const trainBegan = performance.now();
  await must('Training the demo model', program, ['train', at('model', 'demo.toml'), '--quiet']);
  work.write();
  say(`demo: the model is trained: out/demo/shop.inseam (${seconds(trainBegan)})`);
}
