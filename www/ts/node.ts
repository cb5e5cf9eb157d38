/**
 * The package under Node, with the model as a file on disk:
 *
 * ```js
 * import { Inseam } from 'inseam/node';
 * const model = await Inseam.open('out/shop.inseam');
 * ```
 *
 * Everything else is as in `inseam`, which runs under Node too; this entry reads the engine from
 * `inseam.wasm` beside it.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { failure } from './failure.js';
import { Inseam as Slim } from './model.js';
import { address, trust } from './source.js';
import type { OpenOptions } from './types.js';
import { type Engine, startEngine } from './wasm.js';

export type { ErrorName } from './failure.js';
export { Shopper } from './model.js';
export type * from './types.js';

/** An opened model: what is believed of a shop's articles. It knows nothing of any shopper. */
export class Inseam extends Slim {
  /** @internal */
  protected static override engine(): Promise<Engine> {
    return startEngine(() => readFile(new URL('./inseam.wasm', import.meta.url)));
  }

  /**
   * Opens a model: a path or a `file:` URL is read from disk, any other URL is fetched.
   *
   * @throws `InseamInput`, `InseamUnreachable`, `InseamDamaged` or `InseamUntrusted`
   */
  static override async open(file: string | URL, options: OpenOptions = {}): Promise<Inseam> {
    address(file);
    const remote = file instanceof URL ? file.protocol !== 'file:' : /^https?:/.test(file);
    if (remote) return super.open(file, options);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw failure('InseamUnreachable', `no model from ${file}: ${cause}`, cause);
    });
    if (options.keys) await trust(await this.engine(), bytes, options.keys);
    return Inseam.fromBytes(bytes);
  }
}
