// `Inseam`, the public face of an opened model, without the engine's bytes: each entry of the
// package decides where these come from.

import { ModelQuery } from '../engine/protocol.js';
import { checkTexts } from '../engine/queries.js';
import { readQuestions } from '../engine/replies.js';
import { type Engine, startedEngine } from '../engine/wasm.js';
import { QueryWriter } from '../engine/wire.js';
import type {
  ArticleFacts,
  Measurement,
  OpenOptions,
  Question,
  Scale,
  ShopperDetails,
} from '../types.js';
import { OpenedModel } from './opened-model.js';
import { Shopper } from './shopper.js';
import { checkAddress } from './source.js';

/**
 * An opened model: what a shop's articles, brands and size scales are like. It contains nothing
 * about any shopper.
 */
export class Inseam {
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
  static async open(url: string | URL, { keys }: OpenOptions = {}): Promise<Inseam> {
    checkAddress(url);
    const href = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;
    return new this(await OpenedModel.open(this.engine(), href, keys));
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
  async load(articles: Iterable<string>): Promise<void> {
    await this.#opened.load([...articles]);
  }

  /**
   * Whether everything that the model contains about these articles is in memory; if not, {@link
   * load} fetches it.
   */
  has(...articles: string[]): boolean {
    return this.#opened.has(articles);
  }

  /**
   * Adds an article by its record, the text that `inseam record` prints. The article then needs no
   * request.
   *
   * @returns false, with nothing added, for a record that is damaged or of another model
   */
  addRecord(text: string): boolean {
    try {
      const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
      this.#opened.addRecord(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
      return true;
    } catch {
      return false;
    }
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
  article(id: string): ArticleFacts | undefined {
    return this.#opened.article(id);
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
    article: string,
    brands: readonly string[] = [],
  ): Promise<Question[]> {
    await this.#opened.loadFor([article], details);
    const query = new QueryWriter().number(ModelQuery.questions);
    this.#opened.writeHistoryAndBody(query, details);
    query.text(article).texts(checkTexts(brands, 'brands') ?? []);
    return readQuestions(this.#opened.ask(query));
  }
}
