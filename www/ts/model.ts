// The classes that every entry shares; which bytes the engine is started from is the entries' affair.
import type { Model as EngineModel, Shopper as EngineShopper } from '../pkg/inseam_www.js';
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Influence,
  Measurement,
  Omission,
  Purchase,
  Question,
  Ranked,
  Scale,
  ShopperDetails,
  SizeBelief,
} from './types.js';
import { type Engine, engine } from './wasm.js';

/** An opened model: what is believed of a shop's articles. It knows nothing of any shopper. */
export class Inseam {
  readonly #model: EngineModel;
  readonly #scales = new Map<string, Scale[]>();

  /** Use {@link Inseam.open}. */
  protected constructor(model: object) {
    this.#model = model as EngineModel;
  }

  /**
   * The engine that models are opened with.
   *
   * @internal
   */
  protected static engine(): Promise<Engine> {
    return engine();
  }

  /**
   * Fetches and opens a model.
   *
   * @throws `InseamUnreachable`, `InseamDamaged` or `InseamUnsupported`
   */
  static async open(url: string | URL): Promise<Inseam> {
    const { Model } = await this.engine();
    return new this(await Model.open(String(url)));
  }

  /**
   * Opens a model from a whole file's bytes.
   *
   * @throws `InseamDamaged` or `InseamUnsupported`
   */
  static async fromBytes(bytes: Uint8Array | ArrayBuffer): Promise<Inseam> {
    const { Model } = await this.engine();
    return new this(Model.fromBytes(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)));
  }

  /** Names of the fit groups: the kinds of garment that have a size axis of their own. */
  get groups(): string[] {
    return this.#model.groups();
  }

  /** The body measurements that the model can use. */
  get measurements(): Measurement[] {
    return this.#model.measurements();
  }

  /** What the model believes of an article; undefined if it has never met it. */
  article(id: string): ArticleFacts | undefined {
    return this.#model.article(id);
  }

  /** The size scales of a fit group; none for a group that the model does not have. */
  scales(group: string): Scale[] {
    let scales = this.#scales.get(group);
    if (!scales) {
      scales = this.#model.scales(group) as Scale[];
      this.#scales.set(group, scales);
    }
    return scales;
  }

  /**
   * A shopper with this history, body and preference. When any of them changes, make a new one: it takes well under a
   * millisecond.
   *
   * @throws `InseamInput`
   */
  shopper(details: ShopperDetails = {}): Shopper {
    const { history, body, preference = 0 } = details;
    return new Shopper(this, this.#model.shopper(history, body, preference), details);
  }

  /**
   * The questions that could help to advise a shopper on an article, the most telling first: every measurement that is not known yet, and the usual size in
   * each of these brands. None for an article that the model has never met.
   *
   * @throws `InseamInput`
   */
  questions(details: ShopperDetails, article: string, brands: readonly string[] = []): Question[] {
    return this.#model.questions(details.history, details.body, article, brands) as Question[];
  }
}

/** One shopper, as far as the model can tell. */
export class Shopper {
  readonly #model: Inseam;
  readonly #shopper: EngineShopper;
  readonly #details: ShopperDetails;

  /** Use {@link Inseam.shopper}. */
  constructor(model: Inseam, shopper: object, details: ShopperDetails) {
    this.#model = model;
    this.#shopper = shopper as EngineShopper;
    this.#details = details;
  }

  /**
   * Advice on an article. One that the model has never met gets no size, no outcomes, and `unknownArticle` as its reason.
   *
   * @throws `InseamInput`
   */
  async advise(article: string, options: AdviseOptions = {}): Promise<Advice> {
    return this.#advise(article, options);
  }

  /**
   * A list of articles by the chance that the size advised in each fits, best first; those without a size come last. Equals stay in their order.
   *
   * @throws `InseamInput`
   */
  async rank(articles: Iterable<string | { article: string; inStock?: readonly string[] }>): Promise<Ranked[]> {
    const ranked = Array.from(articles, (entry): Ranked => {
      const { article, inStock } = typeof entry === 'string' ? { article: entry, inStock: undefined } : entry;
      const picked: Omit<Ranked, 'article'> | undefined = this.#shopper.pick(article, inStock);
      return { article, ...(picked ?? { status: 'unsure', fits: 0 }) };
    });
    return ranked.sort((a, b) => b.fits - a.fits);
  }

  /** The shopper as they would be known without some of it: exact, as their belief is computed anew from the rest. */
  without({ purchases = [], body = false }: Omission): Shopper {
    const { history = [], ...rest } = this.#details;
    const left = { ...rest, history: history.filter((_, i) => !purchases.includes(i)) };
    return this.#model.shopper(body ? { ...left, body: {} } : left);
  }

  /**
   * What the advice on an article rests on, each thing by what the advice would be without it. What changes the size comes first, then what
   * moves the belief further. Purchases of one kind of garment in one size with one outcome count as one thing; the latest twelve of these are looked at.
   *
   * @throws `InseamInput`
   */
  async explain(article: string, options: AdviseOptions = {}): Promise<Influence[]> {
    const facts = this.#model.article(article);
    const advice = this.#advise(article, options);
    const belief = facts && this.belief(facts.group);
    if (!belief || advice.size === undefined) return [];
    const found: Influence[] = [];
    const leave = (of: 'purchases' | 'body', purchases: readonly number[], other: Shopper) => {
      const { size, status } = other.#advise(article, options);
      const steps = belief.mean - (other.belief(facts.group)?.mean ?? belief.mean);
      found.push({ of, purchases, size, status, steps });
    };
    for (const purchases of alike(this.#details.history ?? [], this.#model).slice(-explained)) {
      leave('purchases', purchases, this.without({ purchases }));
    }
    if (Object.keys(this.#details.body ?? {}).length > 0) leave('body', [], this.without({ body: true }));
    const { size, status } = this.#advise(article, { ...options, asLabelled: true });
    found.push({ of: 'cut', purchases: [], size, status, steps: facts.offset.mean });
    const changes = (influence: Influence) => Number(influence.size !== advice.size);
    return found.sort((a, b) => changes(b) - changes(a) || Math.abs(b.steps) - Math.abs(a.steps));
  }

  /** What is believed of the shopper's size in a fit group; undefined for a group that the model does not have. */
  belief(group: string): SizeBelief | undefined {
    const belief: Omit<SizeBelief, 'scales'> | undefined = this.#shopper.belief(group);
    return belief && { ...belief, scales: this.#model.scales(group) };
  }

  /** How many lines of the history could not be used: an unknown article without a group, or a size that is no label. */
  get ignored(): number {
    return this.#shopper.ignored;
  }

  #advise(article: string, { inStock, asLabelled = false }: AdviseOptions): Advice {
    const advice: Advice | undefined = this.#shopper.advise(article, inStock, asLabelled);
    return advice ?? { status: 'unsure', outcomes: [], reasons: [{ kind: 'unknownArticle' }] };
  }
}

/** How many things of a history {@link Shopper.explain} looks at: each costs a belief computed anew. */
const explained = 12;

/** Indices of purchases of one kind in one size with one outcome, in the order of each's last; those that say nothing yet are left out. */
function alike(history: readonly Purchase[], model: Inseam): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, purchase] of history.entries()) {
    const { size, outcome = 'kept', article, group } = purchase;
    if (outcome === 'pending') continue;
    const kind = (article === undefined ? undefined : model.article(article)?.group) ?? group;
    const key = JSON.stringify([kind, size, outcome]);
    const same = groups.get(key) ?? [];
    groups.delete(key);
    groups.set(key, [...same, i]);
  }
  return [...groups.values()];
}
