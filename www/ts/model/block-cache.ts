// Keeps the blocks of a model's file that the engine holds: loads the missing ones, each once, and
// drops the oldest beyond a limit.
import type { Model as EngineModel } from '../../pkg/inseam_www.js';
import type { MissingBlock } from '../engine/replies.js';
import { readBytes } from '../engine/wasm.js';
import { yieldToPage } from '../yield.js';
import type { Source } from './source.js';

/**
 * Bytes of blocks that the engine holds at most: some ten thousand well-known articles of six sizes
 * each.
 */
const MAX_HELD_BYTES = 1 << 18;

/** @internal */
export class BlockCache {
  readonly #model: EngineModel;
  readonly #source: Source;
  readonly #onAdded: () => void;
  /** Blocks being loaded, by number. */
  readonly #loading = new Map<number, Promise<void>>();
  /** The length in bytes of each block that the engine holds, oldest first, by number. */
  readonly #held = new Map<number, number>();

  /** @param onAdded is called whenever the engine knows more articles */
  constructor(model: EngineModel, source: Source, onAdded: () => void) {
    this.#model = model;
    this.#source = source;
    this.#onAdded = onAdded;
  }

  /**
   * Drops the oldest blocks until those to be loaded fit. Blocks loaded together are held together,
   * however large they are.
   */
  makeRoom(missing: ReadonlyMap<number, MissingBlock>): void {
    const lengths = [...missing.values()].map(({ span }) => span.end - span.start);
    let bytes = [...lengths, ...this.#held.values()].reduce((sum, length) => sum + length, 0);
    for (const [number, length] of this.#held) {
      if (bytes <= MAX_HELD_BYTES) break;
      this.#held.delete(number);
      this.#model.dropBlock(number);
      bytes -= length;
    }
  }

  /**
   * Loads blocks and adds them to the model.
   *
   * @param hidden whether the server must not be able to tell which blocks they are
   */
  async load(missing: ReadonlyMap<number, MissingBlock>, hidden: boolean): Promise<void> {
    await Promise.all([...missing.values()].map((block) => this.#loadOnce(block, hidden)));
  }

  #loadOnce(block: MissingBlock, hidden: boolean): Promise<void> {
    const { number } = block.span;
    const loading =
      this.#loading.get(number) ??
      this.#loadBlock(block, hidden).finally(() => this.#loading.delete(number));
    this.#loading.set(number, loading);
    return loading;
  }

  async #loadBlock({ span, run }: MissingBlock, hidden: boolean): Promise<void> {
    const { number, start, end } = span;
    const bytes = await (hidden
      ? this.#source.loadHidden(span, run)
      : this.#source.loadBlock(span));
    await yieldToPage();
    readBytes(() => this.#model.addBlock(number, bytes));
    this.#held.set(number, end - start);
    this.#onAdded();
  }
}
