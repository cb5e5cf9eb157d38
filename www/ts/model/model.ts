/// <reference lib="esnext.disposable" preserve="true" />
// `Inseam`, the public face of an opened model, without the engine's bytes: each entry of the
// package decides where these come from.

import { articleId, checkDetails, checkKeys, checkTexts, OPEN_OPTIONS } from '../engine/queries.js';
import { type Engine, startedEngine } from '../engine/wasm.js';
import type {
  ArticleFacts,
  Measurement,
  OpenOptions,
  Question,
  Scale,
  ShopperDetails,
} from '../types.js';
import { closeWithUsing, orAborted } from './lifetime.js';
import { OpenedModel } from './opened-model.js';
import { Shopper } from './shopper.js';
import { checkAddress } from './source.js';

/**
 * An opened model: what a shop's articles, brands and size scales are like. It contains nothing
 * about any shopper.
 */
export class Inseam {
  /** {@link close}, for `using`. */
  declare [Symbol.dispose]: () => void;
  readonly #opened: OpenedModel;

  /** Use {@link Inseam.open} or {@link Inseam.fromBytes}. */
  protected constructor(opened: object) {
    this.#opened = opened as OpenedModel;
  }

  /**
   * The engine that models are opened with.
   *
   * @internal
   */
  protected static engine(): Promise<Engine> {
    return startedEngine();
  }

  /**
   * Opens the model at an address, which can be of
   *
   * - a model's file: only its head is fetched, and parts of the rest when they are needed, if the
   *   server supports range requests;
   * - a folder of a model's parts: the address ends in `/`;
   * - a pointer to either: a JSON file such as `{ "model": "shop-<name>.inseam" }`.
   *
   * @throws `InseamUnreachable`, `InseamDamaged`, `InseamUntrusted` or `InseamUnsupported`
   */
  static async open(url: string | URL, options: OpenOptions = {}): Promise<Inseam> {
    checkAddress(url);
    checkKeys(options, 'options', OPEN_OPTIONS);
    options.signal?.throwIfAborted();
    const href = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;
    const opened = OpenedModel.open(this.engine(), href, options);
    return new this(await orAborted(opened, options.signal));
  }

  /**
   * Opens a model from the bytes of its whole file.
   *
   * @throws `InseamDamaged` or `InseamUnsupported`
   */
  static async fromBytes(bytes: Uint8Array | ArrayBuffer): Promise<Inseam> {
    const engine = await this.engine();
    const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
    return new this(OpenedModel.fromBytes(engine, all));
  }

  /**
   * The model's name: a digest of the whole file, 32 hexadecimal digits. Every training gives
   * another.
   */
  get name(): string {
    return this.#opened.about.name;
  }

  /**
   * Increases whenever the model has loaded more articles. Advice given at an earlier version may
   * have changed.
   */
  get version(): number {
    return this.#opened.version;
  }

  /**
   * Loads articles, so that {@link article} knows them. Advice does this by itself. Each block of
   * the file that is not in memory yet takes one request. If the file has changed since it was
   * opened, it is opened again.
   *
   * @throws as {@link open}
   */
  async load(articles: Iterable<string | number>): Promise<void> {
    await this.#opened.load(Array.from(articles, articleId));
  }

  /**
   * Whether everything that the model contains about these articles is in memory; if not, {@link
   * load} fetches it.
   */
  has(...articles: (string | number)[]): boolean {
    return this.#opened.has(articles.map(articleId));
  }

  /**
   * Adds an article by its record, the text that `inseam record` prints. The article then needs no
   * request.
   *
   * @returns false, with nothing added, for a record that is damaged or of another model
   */
  addRecord(text: string): boolean {
    return this.#opened.addRecord(text);
  }

  /**
   * Loads an article and what a shopper's purchases need. A purchase's article comes from its
   * record, if it has one; otherwise it is requested together with others, so that the server can't
   * tell which one was bought (see docs/privacy.md). Advice does this by itself.
   *
   * @throws as {@link load}
   */
  async loadFor(article: string | number, details: ShopperDetails): Promise<void> {
    await this.#opened.loadFor([articleId(article)], details);
  }

  /**
   * Finds the sizes of an article in texts as shops write them: `EU 36`, `36 / Black`, `Medium`.
   * The returned function gives the article's own label; undefined for a text that names none of
   * its sizes, or several.
   */
  sizeFinder(article: string | number): (text: string) => string | undefined {
    return this.#opened.sizeFinder(articleId(article));
  }

  /**
   * Names of the fit groups: the kinds of garment that have a size axis of their own, such as
   * `dresses` or `shoes`.
   */
  get groups(): string[] {
    return this.#opened.about.groups;
  }

  /** The body measurements that the model can use. */
  get measurements(): Measurement[] {
    return this.#opened.about.measurements;
  }

  /**
   * What the model knows about an article; undefined for one that it does not know, or that is not
   * {@link load}ed.
   */
  article(id: string | number): ArticleFacts | undefined {
    return this.#opened.article(articleId(id));
  }

  /** The size scales of a fit group; none for a group that the model does not have. */
  scales(group: string): Scale[] {
    return this.#opened.scales(group);
  }

  /**
   * Makes a shopper with this history, body and preference. It takes well under a millisecond: when
   * the details change, make another.
   *
   * @throws `InseamInput`
   */
  shopper(details: ShopperDetails = {}): Shopper {
    checkDetails(details);
    return new Shopper(this.#opened, details);
  }

  /**
   * The questions that would help to advise a shopper on an article, the most informative first:
   * each measurement that the details lack, and the usual size in each of these brands. None for an
   * article that the model does not know.
   *
   * @param brands brands that the shopper may know; those that the model does not know are allowed
   * @throws `InseamInput`, or as {@link open} where parts of the model have to be loaded
   */
  async questions(
    details: ShopperDetails,
    article: string | number,
    brands: readonly string[] = [],
  ): Promise<Question[]> {
    checkDetails(details);
    const id = articleId(article);
    await this.#opened.loadFor([id], details);
    const { questions } = await import('./explain.js');
    return questions(this.#opened, details, id, checkTexts(brands, 'brands') ?? []);
  }

  /**
   * Frees the memory that the model takes, for pages and workers that stay open. The model and its
   * shoppers can't be used afterwards. `using model = await Inseam.open(...)` does this by itself.
   */
  close(): void {
    this.#opened.close();
  }
}

closeWithUsing(Inseam);
