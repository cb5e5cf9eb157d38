/**
 * The shopper's own file, on their own device: history, body measurements, preference and profiles,
 * in the browser's local storage or in another place that the shop chooses. Nothing here sends
 * anything. `<inseam-advice>` stores the shopper's answers in the same file.
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
import * as files from './shopper-file/file.js';
import { browserStorage, SHOPPER_EVENT, type ShopperStorage } from './shopper-file/storage.js';
import type { ShopperDetails } from './types.js';

export type { FileData, OrderLine, Profile, StoredPurchase } from './shopper-file/file.js';
export {
  browserStorage,
  SHOPPER_EVENT,
  type ShopperStorage,
  STORAGE_KEY,
} from './shopper-file/storage.js';

/**
 * A shopper's file. It is read when the object is made, and written after every change, which
 * {@link SHOPPER_EVENT} announces to every element on the page. Where storage is full, blocked or
 * broken, the file lasts as long as the page, and {@link stored} is false.
 */
export class ShopperFile {
  readonly #storage: ShopperStorage;
  #data: files.FileData;
  #stored = true;
  /** False for a file of a later version: it is not overwritten. */
  #writable = true;

  /** @param storage the browser's local storage under {@link STORAGE_KEY} if absent */
  constructor(storage: ShopperStorage = browserStorage()) {
    this.#storage = storage;
    this.#data = files.empty();
    this.reload();
  }

  /** Reads the file again, as another tab may have changed it. */
  reload(): void {
    let text: string | null = null;
    try {
      text = this.#storage.read();
    } catch {
      this.#stored = false;
    }
    const data = files.parse(text);
    this.#writable = data !== undefined;
    if (!this.#writable) this.#stored = false;
    this.#data = data ?? files.empty();
  }

  /** The whole file, as a value. Do not change it. */
  get data(): files.FileData {
    return this.#data;
  }

  /** The details of the current profile, for `model.shopper()`. */
  get details(): ShopperDetails {
    return files.details(this.#data);
  }

  /** The profile that advice is for. */
  get current(): files.Profile {
    return files.current(this.#data);
  }

  /**
   * Whether the last change reached the storage; before any change, whether the file could be read.
   */
  get stored(): boolean {
    return this.#stored;
  }

  /** Replaces the history, body and preference of the current profile. */
  replace(details: ShopperDetails): void {
    this.#change(files.withDetails(this.#data, details));
  }

  /** Adds something that the shopper bought or owns to the current profile. */
  add(purchase: files.StoredPurchase): void {
    this.#change(files.withPurchase(this.#data, purchase));
  }

  /**
   * Changes fields of a purchase of the current profile, by its index: for example its size or
   * outcome.
   */
  correct(index: number, fields: Partial<files.StoredPurchase>): void {
    this.#change(files.withCorrection(this.#data, index, fields));
  }

  /** Removes a purchase from the current profile, by its index. */
  remove(index: number): void {
    this.#change(files.withoutPurchase(this.#data, index));
  }

  /** Sets a body measurement of the current profile; undefined removes it. */
  measure(name: string, value: number | string | undefined): void {
    this.#change(files.withMeasurement(this.#data, name, value));
  }

  /**
   * Sets how much larger than their size the shopper likes to wear things, in steps: see {@link
   * ShopperDetails.preference}.
   */
  prefer(steps: number): void {
    this.#change(files.withPreference(this.#data, steps));
  }

  /**
   * Merges the order lines of the shop's account. Known order lines are updated, not added again,
   * so this may be called at every visit.
   */
  merge(orderLines: readonly files.OrderLine[]): void {
    this.#change(files.withOrderLines(this.#data, orderLines));
  }

  /** Adds a profile and makes it the current one. */
  addProfile(name: string): void {
    this.#change(files.withProfile(this.#data, name));
  }

  /** Makes another profile the current one. */
  use(id: string): void {
    this.#change(files.withCurrentProfile(this.#data, id));
  }

  /**
   * Moves purchases of the current profile into a new profile for each of these people. Take them
   * from {@link Shopper.personas}, without the first, and ask the shopper before.
   *
   * @param persons the name of each new profile, and its purchases as indices into the history
   */
  separate(persons: readonly { name: string; purchases: readonly number[] }[]): void {
    this.#change(files.withSeparateProfiles(this.#data, persons));
  }

  /**
   * Notes that all purchases of the current profile are for one person, so that the element does
   * not ask again.
   */
  keepTogether(): void {
    this.#change(files.asOnePerson(this.#data));
  }

  /** Renames the current profile. */
  rename(name: string): void {
    this.#change(files.withProfileName(this.#data, name));
  }

  /** Removes a profile, by its id. */
  removeProfile(id: string): void {
    this.#change(files.withoutProfile(this.#data, id));
  }

  /** The whole file as JSON, for the shopper to keep. */
  export(): string {
    return JSON.stringify(this.#data, undefined, 2);
  }

  /** Removes everything, from the storage too. */
  clear(): void {
    this.#writable = true;
    this.#data = files.empty();
    try {
      this.#storage.remove();
      this.#stored = true;
    } catch {
      this.#stored = false;
    }
    this.#announce();
  }

  #change(data: files.FileData): void {
    if (data === this.#data) return;
    this.#data = data;
    this.#stored = this.#writable;
    try {
      if (this.#writable) this.#storage.write(JSON.stringify(data));
    } catch {
      this.#stored = false;
    }
    this.#announce();
  }

  #announce(): void {
    const { key } = this.#storage;
    globalThis.window?.dispatchEvent(
      new CustomEvent(SHOPPER_EVENT, { detail: { key, file: this } }),
    );
  }
}
