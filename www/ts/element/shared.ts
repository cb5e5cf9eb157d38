// What the elements of a page share: opened models, and the shopper's file.
import { Inseam } from '../index.js';
import { browserStorage, STORAGE_KEY } from '../shopper-file/storage.js';
import { StoredFile } from '../shopper-file/stored-file.js';
import type { OpenOptions, ShopperDetails } from '../types.js';

const models = new Map<string, Promise<Inseam>>();

/**
 * The model at a URL, opened once for the whole page. After a failure the next call tries again.
 *
 * @param options see {@link OpenOptions}. A `signal` is of no use here, as others wait for the
 *   model too.
 * @throws as `Inseam.open`
 */
export function sharedModel(
  url: string,
  { keys, wholeLimit }: Omit<OpenOptions, 'signal'> = {},
): Promise<Inseam> {
  const address = new URL(url, document.baseURI).href;
  const options = { keys, wholeLimit } as OpenOptions;
  // The options are part of the map's key: who asks for a signature must not get an unchecked
  // model.
  const key = JSON.stringify([address, options]);
  let model = models.get(key);
  if (!model) {
    model = Inseam.open(address, options) as Promise<Inseam>;
    model.catch(() => models.delete(key));
    models.set(key, model);
  }
  return model;
}

/**
 * The details in the shopper's file in local storage; empty where nothing is stored or storage
 * can't be read.
 */
export const storedShopper = (key: string = STORAGE_KEY): ShopperDetails =>
  new StoredFile(browserStorage(key)).details;

/**
 * Stores a shopper's details in the file in local storage, and updates every element on the page.
 */
export const storeShopper = (details: ShopperDetails, key: string = STORAGE_KEY): void =>
  new StoredFile(browserStorage(key)).replace(details);
