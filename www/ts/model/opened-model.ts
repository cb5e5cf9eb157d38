// The state of an opened model, which `Inseam` and its shoppers share: the engine's model, what is
// cached about it, and how to load or reopen it.
import type { Model as EngineModel, Shopper as EngineShopper } from '../../pkg/inseam_www.js';
import { ModelQuery } from '../engine/protocol.js';
import { writeBody, writeHistory, writePreference } from '../engine/queries.js';
import {
  type About,
  type MissingBlock,
  readAbout,
  readArticle,
  readMissingBlocks,
  readScales,
} from '../engine/replies.js';
import { answered, type Engine, readBytes } from '../engine/wasm.js';
import { QueryWriter, ReplyReader } from '../engine/wire.js';
import type { ArticleFacts, OpenOptions, Scale, ShopperDetails } from '../types.js';
import { yieldToPage } from '../yield.js';
import { BlockCache } from './block-cache.js';
import { sizeFinder } from './size-names.js';
import { damaged, type FetchOptions, openSource, type Source } from './source.js';

/** How often to load an article that was dropped for others before its turn came. */
const MAX_LOADS = 4;

const modelQuery = (query: ModelQuery): QueryWriter => new QueryWriter().number(query);

const ask = (model: EngineModel, query: QueryWriter): ReplyReader =>
  new ReplyReader(answered(model.ask(query.bytes)));

/**
 * Where the engine records its measures. Some test environments have only a part of `performance`.
 */
const userTiming = (): Performance | undefined =>
  (globalThis.performance as Partial<Performance> | undefined)?.clearMeasures && performance;

/** A model that the engine has opened, and the source of its blocks, unless it has all of them. */
interface Opening {
  model: EngineModel;
  about: About;
  source: Source | undefined;
}

/** @internal */
export class OpenedModel {
  #model: EngineModel;
  #about: About;
  #blocks: BlockCache | undefined;
  /** Opens the file again, bypassing every cache. */
  readonly #openAgain: (() => Promise<Opening>) | undefined;
  #reopening: Promise<void> | undefined;
  readonly #scales = new Map<string, Scale[]>();
  #version = 0;
  /** Records of another version of the model. */
  readonly #refused = new Set<string>();

  private constructor(opening: Opening, openAgain?: () => Promise<Opening>) {
    this.#openAgain = openAgain;
    this.#model = opening.model;
    this.#about = opening.about;
    this.#blocks = this.#blocksOf(opening);
  }

  /** Opens the model at an address: see `Inseam.open`. */
  static async open(
    engine: Promise<Engine>,
    url: string,
    { keys, signal, wholeLimit }: OpenOptions,
  ): Promise<OpenedModel> {
    const first = await openHead(engine, url, { fresh: false, signal, wholeLimit }, keys);
    const again = () => openHead(engine, url, { fresh: true, wholeLimit }, keys);
    return new OpenedModel(first, again);
  }

  /** Opens a model from the bytes of its whole file. */
  static fromBytes({ Model }: Engine, bytes: Uint8Array): OpenedModel {
    const model = readBytes(() => Model.open(bytes, true, userTiming()));
    return new OpenedModel({ model, about: aboutOf(model), source: undefined });
  }

  get about(): About {
    return this.#about;
  }

  /** Changes whenever the model knows more. */
  get version(): number {
    return this.#version;
  }

