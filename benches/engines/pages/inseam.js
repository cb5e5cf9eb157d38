// Inseam: the engine as a file of its own, the model by ranges, a shopper of 20 purchases.
export const name = 'inseam';
export const parts = ['fetch', 'compile', 'open', 'advise'];

/** Ready to advise: a function of the number of an advice; with the time at the end of each part but the last. */
export async function start(/** @type {number[]} */ marks) {
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
