// The shopper's file in its storage: read, followed and replaced. This is what the element needs;
// `ShopperFile` has the other changes.
import type { ShopperDetails } from '../types.js';
import * as files from './file.js';
import { browserStorage, SHOPPER_EVENT, type ShopperStorage } from './storage.js';

/** A shopper's file, as the detail of {@link SHOPPER_EVENT} has it. */
export class StoredFile {
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
    this.change((data) => files.withDetails(data, change(files.details(data))));
  }

  /** Makes another profile the current one. */
  use(id: string): void {
    this.change((data) => files.withCurrentProfile(data, id));
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
      const { detail } = event as CustomEvent<{ key: string; file: StoredFile }>;
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

  /**
   * Applies a change to what is stored now, as others may have changed it since it was read.
   *
   * @internal
   */
  change(how: (data: files.FileData) => files.FileData): void {
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