  ask(query: QueryWriter): ReplyReader {
    return ask(this.#model, query);
  }

  article(id: string): ArticleFacts | undefined {
    return readArticle(this.ask(modelQuery(ModelQuery.article).text(id)));
  }

  scales(group: string): Scale[] {
    let scales = this.#scales.get(group);
    if (!scales) {
      scales = readScales(this.ask(modelQuery(ModelQuery.scales).text(group)));
      this.#scales.set(group, scales);
    }
    return scales;
  }

  /** The engine's shopper with these details. */
  shopper(details: ShopperDetails): EngineShopper {
    const query = new QueryWriter();
    this.writeHistoryAndBody(query, details);
    writePreference(query, details);
    return answered(this.#model.shopper(query.bytes));
  }

  writeHistoryAndBody(query: QueryWriter, details: ShopperDetails): void {
    writeHistory(
      query,
      details.history,
      (name) => this.ask(modelQuery(ModelQuery.knowsSystem).text(name)).number() === 1,
    );
    writeBody(query, details, this.#about.measurements);
  }

  /** Whether the engine has everything that the file contains about these articles. */
  has(articles: readonly string[]): boolean {
    return this.#missingBlocks(articles).size === 0;
  }

  /** Adds an article by the text of its record. False, with nothing added, for one of no use. */
  addRecord(text: string): boolean {
    try {
      const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
      this.#model.addRecord(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
      this.#version++;
      return true;
    } catch {
      return false;
    }
  }

  /** The canonical form of a size label; empty for a text that is no label. */
  canonical(text: string): string {
    return this.ask(modelQuery(ModelQuery.canonical).texts([text])).text();
  }

  /** See `Inseam.sizeFinder`. */
  sizeFinder(article: string): (text: string) => string | undefined {
    const facts = this.article(article);
    return facts ? sizeFinder(facts, (text) => this.canonical(text)) : () => undefined;
  }

  /** Frees the engine's memory. */
  close(): void {
    this.#model.free();
  }

  /** Loads the blocks of articles; where the file has changed since, reopens it and tries again. */
  load(articles: readonly string[]): Promise<void> {
    return this.#load(articles, false);
  }

  async #load(articles: readonly string[], hidden: boolean): Promise<void> {
    if (!this.#blocks) return;
    const missing = this.#missingBlocks(articles);
    if (missing.size === 0) return;
    this.#blocks.makeRoom(missing);
    try {
      await this.#blocks.load(missing, hidden);
    } catch (error) {
      const { name } = this.#about;
      await this.#reopen();
      // The file has not changed, so the block itself can't be loaded.
      if (this.#about.name === name) throw error;
      await this.#blocks.load(this.#missingBlocks(articles), hidden);
    }
  }

  /**
   * Loads articles, and those in a shopper's history: from the purchases' records, else so that the
   * server can't tell which articles were bought.
   */
  async loadFor(articles: readonly string[], { history = [] }: ShopperDetails): Promise<void> {
    const bought = history.flatMap(({ article, record }) =>
      article === undefined ? [] : [{ article, record }],
    );
    for (const { article, record } of bought) this.#addRecordOf(article, record);
    const ids = bought.map(({ article }) => article);
    for (let loads = 0; loads < MAX_LOADS; loads++) {
      await this.load(articles);
      await this.#load(ids, true);
      if (this.has(articles)) return;
    }
  }

  /** A record of another version of the model is of no use: the article is then loaded. */
  #addRecordOf(article: string, record: string | undefined): void {
    if (record === undefined || this.#refused.has(record) || this.article(article)) return;
    if (!this.addRecord(record)) this.#refused.add(record);
  }

  /** The blocks that have to be loaded for articles. One query for all, as lists can be long. */
  #missingBlocks(articles: readonly string[]): Map<number, MissingBlock> {
    return readMissingBlocks(this.ask(modelQuery(ModelQuery.missingBlocks).texts(articles)));
  }

  /** Opens the file again. Calls at the same time share one opening. */
  #reopen(): Promise<void> {
    this.#reopening ??= this.#replace().finally(() => {
      this.#reopening = undefined;
    });
    return this.#reopening;
  }

  async #replace(): Promise<void> {
    const opening = await this.#openAgain?.();
    if (!opening || opening.about.name === this.#about.name) return;
    this.#model = opening.model;
    this.#about = opening.about;
    this.#blocks = this.#blocksOf(opening);
    this.#scales.clear();
    this.#refused.clear();
    this.#version++;
  }

  #blocksOf({ model, source }: Opening): BlockCache | undefined {
    return source && new BlockCache(model, source, () => this.#version++);
  }
}

const aboutOf = (model: EngineModel): About => readAbout(ask(model, modelQuery(ModelQuery.about)));

/** Fetches a model's head, checks it, and has the engine open it. */
async function openHead(
  engine: Promise<Engine>,
  url: string,
  options: FetchOptions,
  keys?: readonly string[],
): Promise<Opening> {
  // The file is fetched while the engine starts.
  const [started, source, signature] = await Promise.all([
    engine,
    openSource(engine, url, options),
    keys && import('./signature.js'),
  ]);
  if (keys) await signature?.checkSignature(started, source.start, keys);
  await yieldToPage();
  // Opening checks this again. In a task of its own, its compilation blocks the page for less time.
  readBytes(() => started.Model.signedLength(source.start));
  await yieldToPage();
  const model = readBytes(() => started.Model.open(source.start, false, userTiming()));
  await yieldToPage();
  const about = aboutOf(model);
  if (source.length !== undefined && source.length !== about.length)
    throw damaged(`the file has ${source.length} bytes; its head says ${about.length}`);
  return { model, about, source };
}
