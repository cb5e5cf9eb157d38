// The classes that every entry shares; which bytes the engine is started from is the entries' affair.
import type { Model as EngineModel, Shopper as EngineShopper } from '../pkg/inseam_www.js';
import type { Advice, AdviseOptions, ArticleFacts, Measurement, Scale, ShopperDetails, SizeBelief } from './types.js';
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
    return new Shopper(this, this.#model.shopper(history, body, preference));
  }
}

/** One shopper, as far as the model can tell. */
export class Shopper {
  readonly #model: Inseam;
  readonly #shopper: EngineShopper;

  /** Use {@link Inseam.shopper}. */
  constructor(model: Inseam, shopper: object) {
    this.#model = model;
    this.#shopper = shopper as EngineShopper;
  }

  /**
   * Advice on an article. One that the model has never met gets no size, no outcomes, and `unknownArticle` as its reason.
   */
  async advise(article: string, options: AdviseOptions = {}): Promise<Advice> {
    const advice: Advice | undefined = this.#shopper.advise(article, options.inStock);
    return advice ?? { status: 'unsure', outcomes: [], reasons: [{ kind: 'unknownArticle' }] };
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
}
