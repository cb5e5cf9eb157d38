/**
 * Size advice in the shopper's own browser.
 *
 * ```js
 * import { Inseam } from 'inseam';
 * const model = await Inseam.open('/fit/shop.json');
 * const shopper = model.shopper({ history: [{ article: 'SKU-7', size: 'M', outcome: 'kept' }] });
 * const advice = await shopper.advise('SKU-123', { inStock: ['S', 'M', 'L'] });
 * ```
 *
 * The engine's bytes are part of this entry's JavaScript and are loaded with the first model, so
 * every bundler, worker and server can use the package without configuration. To serve them as a
 * file, use `inseam/slim`. Importing the package does nothing by itself. It throws
 * {@link InseamError}s.
 *
 * Sizes lie on an axis measured in steps. One step is one European size: 4 cm of bust or chest in
 * clothing, two thirds of a centimetre in footwear. Chances are numbers from 0 to 1.
 *
 * The engine records its work as User Timing measures, in pages, workers and Node: `inseam:open`
 * (reading a model's head), `inseam:shopper` (computing the belief about a shopper) and
 * `inseam:advise` (advice on one article). They contain computing time alone; requests are in
 * Resource Timing. A `PerformanceObserver` for `measure` gets each of them; the timeline keeps the
 * last of each name, so it does not grow.
 *
 * @module
 */
import { type Engine, startEngine } from './engine/wasm.js';
import { Inseam as SlimInseam } from './model/model.js';
import { yieldToPage } from './yield.js';

export { type ErrorName, InseamError } from './errors.js';
export { Shopper } from './model/shopper.js';
export type * from './types.js';

/**
 * An opened model: what a shop's articles, brands and size scales are like. It contains nothing
 * about any shopper.
 */
export class Inseam extends SlimInseam {
  /** @internal */
  protected static override engine(): Promise<Engine> {
    return startEngine(async () => {
      const { inlineResponse } = await import('./engine/inline.js');
      return inlineResponse(yieldToPage);
    });
  }
}
