/**
 * The package with its engine and all reading of files in a worker, so that the page's own thread
 * stays free: for pages that advise on many articles, or that run on slow phones.
 *
 * ```js
 * import { Inseam } from 'inseam/worker';
 * const model = await Inseam.open('/fit/shop.json');
 * const shopper = model.shopper({ history: [{ article: 'SKU-7', size: 'M', outcome: 'kept' }] });
 * const advice = await shopper.advise('SKU-123', { inStock: ['S', 'M', 'L'] });
 * ```
 *
 * The methods are those of `inseam`, and every one that computes returns a promise. All pages of an
 * origin share one worker where the browser has shared workers; else each page has its own. Where
 * workers are refused, the page's own thread answers. A Content-Security-Policy needs
 * `worker-src 'self'`, and the worker's script the same `script-src` as the page.
 *
 * Vite, webpack, Rollup and pages without a build step find the worker's script by themselves.
 * esbuild does not: copy `worker-host.js` of the package beside the bundle.
 *
 * @module
 */
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Influence,
  Measurement,
  OpenOptions,
  Persona,
  Question,
  Ranked,
  Scale,
  ShopperDetails,
  SizeBelief,
} from './types.js';
import type { About, ModelAddress, ModelMethod, ShopperMethod } from './worker/calls.js';
import { send } from './worker/line.js';

export { type ErrorName, InseamError } from './errors.js';
export type * from './types.js';

/** A model that a worker has opened: see `Inseam` of the entry `inseam`. */
export class Inseam {
  /** See `name` of `Inseam` in the entry `inseam`. */
  readonly name: string;
  /** Names of the fit groups. */
  readonly groups: string[];
  /** The body measurements that the model can use. */
  readonly measurements: Measurement[];
  readonly #address: ModelAddress;

  /** Use {@link Inseam.open}. */
  private constructor(address: ModelAddress, { name, groups, measurements }: About) {
    this.#address = address;
    this.name = name;
    this.groups = groups;
    this.measurements = measurements;
  }

  /**
   * Opens the model at an address.
   *
   * @throws as `Inseam.open` of the entry `inseam`
   */
  static async open(url: string | URL, options: Omit<OpenOptions, 'signal'> = {}): Promise<Inseam> {
    // A worker has an address of its own.
    const { href } = new URL(url, document.baseURI);
    const address = { url: href, options };
    return new Inseam(address, (await send({ ...address, method: 'about' })) as About);
  }

  /** Loads articles. */
  async load(articles: readonly (string | number)[]): Promise<void> {
    await this.#ask('load', articles);
  }

  /** What the model knows about an article that is loaded. */
  async article(id: string | number): Promise<ArticleFacts | undefined> {
    return (await this.#ask('article', id)) as ArticleFacts | undefined;
  }

  /** The size scales of a fit group. */
  async scales(group: string): Promise<Scale[]> {
    return (await this.#ask('scales', group)) as Scale[];
  }

  /** The questions that would help to advise a shopper on an article. */
  async questions(
    details: ShopperDetails,
    article: string | number,
    brands: readonly string[] = [],
  ): Promise<Question[]> {
    return (await this.#ask('questions', details, article, brands)) as Question[];
  }

  /** Makes a shopper with this history, body and preference. */
  shopper(details: ShopperDetails = {}): Shopper {
    return new Shopper(this.#address, details);
  }

  #ask(method: ModelMethod, ...args: unknown[]): Promise<unknown> {
    return send({ ...this.#address, method, args });
  }
}

/** One shopper, as a worker computes with them: see `Shopper` of the entry `inseam`. */
export class Shopper {
  readonly #address: ModelAddress;
  readonly #details: ShopperDetails;

  /** Use {@link Inseam.shopper}. */
  constructor(address: object, details: ShopperDetails) {
    this.#address = address as ModelAddress;
    this.#details = details;
  }

  /** Advises a size of an article. */
  async advise(
    article: string | number,
    options: Omit<AdviseOptions, 'signal'> = {},
  ): Promise<Advice> {
    return (await this.#ask('advise', article, options)) as Advice;
  }

  /** Ranks articles by the chance that the size advised in each fits, best first. */
  async rank(
    articles: readonly (
      | string
      | number
      | { article: string | number; inStock?: readonly string[] }
    )[],
  ): Promise<Ranked[]> {
    return (await this.#ask('rank', articles)) as Ranked[];
  }

  /** What the advice on an article is based on. */
  async explain(
    article: string | number,
    options: Omit<AdviseOptions, 'signal'> = {},
  ): Promise<Influence[]> {
    return (await this.#ask('explain', article, options)) as Influence[];
  }

  /** The personas that the account buys for. */
  async personas(): Promise<Persona[]> {
    return (await this.#ask('personas')) as Persona[];
  }

  /** The belief about the shopper's size in a fit group. */
  async belief(group: string): Promise<SizeBelief | undefined> {
    return (await this.#ask('belief', group)) as SizeBelief | undefined;
  }

  #ask(method: ShopperMethod, ...args: unknown[]): Promise<unknown> {
    return send({ ...this.#address, method, args, details: this.#details });
  }
}
