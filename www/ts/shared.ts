// What elements on one page have in common: the opened model, and the shopper's file.
import { Inseam } from './index.js';
import { ShopperFile } from './shopper.js';
import { browserStorage, STORAGE_KEY } from './storage.js';
import type { ShopperDetails } from './types.js';

const models = new Map<string, Promise<Inseam>>();

/** The model at a URL, fetched once for everything on the page. One that failed is tried again at the next call. */
export function sharedModel(url: string, keys?: readonly string[]): Promise<Inseam> {
  const address = new URL(url, document.baseURI).href;
  // One that was opened without asking for a signature is not trusted by who asks for it.
  const opened = [address, ...(keys ?? [])].join(' ');
  let model = models.get(opened);
  if (!model) {
    model = Inseam.open(address, keys ? { keys } : {}) as Promise<Inseam>;
    model.catch(() => models.delete(opened));
    models.set(opened, model);
  }
  return model;
}

/** The shopper of a file in local storage; nobody in particular where nothing is stored or storage is not to be had. */
export const storedShopper = (key: string = STORAGE_KEY): ShopperDetails =>
  new ShopperFile(browserStorage(key)).details;

/** Stores what is known of the shopper in this browser and tells every element on the page. */
export const storeShopper = (details: ShopperDetails, key: string = STORAGE_KEY): void =>
  new ShopperFile(browserStorage(key)).replace(details);
