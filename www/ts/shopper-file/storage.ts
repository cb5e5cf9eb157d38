// Where a shopper's file is kept: the browser's local storage, or any place for one text.

/** A place for one text. Each method may throw, as storage can be full, blocked or missing. */
export interface ShopperStorage {
  /** The name of the place, for listeners of {@link SHOPPER_EVENT}. */
  readonly key: string;
  /** The text written last; null if none was. */
  read(): string | null;
  write(text: string): void;
  remove(): void;
}

/** The default key in the browser's local storage. */
export const STORAGE_KEY = 'inseam.shopper';

/**
 * Name of the event on `window` that tells that a shopper's file has changed. Its detail is
 * `{ key, file }`: the storage's key, and the object that changed the file, with its `data`,
 * `details`, `current` and `stored` as in `ShopperFile`.
 */
export const SHOPPER_EVENT = 'inseam-shopper';

/** The browser's local storage, under a key. */
export const browserStorage = (key: string = STORAGE_KEY): ShopperStorage => ({
  key,
  read: () => localStorage.getItem(key),
  write: (text) => localStorage.setItem(key, text),
  remove: () => localStorage.removeItem(key),
});
