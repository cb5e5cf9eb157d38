// Whose size a page asks for: the details that it states, else those in the shopper's file.
import { browserStorage, STORAGE_KEY } from '../shopper-file/storage.js';
import { StoredFile } from '../shopper-file/stored-file.js';
import type { ShopperDetails } from '../types.js';

/** The shopper of one element. */
export class PageShopper {
  /** The details that the page states; undefined to read them from the file. */
  given: ShopperDetails | undefined;
  readonly #element: Element;
  readonly #onChange: () => void;
  #opened: StoredFile | undefined;
  #stopWatching: (() => void) | undefined;

  /** @param onChange is called when the file has changed, until {@link close} */
  constructor(element: Element, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
  }

  get details(): ShopperDetails {
    return this.given ?? this.#shopperFile.details;
  }

  /** The shopper's file; undefined if the page states the details. */
  get file(): StoredFile | undefined {
    return this.given ? undefined : this.#shopperFile;
  }

  /** Changes the details, where they come from. */
  update(change: (details: ShopperDetails) => ShopperDetails): void {
    if (this.given) this.given = change(this.given);
    else this.#shopperFile.update(change);
  }

  /** Lets go of the file: it is opened again when it is needed. */
  close(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#opened = undefined;
  }

  get #shopperFile(): StoredFile {
    if (!this.#opened) {
      const key = this.#element.getAttribute('storage') || STORAGE_KEY;
      this.#opened = new StoredFile(browserStorage(key));
      this.#stopWatching = this.#opened.watch(this.#onChange);
    }
    return this.#opened;
  }
}
