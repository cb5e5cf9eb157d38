// Gets the advice for one article of a page, step by step.
import type { Inseam } from '../model/model.js';
import type { Shopper } from '../model/shopper.js';
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Costs,
  OpenOptions,
  ShopperDetails,
} from '../types.js';
import { type PageSizes, pageSizes, type StatedSizes } from './page-sizes.js';
import { sharedModel } from './shared.js';

/** What the page wants advice on. */
export interface PageRequest {
  /** The model's address. */
  url: string;
  open: OpenOptions;
  article: string;
  /** The article's record, if the page has it. */
  record: string | null;
  sizes: StatedSizes;
  costs: Costs | undefined;
  details: ShopperDetails;
}

/** What has been found out; after an error, what had been until then. */
export interface Findings {
  model?: Inseam;
  facts?: ArticleFacts | undefined;
  sizes?: PageSizes;
  /** The options that the advice was given with. */
  options?: AdviseOptions;
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
  { url, open, article, record, sizes, costs, details }: PageRequest,
  first: boolean,
  findings: Findings,
): AsyncGenerator<void> {
  const model = await sharedModel(url, open);
  findings.model = model;
  // A record of another version of the model is of no use. Then the article is loaded.
  if (record && !model.article(article)) model.addRecord(record);
  await model.loadFor(article, details);
  yield;
  findings.facts = model.article(article);
  yield;
  findings.sizes = pageSizes(sizes, model.sizeFinder(article));
  const { inStock, offered } = findings.sizes;
  findings.options = { inStock, offered, costs } as AdviseOptions;
  yield;
  // A shopper without details compiles half of the code that the next step needs.
  if (first) model.shopper();
  yield;
  const shopper = model.shopper(details);
  findings.shopper = shopper;
  yield;
  findings.advice = await shopper.advise(article, findings.options);
}
