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
      return;
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
    this.update(() => details);
  }

  /**
   * Changes the history, body and preference of the current profile.
   *
   * @param change gets the details as they are stored now, and returns the new ones
   */
  update(change: (details: ShopperDetails) => ShopperDetails): void {
    this.#change((data) => files.withDetails(data, change(files.details(data))));
  }

  /**
   * Adds something that the shopper bought or owns to the current profile. What they state about a
   * brand replaces what they stated about it before.
   */
  add(purchase: files.StoredPurchase): void {
    this.#change((data) => files.withPurchase(data, purchase));
  }

  /**
   * Changes fields of a purchase of the current profile, by its index: for example its size or
   * outcome.
   */
  correct(index: number, fields: Partial<files.StoredPurchase>): void {
    const at = this.#placeOf(index);
    this.#change((data) => files.withCorrection(data, at(data), fields));
  }

  /** Removes a purchase from the current profile, by its index. */
  remove(index: number): void {
    const at = this.#placeOf(index);
    this.#change((data) => files.withoutPurchase(data, at(data)));
  }

  /** Sets a body measurement of the current profile; undefined removes it. */
  measure(name: string, value: number | string | undefined): void {
    this.#change((data) => files.withMeasurement(data, name, value));
  }

  /**
   * Sets how much larger than their size the shopper likes to wear things, in steps: see {@link
   * ShopperDetails.preference}.
   */
  prefer(steps: number): void {
    this.#change((data) => files.withPreference(data, steps));
  }

  /**
   * Merges the order lines of the shop's account. Known order lines are updated, not added again,
   * so this may be called at every visit.
   */
  merge(orderLines: readonly files.OrderLine[]): void {
    this.#change((data) => files.withOrderLines(data, orderLines));
  }

  /** Adds a profile and makes it the current one. */
  addProfile(name: string): void {
    this.#change((data) => files.withProfile(data, name));
  }

  /** Makes another profile the current one. */
  use(id: string): void {
    this.#change((data) => files.withCurrentProfile(data, id));
  }

  /**
   * Moves purchases of the current profile into a new profile for each of these people. Take them
   * from {@link Shopper.personas}, without the first, and ask the shopper before.
   *
   * @param persons the name of each new profile, and its purchases as indices into the history
   */
  separate(persons: readonly { name: string; purchases: readonly number[] }[]): void {
    const places = persons.map(({ name, purchases }) => ({
      name,
      places: purchases.map((index) => this.#placeOf(index)),
    }));
    this.#change((data) =>
      files.withSeparateProfiles(
        data,
        places.map(({ name, places }) => ({ name, purchases: places.map((at) => at(data)) })),
      ),
    );
  }

  /**
   * Notes that all purchases of the current profile are for one person, so that the element does
   * not ask again.
   */
  keepTogether(): void {
    this.#change(files.asOnePerson);
  }

  /** Renames the current profile. */
  rename(name: string): void {
    this.#change((data) => files.withProfileName(data, name));
  }

  /** Removes a profile, by its id. */
  removeProfile(id: string): void {
    this.#change((data) => files.withoutProfile(data, id));
  }

  /**
   * Calls a function whenever the file changes: by another object on the page, or in another tab.
   * The file has then been read again.
   *
   * @returns stops that
   */
  watch(onChange: () => void): () => void {
    const { key } = this.#storage;
    const reloaded = () => {
      if (this.#stored) this.reload();
      onChange();
    };
    const onPage = (event: Event) => {
      const { detail } = event as CustomEvent<{ key: string; file: ShopperFile }>;
      if (detail.key !== key) return;
      // Without a storage the objects share the file directly.
      if (detail.file !== this && !detail.file.stored) this.#data = detail.file.data;
      reloaded();
    };
    const inTab = (event: StorageEvent) => {
      if (event.key === null || event.key === key) reloaded();
    };
    window.addEventListener(SHOPPER_EVENT, onPage);
    window.addEventListener('storage', inTab);
    return () => {
      window.removeEventListener(SHOPPER_EVENT, onPage);
      window.removeEventListener('storage', inTab);
    };
  }

  /**
   * Replaces the whole file by one that {@link export} has made.
   *
   * @throws `InseamInput` for a text that is no shopper's file
   */
  import(text: string): void {
    const data = files.parseExport(text);
    if (!data) throw inseamError('InseamInput', 'this text is no file that export() has made');
    this.#change(() => data);
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

  /** Finds a purchase again, by its index in this object: other tabs may have added some. */
  #placeOf(index: number): (data: files.FileData) => number {
    const purchase = this.current.history[index];
    return (data) => (purchase ? files.indexOf(data, purchase, index) : -1);
  }

  /** Applies a change to what is stored now, as others may have changed it since it was read. */
  #change(how: (data: files.FileData) => files.FileData): void {
    // What could not be stored is here alone.
    if (this.#stored) this.reload();
    const data = how(this.#data);
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
