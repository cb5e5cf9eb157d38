// What elements on one page have in common: the opened model, and the shopper kept in the browser's storage.
import { Inseam, type ShopperDetails } from './index.js';

const models = new Map<string, Promise<Inseam>>();

/** The model at a URL, fetched once for everything on the page. One that failed is tried again at the next call. */
export function sharedModel(url: string, keys?: readonly string[]): Promise<Inseam> {
  const address = new URL(url, document.baseURI).href;
  // One that was opened without asking for a signature is not trusted by who asks for it.
  const opened = [address, ...(keys ?? [])].join(' ');
  let model = models.get(opened);
  if (!model) {
    model = Inseam.open(address, keys ? { keys } : {});
    model.catch(() => models.delete(opened));
    models.set(opened, model);
  }
  return model;
}

/** The key in the browser's local storage that elements read unless told another. */
export const STORAGE_KEY = 'inseam.shopper';

/** Dispatched on `window` when the stored shopper has changed. */
export const SHOPPER_EVENT = 'inseam-shopper';

/** The stored shopper; nobody in particular where nothing is stored or storage is not to be had. */
export function storedShopper(key = STORAGE_KEY): ShopperDetails {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

/** Stores the shopper in this browser and tells every element on the page. */
export function storeShopper(details: ShopperDetails, key = STORAGE_KEY): void {
  try {
    localStorage.setItem(key, JSON.stringify(details));
  } catch {
    // Storage that is full or forbidden: the elements keep what they had.
  }
  window.dispatchEvent(new CustomEvent(SHOPPER_EVENT, { detail: { key } }));
}
