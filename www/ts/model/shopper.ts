/// <reference lib="esnext.disposable" preserve="true" />
// `Shopper`: one shopper as the model sees them. It gives the advice.
import type { Shopper as EngineShopper } from '../../pkg/inseam_www.js';
import { ShopperQuery } from '../engine/protocol.js';
import {
  ADVISE_OPTIONS,
  articleId,
  checkKeys,
  writeOptions,
  writeSizes,
} from '../engine/queries.js';
import { readAdvice, readPersonas, readPick, readSizeBelief } from '../engine/replies.js';
import { answered } from '../engine/wasm.js';
import { QueryWriter, ReplyReader } from '../engine/wire.js';
import type {
  Advice,
  AdviseOptions,
  Influence,
  Omission,
  Persona,
  Ranked,
  ShopperDetails,
  SizeBelief,
} from '../types.js';
import { closeWithUsing, orAborted } from './lifetime.js';
import type { OpenedModel } from './opened-model.js';
import type { RankEntry } from './rank.js';

const shopperQuery = (query: ShopperQuery): QueryWriter => new QueryWriter().number(query);

/** One shopper: the model's belief about their size, given what is known about them. */
export class Shopper {
  /** {@link close}, for `using`. */
  declare [Symbol.dispose]: () => void;
  readonly #model: OpenedModel;
  readonly #details: ShopperDetails;
  #shopper: EngineShopper;
  /** The model's version that `#shopper` was computed with. */
  #version: number;

  /** Use {@link Inseam.shopper}. */
  constructor(model: object, details: ShopperDetails) {
    this.#model = model as OpenedModel;
    this.#details = details;
    this.#version = this.#model.version;
    this.#shopper = this.#model.shopper(details);
  }

  /**
   * The engine's shopper. It is computed again when the model has loaded articles, as these may be
   * in the history.
   */
  get #current(): EngineShopper {
    if (this.#version !== this.#model.version) {
      this.#version = this.#model.version;
      this.#shopper.free();
      this.#shopper = this.#model.shopper(this.#details);
    }
    return this.#shopper;
  }

  /**
   * Advises a size of an article. For an article that the model does not know there is no size and
   * no outcomes, and the reason is `unknownArticle`.
   *
   * @throws `InseamInput`, or as {@link Inseam.open} where parts of the model have to be loaded
   */
  async advise(article: string | number, options: AdviseOptions = {}): Promise<Advice> {
    const id = articleId(article);
    checkKeys(options, 'options', ADVISE_OPTIONS);
    const loaded = this.#model.loadFor([id], this.#details);
    await orAborted(loaded, options.signal);
    return this.#advise(id, options);
  }

  /**
   * Ranks articles by the chance that the size advised in each fits, best first. Articles without
   * an advised size come last. Equal articles keep their order.
   *
   * @throws as {@link advise}
   */
  async rank(
    articles: Iterable<string | number | { article: string | number; inStock?: readonly string[] }>,
  ): Promise<Ranked[]> {
    const { rank } = await import('./rank.js');
    return rank(
      articles,
      (together) => this.#model.loadFor(together, this.#details),
      (entry) => this.#pick(entry),
    );
  }

  /**
   * The same shopper without some of what is known about them. Exact: the belief is computed again
   * from the rest.
   */
  without({ purchases = [], body = false }: Omission): Shopper {
    const { history = [], ...rest } = this.#details;
    const left = { ...rest, history: history.filter((_, i) => !purchases.includes(i)) };
    return new Shopper(this.#model, body ? { ...left, body: {} } : left);
  }

  /**
   * What the advice on an article is based on: for each thing, what the advice would be without it.
   * Things that change the advised size come first, then those that change the belief more.
   * Purchases in the same fit group and size with the same outcome count as one thing; at most the
   * latest twelve of these are examined.
   *
   * @throws as {@link advise}
   */
  async explain(article: string | number, options: AdviseOptions = {}): Promise<Influence[]> {
    const id = articleId(article);
    checkKeys(options, 'options', ADVISE_OPTIONS);
    await orAborted(this.#model.loadFor([id], this.#details), options.signal);
    const { influences } = await import('./explain.js');
    const groupOf = (other: string) => this.#model.article(other)?.group;
    return influences(this, id, this.#details, options, groupOf);
  }

  /**
   * The personas that the account buys for, the one with the most purchases first. Nearly always
   * there is one.
   */
  personas(): Persona[] {
    return readPersonas(this.#ask(shopperQuery(ShopperQuery.personas)), this.#model.about.groups);
  }

  /**
   * The belief about the size of the shopper, or of the first of their personas, in a fit group.
   * Undefined for a group that the model does not have.
   */
  belief(group: string): SizeBelief | undefined {
    const belief = readSizeBelief(this.#ask(shopperQuery(ShopperQuery.belief).text(group)));
    return belief && { ...belief, scales: this.#model.scales(group) };
  }

  /**
   * How many purchases of the history the model could not use: those of an unknown article without
   * a fit group, or in a size that is not a size label.
   */
  get ignored(): number {
    return this.#ask(shopperQuery(ShopperQuery.ignored)).number();
  }

  /** Frees the memory that the shopper takes. They can't be used afterwards. */
  close(): void {
    this.#shopper.free();
  }

  #advise(article: string, options: AdviseOptions): Advice {
    const query = shopperQuery(ShopperQuery.advise).text(article);
    writeOptions(query, options, () => this.personas());
    return (
      readAdvice(this.#ask(query)) ?? {
        status: 'unsure',
        outcomes: [],
        reasons: [{ kind: 'unknownArticle' }],
      }
    );
  }

  #pick({ article, inStock }: RankEntry): Ranked {
    const query = shopperQuery(ShopperQuery.pick).text(article);
    writeSizes(query, inStock, 'inStock');
    return { article, ...(readPick(this.#ask(query)) ?? { status: 'unsure', fits: 0 }) };
  }

  #ask(query: QueryWriter): ReplyReader {
    return new ReplyReader(answered(this.#current.ask(query.bytes)));
  }
}

closeWithUsing(Shopper);
