// The npm package's answers to the golden cases, in the form of cases.json. The function is also
// sent to a page as text, so it uses nothing outside itself.

/**
 * @param {typeof import('inseam').Inseam} Inseam
 * @param {Uint8Array} bytes
 * @param {any[]} cases
 */
export async function answers(Inseam, bytes, cases) {
  /** @param {number} x */
  const bits = (x) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    return view.getBigUint64(0).toString(16).padStart(16, '0');
  };
  const model = await Inseam.fromBytes(bytes);
  const found = [];
  for (const { history, body, preference, articles } of cases) {
    const shopper = model.shopper({ history, body, preference });
    /** @type {Record<string, string>} */
    const beliefs = {};
    for (const group of model.groups) {
      const { mean, sd } = shopper.belief(group) ?? { mean: Number.NaN, sd: Number.NaN };
      beliefs[group] = `${bits(mean)} ${bits(sd)}`;
    }
    /** @type {Record<string, unknown>} */
    const advice = {};
    for (const id of articles) {
      const { size, status, outcomes } = await shopper.advise(id);
      const lines = outcomes.map(
        (o) => `${o.size}: ${[o.tooSmall, o.fits, o.tooLarge, o.chosen].map(bits).join(' ')}`,
      );
      advice[id] = { size, status, outcomes: lines };
    }
    found.push({ ignored: shopper.ignored, beliefs, advice });
  }
  return found;
}
