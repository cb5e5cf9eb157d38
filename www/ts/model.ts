// The classes that every entry shares; which bytes the engine is started from is the entries'
// affair.
import type { Model as EngineModel, Shopper as EngineShopper } from '../pkg/inseam_www.js';
import * as answers from './answers.js';
import { MODEL, SHOPPER } from './answers.js';
import { breathe } from './breathe.js';
import { body, history, options, preference, stock, texts } from './given.js';
import { address, damaged, open, type Source, trust } from './source.js';
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Influence,
  Measurement,
  Omission,
  OpenOptions,
  Persona,
  Purchase,
  Question,
  Ranked,
  Scale,
  ShopperDetails,
  SizeBelief,
} from './types.js';
import { type Engine, engine, reading } from './wasm.js';
import { Answer, Question as Asked } from './wire.js';

/** Bytes of blocks that are held at the most: of six sizes each, known well, some ten thousand articles. Beyond that what came first is given up. */
const HELD = 1 << 18;
/** Articles of a ranking that are had ready together, should each lie in a block of its own. */
const TOGETHER = 32;

/** A model, what it says of itself, and how the rest of its file is had. */
type Opened = [EngineModel, answers.About, Source];

/** An opened model: what is believed of a shop's articles. It knows nothing of any shopper. */
export class Inseam {
  #model: EngineModel;
  readonly #scales = new Map<string, Scale[]>();
  #about: answers.About;
  /** How the rest of the file is had; absent where all of it is there. */
  #source: Source | undefined;
  /** Opens the model anew, past every cache. */
  readonly #again: (() => Promise<Opened>) | undefined;
  /** Blocks on their way, by number. */
  readonly #coming = new Map<number, Promise<void>>();
  /** Blocks that are there, in the order they came, and how many bytes each has. */
  readonly #held = new Map<number, number>();
  #version = 0;

