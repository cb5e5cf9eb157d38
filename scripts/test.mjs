// Runs the test suites: all of them with `npm test`, some of them with `npm test -- core cli`. If a
// suite fails, the others still run.
import { sentence, total } from './lib/counts.mjs';
import { Stop, script, seconds } from './lib/run.mjs';
import { suites } from './lib/suites.mjs';
import { everything, setup } from './setup.mjs';

const help = `Usage: npm test [-- SUITE...]

Runs the named suites; without a name, all of them, in this order:

${suites.map(({ name, about }) => `  ${name.padEnd(9)} ${about}`).join('\n')}

Before the suites run, the set-up installs what they need and is missing. The exit status is 0 if no
test failed, 1 if one failed, and 2 if a suite does not exist.`;

/** @param {import('./lib/suites.mjs').Suite} suite */
async function runSuite(suite) {
  console.log(`\n=== ${suite.name}: ${suite.about}`);
  const began = performance.now();
  let outcome;
  try {
    outcome = await suite.run();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    outcome = { passed: 0, failed: 1, skipped: 0, why: 'the suite could not run' };
  }
  const time = seconds(began);
  console.log(
    `--- ${suite.name}: ${sentence(outcome)}${outcome.why ? ` (${outcome.why})` : ''}, ${time}`,
  );
  return { name: suite.name, time, ...outcome };
}

await script(async () => {
  const names = process.argv.slice(2);
  if (names.some((name) => name === '--help' || name === '-h')) {
    console.log(help);
    return 0;
  }
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`There is no suite named ${unknown.join(', ')}.\n\n${help}`);
    return 2;
  }
  const chosen = names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
  const began = performance.now();
  await setup(names.length === 0 ? everything : chosen.flatMap(({ needs }) => needs));

  const results = [];
  for (const suite of chosen) results.push(await runSuite(suite));

  console.log(
    `\n${'suite'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}      time`,
  );
  for (const { name, passed, failed, skipped, time, why } of results) {
    const numbers = `${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}`;
    const mark = failed > 0 ? `  FAILED${why ? `: ${why}` : ''}` : '';
    console.log(`${name.padEnd(10)}${numbers}${time.padStart(13)}${mark}`);
  }
  const sum = total(results);
  console.log(`\nAll suites together took ${seconds(began)}.\n${sentence(sum)}`);
  return sum.failed > 0 ? 1 : 0;
});
