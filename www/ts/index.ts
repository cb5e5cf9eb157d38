/**
 * Size advice in the shopper's own browser.
 *
 * ```js
 * import { Inseam } from 'inseam';
 * const model = await Inseam.open('/fit/shop.inseam');
 * const shopper = model.shopper({ history: [{ article: 'SKU-7', size: 'M', outcome: 'kept' }] });
 * const advice = await shopper.advise('SKU-123', { inStock: ['S', 'M', 'L'] });
 * ```
 *
 * The engine's bytes are in the package's own JavaScript and are loaded with the first model, so
 * that any bundler, worker or server can take it as it is. See `inseam/slim` to serve them as a
 * file. Importing does nothing by itself. Errors are `Error`s whose `name` is an {@link ErrorName}.
 *
 * @module
 */
import { breathe } from './breathe.js';
import { Inseam as Slim } from './model.js';
import { type Engine, startEngine } from './wasm.js';

export type { ErrorName } from './failure.js';
export { Shopper } from './model.js';
export type * from './types.js';

/** An opened model: what is believed of a shop's articles. It knows nothing of any shopper. */
export class Inseam extends Slim {
  /** @internal */
  protected static override engine(): Promise<Engine> {
    return startEngine(async () => {
      const { response } = await import('./inline.js');
      await breathe();
      return response();
    });
  }
}
