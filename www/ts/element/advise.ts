// Gets the advice for one article of a page, step by step.
import type { Inseam } from '../model/model.js';
import type { Shopper } from '../model/shopper.js';
import type { Advice, AdviseOptions, ArticleFacts, ShopperDetails } from '../types.js';
import { sharedModel } from './shared.js';

/** What the page wants advice on. */
export interface PageRequest {
  /** The model's address. */
  url: string;
  /** See {@link OpenOptions.keys}. */
  keys: readonly string[] | undefined;
  article: string;
  /** The article's record, if the page has it. */
  record: string | null;
  options: AdviseOptions;
  details: ShopperDetails;
}

/** What has been found out; after an error, what had been until then. */
export interface Findings {
  model?: Inseam;
  facts?: ArticleFacts | undefined;
  shopper?: Shopper;
  advice?: Advice;
}

/**
 * Gets the advice and puts it into `findings`. It yields between steps, where the page may do its
 * own work.
 *
 * @param first whether it is the page's first advice. Then each step also compiles the code that it
 *   runs, so one without a pause after the other would block a slow phone.
 */
export async function* advise(
  { url, keys, article, record, options, details }: PageRequest,
  first: boolean,
  findings: Findings,
): AsyncGenerator<void> {
  const model = await sharedModel(url, keys);
  findings.model = model;
  // A record of another version of the model is of no use. Then the article is loaded.
  if (record && !model.article(article)) model.addRecord(record);
  const bought = (details.history ?? []).flatMap((purchase) => purchase.article ?? []);
  await model.load([article, ...bought]);
  yield;
  findings.facts = model.article(article);
  yield;
  // A shopper without details compiles half of the code that the next step needs.
  if (first) model.shopper();
  yield;
  const shopper = model.shopper(details);
  findings.shopper = shopper;
  yield;
  findings.advice = await shopper.advise(article, options);
}
