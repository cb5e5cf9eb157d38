// Inseam on the page: the engine as a separate file, the model by ranges, a shopper with a history.

/**
 * Loads everything and returns a function that gives the i-th advice. Adds to `marks` the time at
 * which each part but the last ends.
 * @param {number[]} marks
 */
export async function start(marks) {
  const slim = import('/dist/slim.js');
  const answer = await fetch('/dist/inseam.wasm');
  const bytes = await answer.arrayBuffer();
  const { Inseam, start } = await slim;
  marks.push(performance.now());
  await start(await WebAssembly.compile(bytes));
  marks.push(performance.now());
  const model = await Inseam.open('/shop/million.inseam');
  const shopper = model.shopper({ history: [{ article: 'A123', size: 'M', outcome: 'kept' }] });
  marks.push(performance.now());
  return async (/** @type {number} */ i) =>
    (await shopper.advise(`A${(i % 32) * 30_000}`)).outcomes.length;
}
