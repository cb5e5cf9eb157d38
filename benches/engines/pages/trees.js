// LightGBM's trees on the page: JavaScript generated from the model, without a runtime.
import score from '/engines/trees.generated.js';

/** Loads everything and returns a function that gives the i-th advice, for seven sizes. */
export async function start() {
  const { rows } = await (await fetch('/engines/questions.json')).json();
  return async (/** @type {number} */ i) => rows.slice((i % 64) * 7, (i % 64) * 7 + 7).map(score);
}
