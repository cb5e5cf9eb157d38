// Simulates a purchase history for the articles of the demo shop (www/demo) and trains the model
// that its pages use. No real person's data is needed.
import { at, programOf } from './lib/repo.mjs';
import { must, seconds } from './lib/run.mjs';
import { stamp } from './lib/stamp.mjs';

/**
 * How many customers to simulate. They buy each article about a thousand times, and training takes
 * a few seconds.
 */
const customers = '20000';

/**
 * Makes out/demo/shop.inseam if it is not up to date.
 * @param {object} [options]
 * @param {boolean} [options.release] whether to compile the program with optimisation. The tests
 *   have compiled it without; the model has the same bytes.
 * @param {(line: string) => void} [options.say] prints one line of progress
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
  const cargoArgs = release ? ['build', '--release'] : ['build'];
  say(`demo: compiling the program (cargo ${cargoArgs.join(' ')}) ...`);
  await must('Compiling the program', 'cargo', [
    ...cargoArgs,
    '--locked',
    '--quiet',
    '-p',
    'inseam-cli',
  ]);
  const program = programOf(release);
  say(`demo: compiled the program (${seconds(programBegan)})`);

  const began = performance.now();
  const catalogue = at('www', 'demo', 'catalogue.csv');
  const simulate = [
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
  await must('Simulating the demo history', program, [...simulate, '--quiet']);
  say(
    `demo: simulated the purchases of ${Number(customers).toLocaleString('en-GB')} customers (${seconds(began)})`,
  );

  const trainBegan = performance.now();
  await must('Training the demo model', program, ['train', at('model', 'demo.toml'), '--quiet']);
  work.write();
  say(`demo: trained the model out/demo/shop.inseam (${seconds(trainBegan)})`);
}
