/**
 * The package for Node, with the model as a file on disk:
 *
 * ```js
 * import { Inseam } from 'inseam/node';
 * const model = await Inseam.open('out/shop.inseam');
 * ```
 *
 * Everything else is as in `inseam`, which runs in Node too. The engine's bytes are part of the
 * JavaScript, so that server components and other bundled servers need no configuration.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { checkKeys, OPEN_OPTIONS } from './engine/queries.js';
import { inseamError } from './errors.js';
import { Inseam as PageInseam } from './index.js';
import { checkSignature } from './model/signature.js';
import { checkAddress } from './model/source.js';
import type { OpenOptions } from './types.js';

export { type ErrorName, InseamError } from './errors.js';
export { Shopper } from './model/shopper.js';
export type * from './types.js';

/**
 * An opened model: what a shop's articles, brands and size scales are like. It contains nothing
 * about any shopper.
 */
export class Inseam extends PageInseam {
  /**
   * Opens a model. A path or a `file:` URL is read from disk; any other URL is fetched, as `inseam`
   * does.
   *
   * @throws `InseamInput`, `InseamUnreachable`, `InseamDamaged` or `InseamUntrusted`
   */
  static override async open(file: string | URL, options: OpenOptions = {}): Promise<Inseam> {
    checkAddress(file);
    checkKeys(options, 'options', OPEN_OPTIONS);
    const remote = file instanceof URL ? file.protocol !== 'file:' : /^https?:/.test(file);
    if (remote) return super.open(file, options);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw inseamError('InseamUnreachable', `no model from ${file}: ${cause}`, cause);
    });
    if (options.keys) await checkSignature(await this.engine(), bytes, options.keys);
    return Inseam.fromBytes(bytes);
  }
}
