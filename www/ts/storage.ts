// Where a shopper's file is kept.

/** A place for one text. Any of these may throw: where storage is full, blocked, or not there. */
export interface ShopperStorage {
  /** What the place is called, for those who listen to {@link SHOPPER_EVENT}. */
  readonly key: string;
  /** What was written last; null if nothing was. */
  read(): string | null;
  write(text: string): void;
  remove(): void;
}

/** The key in the browser's local storage that elements read unless told another. */
export const STORAGE_KEY = 'inseam.shopper';

/** Dispatched on `window` when a shopper's file has changed; its detail has the file and the storage's key. */
export const SHOPPER_EVENT = 'inseam-shopper';

/** The browser's local storage, under a key. */
export const browserStorage = (key: string = STORAGE_KEY): ShopperStorage => ({
  key,
  read: () => localStorage.getItem(key),
  write: (text) => localStorage.setItem(key, text),
  remove: () => localStorage.removeItem(key),
});
