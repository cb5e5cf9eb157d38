/**
 * Size advice in the shopper's own browser.
 *
 * ```js
 * import { Inseam } from "inseam";
 * const model = await Inseam.open("/fit/shop.inseam");
 * const shopper = model.shopper({ history: [{ article: "SKU-7", size: "M", outcome: "kept" }] });
 * const advice = await shopper.advise("SKU-123", { inStock: ["S", "M", "L"] });
 * ```
 *
 * Errors are `Error`s whose `name` is one of {@link ErrorName}.
 *
 * @module
 */
import type { Model as EngineModel, Shopper as EngineShopper } from '../pkg/inseam_www.js';
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Measurement,
  Persona,
  Scale,
  ShopperDetails,
  SizeBelief,
} from './types.js';
import { engine } from './wasm.js';

export type * from './types.js';

/**
 * The `name` of an error: the model's file can't be had; its bytes are damaged or of a later version; a value that the page
 * gave is not what it should be (the message says which).
 */
export type ErrorName = 'InseamUnreachable' | 'InseamDamaged' | 'InseamInput';

/** An opened model: what is believed of a shop's articles. It knows nothing of any shopper. */
export class Inseam {
  readonly #model: EngineModel;
  readonly #scales = new Map<string, Scale[]>();

  private constructor(model: EngineModel) {
    this.#model = model;
  }

  /**
   * Fetches and opens a model.
   *
   * @throws `InseamUnreachable` or `InseamDamaged`
   */
  static async open(url: string | URL): Promise<Inseam> {
    const { Model } = await engine();
    return new Inseam(await Model.open(String(url)));
  }

  /**
   * Opens a model from a whole file's bytes.
   *
   * @throws `InseamDamaged`
   */
  static async fromBytes(bytes: Uint8Array | ArrayBuffer): Promise<Inseam> {
    const { Model } = await engine();
    return new Inseam(Model.fromBytes(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)));
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
  constructor(model: Inseam, shopper: EngineShopper) {
    this.#model = model;
    this.#shopper = shopper;
  }

  /**
   * Advice on an article. One that the model has never met gets no size, no outcomes, and `unknownArticle` as its reason.
   */
  async advise(article: string, options: AdviseOptions = {}): Promise<Advice> {
    const advice: Advice | undefined = this.#shopper.advise(article, options.inStock, options.persona);
    return advice ?? { status: 'unsure', outcomes: [], reasons: [{ kind: 'unknownArticle' }] };
  }

  /**
   * The persons that the account buys for, by their share of it, the greatest first; nearly always one. Advice that names none of them
   * is for whoever it may be.
   */
  personas(): Persona[] {
    return this.#shopper.personas();
  }

  /**
   * What is believed of the size in a fit group of the shopper, or of the first of their personas; undefined for a group that the model
   * does not have.
   */
  belief(group: string): SizeBelief | undefined {
    const belief: Omit<SizeBelief, 'scales'> | undefined = this.#shopper.belief(group);
    return belief && { ...belief, scales: this.#model.scales(group) };
  }

  /** How many lines of the history could not be used: an unknown article without a group, or a size that is no label. */
  get ignored(): number {
    return this.#shopper.ignored;
  }
}
