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
import { inseamError } from './errors.js';
import * as changes from './shopper-file/changes.js';
import type * as files from './shopper-file/file.js';
import { StoredFile } from './shopper-file/stored-file.js';

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
export class ShopperFile extends StoredFile {
  /**
   * Adds something that the shopper bought or owns to the current profile. What they state about a
   * brand replaces what they stated about it before.
   */
  add(purchase: files.StoredPurchase): void {
    this.change((data) => changes.withPurchase(data, purchase));
  }

  /**
   * Changes fields of a purchase of the current profile, by its index: for example its size or
   * outcome.
   */
  correct(index: number, fields: Partial<files.StoredPurchase>): void {
    const at = this.#placeOf(index);
    this.change((data) => changes.withCorrection(data, at(data), fields));
  }

  /** Removes a purchase from the current profile, by its index. */
  remove(index: number): void {
    const at = this.#placeOf(index);
    this.change((data) => changes.withoutPurchase(data, at(data)));
  }

  /** Sets a body measurement of the current profile; undefined removes it. */
  measure(name: string, value: number | string | undefined): void {
    this.change((data) => changes.withMeasurement(data, name, value));
  }

  /**
   * Sets how much larger than their size the shopper likes to wear things, in steps: see {@link
   * ShopperDetails.preference}.
   */
  prefer(steps: number): void {
    this.change((data) => changes.withPreference(data, steps));
  }

  /**
   * Merges the order lines of the shop's account. Known order lines are updated, not added again,
   * so this may be called at every visit.
   */
  merge(orderLines: readonly files.OrderLine[]): void {
    this.change((data) => changes.withOrderLines(data, orderLines));
  }

  /** Adds a profile and makes it the current one. */
  addProfile(name: string): void {
    this.change((data) => changes.withProfile(data, name));
  }

  /**
   * Moves purchases of the current profile into a new profile for each of these people. Take them
   * from {@link Shopper.personas}, without the first, and ask the shopper before.
   *
   * @param persons the name of each new profile, and its purchases as indices into the history
   */
  separate(persons: readonly { name: string; purchases: readonly number[] }[]): void {
    this.change(changes.separating(this.current, persons));
  }

  /**
   * Notes that all purchases of the current profile are for one person, so that the element does
   * not ask again.
   */
  keepTogether(): void {
    this.change(changes.asOnePerson);
  }

  /** Renames the current profile. */
  rename(name: string): void {
    this.change((data) => changes.withProfileName(data, name));
  }

  /** Removes a profile, by its id. */
  removeProfile(id: string): void {
    this.change((data) => changes.withoutProfile(data, id));
  }

  /**
   * Replaces the whole file by one that {@link export} has made.
   *
   * @throws `InseamInput` for a text that is no shopper's file
   */
  import(text: string): void {
    const data = changes.parseExport(text);
    if (!data) throw inseamError('InseamInput', 'this text is no file that export() has made');
    this.change(() => data);
  }

  /** The whole file as JSON, for the shopper to keep. */
  export(): string {
    return JSON.stringify(this.data, undefined, 2);
  }

  /** Finds a purchase again, by its index in this object: other tabs may have added some. */
  #placeOf(index: number): (data: files.FileData) => number {
    return changes.placeOf(this.current, index);
  }
}
