/**
 * The shopper's own file, on their own device: history, measurements, wishes and profiles, in the
 * browser's storage or wherever a shop says. Nothing here sends anything. The element keeps its
 * answers in the same file.
 *
 * ```js
 * import { ShopperFile } from 'inseam/shopper';
 * const file = new ShopperFile();
 * file.merge(account.lines); // [{ line: '1007-1', article: 'SKU-7', size: 'M', outcome: 'kept' }]
 * const shopper = model.shopper(file.details);
 * ```
 *
 * @module
 */
import * as files from './file.js';
import { browserStorage, SHOPPER_EVENT, type ShopperStorage } from './storage.js';
import type { ShopperDetails } from './types.js';

export type { AccountLine, FileData, FileLine, Profile } from './file.js';
export { browserStorage, SHOPPER_EVENT, type ShopperStorage, STORAGE_KEY } from './storage.js';

/**
 * A shopper's file. It is read when it is made, and written at every change, which every element on
 * the page is told of. Where storage is full, blocked or broken it lives as long as the page does,
 * and {@link stored} is false.
 */
export class ShopperFile {
  readonly #storage: ShopperStorage;
  #data: files.FileData;
  #stored = true;
  /** A file of a later version stays as it is. */
  #ours = true;

  /** @param storage the browser's local storage if absent */
  constructor(storage: ShopperStorage = browserStorage()) {
    this.#storage = storage;
    this.#data = files.empty();
    this.reload();
  }

  /** Reads the file again: another tab may have changed it. */
  reload(): void {
    let text: string | null = null;
    try {
      text = this.#storage.read();
    } catch {
      this.#stored = false;
    }
    const data = files.parse(text);
    this.#ours = data !== undefined;
    if (!this.#ours) this.#stored = false;
    this.#data = data ?? files.empty();
  }

  /** All of it, as a value. */
  get data(): files.FileData {
    return this.#data;
  }

  /** What the model is told: the current profile. */
  get details(): ShopperDetails {
    return files.details(this.#data);
  }

  /** The profile that advice is for. */
  get current(): files.Profile {
    return files.current(this.#data);
  }

  /** Whether the last change, or the first reading, reached the storage. */
  get stored(): boolean {
    return this.#stored;
  }

  /** Replaces all that is known of the current profile. */
  replace(details: ShopperDetails): void {
    this.#change(files.withDetails(this.#data, details));
  }

  /** Adds something that the shopper bought or owns. */
  add(purchase: files.FileLine): void {
    this.#change(files.withPurchase(this.#data, purchase));
  }

  /** Puts a line of the current profile right, by its index: its size, what became of it. */
  correct(index: number, right: Partial<files.FileLine>): void {
    this.#change(files.corrected(this.#data, index, right));
  }

  /** Forgets a line of the current profile. */
  remove(index: number): void {
    this.#change(files.withoutLine(this.#data, index));
  }

  /** Notes a measurement; undefined forgets it. */
  measure(name: string, value: number | string | undefined): void {
    this.#change(files.withMeasure(this.#data, name, value));
  }

  /** Notes how the shopper likes to wear things, in steps: see {@link ShopperDetails.preference}. */
  prefer(steps: number): void {
    this.#change(files.withPreference(this.#data, steps));
  }

  /** Takes in the shop's account history. A line known already is brought up to date, not doubled: it may be called at every visit. */
  merge(lines: readonly files.AccountLine[]): void {
    this.#change(files.merged(this.#data, lines));
  }

  /** Adds a profile and turns to it. */
  addProfile(name: string): void {
    this.#change(files.withProfile(this.#data, name));
  }

  /** Turns to another profile. */
  use(id: string): void {
    this.#change(files.forProfile(this.#data, id));
  }

  /**
   * Makes profiles of the persons that the current one's history has been found to be of, but the
   * first: see {@link Shopper.personas}. Only where the shopper agrees.
   */
  apart(persons: readonly { name: string; lines: readonly number[] }[]): void {
    this.#change(files.apart(this.#data, persons));
  }

  /** Notes that the current profile is one person's, however it may look. */
  alone(): void {
    this.#change(files.alone(this.#data));
  }

  /** Renames the current profile. */
  rename(name: string): void {
    this.#change(files.renamed(this.#data, name));
  }

  /** Forgets a profile. */
  removeProfile(id: string): void {
    this.#change(files.withoutProfile(this.#data, id));
  }

  /** The whole file as JSON, for the shopper to keep. */
  export(): string {
    return JSON.stringify(this.#data, undefined, 2);
  }

  /** Forgets everything. */
  clear(): void {
    this.#ours = true;
    this.#data = files.empty();
    try {
      this.#storage.remove();
      this.#stored = true;
    } catch {
      this.#stored = false;
    }
    this.#tell();
  }

  #change(data: files.FileData): void {
    if (data === this.#data) return;
    this.#data = data;
    this.#stored = this.#ours;
    try {
      if (this.#ours) this.#storage.write(JSON.stringify(data));
    } catch {
      this.#stored = false;
    }
    this.#tell();
  }

  #tell(): void {
    const { key } = this.#storage;
    globalThis.window?.dispatchEvent(
      new CustomEvent(SHOPPER_EVENT, { detail: { key, file: this } }),
    );
  }
}