  /** Use {@link Inseam.open}. */
  protected constructor(
    model: object,
    about: object,
    source?: object,
    again?: () => Promise<unknown>,
  ) {
    this.#model = model as EngineModel;
    this.#about = about as answers.About;
    this.#source = source as Source | undefined;
    this.#again = again as (() => Promise<Opened>) | undefined;
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
   * Opens a model: its file, read by ranges where the server knows them; a folder of its parts, by
   * an address that ends in a stroke; or a pointer to either.
   *
   * @throws `InseamUnreachable`, `InseamDamaged`, `InseamUntrusted` or `InseamUnsupported`
   */
  static async open(url: string | URL, { keys }: OpenOptions = {}): Promise<Inseam> {
    address(url);
    const href = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;
    const engine = this.engine();
    const opened = async (fresh: boolean): Promise<Opened> => {
      // The file is on its way while the engine starts.
      const [loaded, source] = await Promise.all([engine, open(engine, href, fresh)]);
      if (keys) await trust(loaded, source.start, keys);
      await breathe();
      const model = reading(() => loaded.Model.open(source.start, false));
      await breathe();
      const told = about(model);
      const { length } = told;
      if (length !== (source.length ?? length))
        throw damaged(`the file is not the ${length} bytes that its head says`);
      return [model, told, source];
    };
    return new this(...(await opened(false)), () => opened(true));
  }

  /**
   * Opens a model from a whole file's bytes.
   *
   * @throws `InseamDamaged` or `InseamUnsupported`
   */
  static async fromBytes(bytes: Uint8Array | ArrayBuffer): Promise<Inseam> {
    const { Model } = await this.engine();
    const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
    const model = reading(() => Model.open(all, true));
    return new this(model, about(model));
  }

  /** The model's name, a digest of all of it: another training has another. */
  get name(): string {
    return this.#about.name;
  }

  /** Changes whenever the model knows more: what was computed before may be computed again. */
  get version(): number {
    return this.#version;
  }

  /**
   * Has these articles ready, so that {@link article} knows them. Advice does it by itself. Takes
   * one request for each block of the file that is not held yet; where the file has changed since
   * it was opened, it is opened again.
   *
   * @throws as {@link open}
   */
  async load(articles: Iterable<string>): Promise<void> {
    const wanted = [...articles];
    const pass = () =>
      Promise.all([...this.#wants(wanted).values()].map((span) => this.#want(span)));
    if (!this.#source) return;
    const coming = this.#wants(wanted);
    if (coming.size === 0) return;
    this.#makeRoom(coming);
    try {
      await pass();
    } catch (error) {
      const before = this.name;
      await this.#reopen();
      // The same model: the block itself is not to be had.
      if (this.name === before) throw error;
      await pass();
    }
  }

  /** Whether all is here that the model has of these articles; if not, {@link load} fetches it. */
  has(...articles: string[]): boolean {
    return this.#wants(articles).size === 0;
  }

  /**
   * Adds an article by its record, the text that `inseam record` prints: no request is needed for
   * it.
   *
   * @returns whether it was of use: a record of another version of the model is not
   */
  addRecord(text: string): boolean {
    try {
      const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
      this.#model.addRecord(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    } catch {
      return false;
    }
    this.#version++;
    return true;
  }

  /** Gives blocks up for others. What is wanted together is held together, however much it is. */
  #makeRoom(coming: ReadonlyMap<number, answers.Span>): void {
    const lengths = [...coming.values()].map(([, start, end]) => end - start);
    let bytes = [...lengths, ...this.#held.values()].reduce((sum, length) => sum + length, 0);
    for (const [number, length] of this.#held) {
      if (bytes <= HELD) break;
      this.#held.delete(number);
      this.#model.dropBlock(number);
      bytes -= length;
    }
  }

  async #want([number, start, end]: answers.Span): Promise<void> {
    const source = this.#source;
    if (!source) return;
    let coming = this.#coming.get(number);
    if (!coming) {
      const model = this.#model;
      coming = source.block(number, start, end).then(async (bytes) => {
        await breathe();
        reading(() => model.addBlock(number, bytes));
        // The model may have been opened anew meanwhile.
        if (model === this.#model) this.#held.set(number, end - start);
        this.#version++;
      });
      this.#coming.set(number, coming);
      const done = () => {
        if (this.#coming.get(number) === coming) this.#coming.delete(number);
      };
      coming.then(done, done);
    }
    await coming;
  }

  #reopening: Promise<void> | undefined;

  /** Once at a time, however many ask for it. */
  #reopen(): Promise<void> {
    this.#reopening ??= (async () => {
      if (!this.#again) return;
      const [model, told, source] = await this.#again();
      if (told.name === this.name) return;
      this.#model = model;
      this.#source = source;
      this.#coming.clear();
      this.#held.clear();
      this.#scales.clear();
      this.#about = told;
      this.#version++;
    })().finally(() => {
      this.#reopening = undefined;
    });
    return this.#reopening;
  }

  /** Names of the fit groups: the kinds of garment that have a size axis of their own. */
  get groups(): string[] {
    return this.#about.groups;
  }

  /** The body measurements that the model can use. */
  get measurements(): Measurement[] {
    return this.#about.measurements;
  }

  /** What the model believes of an article; undefined if it has never met it, or not {@link load}ed it. */
  article(id: string): ArticleFacts | undefined {
    return answers.facts(this.#ask(new Asked(MODEL.article).text(id)));
  }

  /** The size scales of a fit group; none for a group that the model does not have. */
  scales(group: string): Scale[] {
    let scales = this.#scales.get(group);
    if (!scales) {
      scales = answers.scales(this.#ask(new Asked(MODEL.scales).text(group)));
      this.#scales.set(group, scales);
    }
    return scales;
  }

  /**
   * A shopper with this history, body and preference. When any of them changes, make a new one: it
   * takes well under a millisecond.
   *
   * @throws `InseamInput`
   */
  shopper(details: ShopperDetails = {}): Shopper {
    return new Shopper(this, details, (details) => {
      const given = new Asked();
      this.#tell(given, details);
      preference(given, details);
      return this.#model.shopper(given.bytes);
    });
  }

  /**
   * The questions that could help to advise a shopper on an article, the most telling first: every
   * measurement that is not known yet, and the usual size in each of these brands. None for an
   * article that the model has never met.
   *
   * @throws `InseamInput`; as {@link open}, where parts of the model are still to be had
   */
  async questions(
    details: ShopperDetails,
    article: string,
    brands: readonly string[] = [],
  ): Promise<Question[]> {
    await loaded(this, [article], details);
    const asked = new Asked(MODEL.questions);
    this.#tell(asked, details);
    asked.text(article).texts(texts(brands, 'brands') ?? []);
    return answers.questions(this.#ask(asked));
  }

  /** History and body, for a question. */
  #tell(asked: Asked, details: ShopperDetails): void {
    const { knowsSystem } = MODEL;
    history(
      asked,
      details.history,
      (name) => this.#ask(new Asked(knowsSystem).text(name)).number() === 1,
    );
    body(asked, details, this.measurements);
  }

  /** The blocks that have to be had for articles: one question for all of them, as lists of articles are long. */
  #wants(articles: readonly string[]): Map<number, answers.Span> {
    return answers.wants(this.#ask(new Asked(MODEL.wants).texts(articles)));
  }

  #ask(asked: Asked): Answer {
    return new Answer(this.#model.ask(asked.bytes));
  }
}

/** What a model says of itself. */
const about = (model: EngineModel) =>
  answers.about(new Answer(model.ask(new Asked(MODEL.about).bytes)));

/** One shopper, as far as the model can tell. */
export class Shopper {
  readonly #model: Inseam;
  readonly #details: ShopperDetails;
  readonly #make: (details: ShopperDetails) => EngineShopper;
  #shopper: EngineShopper;
  #version: number;

  /** Use {@link Inseam.shopper}. */
  constructor(model: Inseam, details: ShopperDetails, make: (details: ShopperDetails) => object) {
    this.#model = model;
    this.#details = details;
    this.#make = make as (details: ShopperDetails) => EngineShopper;
    this.#version = model.version;
    this.#shopper = this.#make(details);
  }

  /** The shopper as the model sees them now: with each article it comes to know, their history may say more. */
  get #now(): EngineShopper {
    if (this.#version !== this.#model.version) {
      this.#version = this.#model.version;
      this.#shopper.free();
      this.#shopper = this.#make(this.#details);
    }
    return this.#shopper;
  }

  /**
   * Advice on an article. One that the model has never met gets no size, no outcomes, and
   * `unknownArticle` as its reason.
   *
   * @throws `InseamInput`; as {@link Inseam.open}, where parts of the model are still to be had
   */
  async advise(article: string, options: AdviseOptions = {}): Promise<Advice> {
    await loaded(this.#model, [article], this.#details);
    return this.#advise(article, options);
  }

  /**
   * A list of articles by the chance that the size advised in each fits, best first; those without
   * a size come last. Equals stay in their order.
   *
   * @throws as {@link advise}
   */
  async rank(
    articles: Iterable<string | { article: string; inStock?: readonly string[] }>,
  ): Promise<Ranked[]> {
    const entries = Array.from(articles, (entry) =>
      typeof entry === 'string' ? { article: entry } : entry,
    );
    const ranked: Ranked[] = [];
    for (let from = 0; from < entries.length; from += TOGETHER) {
      const some = entries.slice(from, from + TOGETHER);
      await loaded(
        this.#model,
        some.map(({ article }) => article),
        this.#details,
      );
      for (const { article, inStock } of some) {
        const asked = new Asked(SHOPPER.pick).text(article);
        stock(asked, inStock);
        const picked = answers.pick(this.#ask(asked));
        ranked.push({ article, ...(picked ?? { status: 'unsure', fits: 0 }) });
      }
    }
    return ranked.sort((a, b) => b.fits - a.fits);
  }

  /** The shopper as they would be known without some of it: exact, as their belief is computed anew from the rest. */
  without({ purchases = [], body = false }: Omission): Shopper {
    const { history = [], ...rest } = this.#details;
    const left = { ...rest, history: history.filter((_, i) => !purchases.includes(i)) };
    return this.#model.shopper(body ? { ...left, body: {} } : left);
  }

  /**
   * What the advice on an article rests on, each thing by what the advice would be without it. What
   * changes the size comes first, then what moves the belief further. Purchases of one kind of
   * garment in one size with one outcome count as one thing; the latest twelve of these are looked
   * at.
   *
   * @throws `InseamInput`
   */
  async explain(article: string, options: AdviseOptions = {}): Promise<Influence[]> {
    await loaded(this.#model, [article], this.#details);
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
    if (Object.keys(this.#details.body ?? {}).length > 0)
      leave('body', [], this.without({ body: true }));
    const runs = ({ outcomes }: Advice) =>
      outcomes.find(({ size }) => size === advice.size)?.runs ?? 0;
    for (const unknown of ['article', 'brand'] as const) {
      const other = this.#advise(article, { ...options, unknown });
      const steps = runs(advice) - runs(other);
      found.push({ of: unknown, purchases: [], size: other.size, status: other.status, steps });
    }
    const changes = (influence: Influence) => Number(influence.size !== advice.size);
    return found.sort((a, b) => changes(b) - changes(a) || Math.abs(b.steps) - Math.abs(a.steps));
  }

  /**
   * The persons that the account buys for, by their share of it, the greatest first; nearly always
   * one. Advice that names none of them is for whoever it may be.
   */
  personas(): Persona[] {
    return answers.personas(this.#ask(new Asked(SHOPPER.personas)), this.#model.groups);
  }

  /**
   * What is believed of the size in a fit group of the shopper, or of the first of their personas;
   * undefined for a group that the model does not have.
   */
  belief(group: string): SizeBelief | undefined {
    const belief = answers.belief(this.#ask(new Asked(SHOPPER.belief).text(group)));
    return belief && { ...belief, scales: this.#model.scales(group) };
  }

  /** How many lines of the history could not be used: an unknown article without a group, or a size that is no label. */
  get ignored(): number {
    return this.#ask(new Asked(SHOPPER.ignored)).number();
  }

  #advise(article: string, wishes: AdviseOptions): Advice {
    const asked = new Asked(SHOPPER.advise).text(article);
    options(asked, wishes, () => this.personas());
    return (
      answers.advice(this.#ask(asked)) ?? {
        status: 'unsure',
        outcomes: [],
        reasons: [{ kind: 'unknownArticle' }],
      }
    );
  }

  #ask(asked: Asked): Answer {
    return new Answer(this.#now.ask(asked.bytes));
  }
}

/** Has articles, and those of a shopper's history, ready. */
async function loaded(
  model: Inseam,
  articles: readonly string[],
  { history = [] }: ShopperDetails,
): Promise<void> {
  const bought = history.flatMap(({ article }) => (article === undefined ? [] : [article]));
  // Where very many are asked for at a time, an article may be given up for others before its turn.
  for (let tries = 0; tries < 4; tries++) {
    await model.load([...articles, ...bought]);
    if (model.has(...articles)) return;
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
