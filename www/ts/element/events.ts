// What the element tells the page, and what frameworks set on it, as types.
import type { Inseam } from '../model/model.js';
import type { Shopper } from '../model/shopper.js';
import type { Texts } from '../texts/texts.js';
import type { Advice, ArticleFacts, ShopperDetails } from '../types.js';
import type { AttributeValue, REFLECTED } from './attributes.js';
import type { Feedback } from './panel.js';
import type { State } from './sentences.js';

/** The detail of the event `inseam-advice`. */
export interface AdviceDetail {
  /** What the element shows. */
  state: State;
  /** The shop's own article id. */
  article: string;
  /**
   * A random number of this element's advice on this article. `inseam-accept` repeats it, so that
   * analytics can join the two. It tells nothing about the shopper.
   */
  nonce: string;
  /** The sizes that the line tells the shopper to take. */
  takes: readonly string[];
  /** The advice on the sizes in stock. */
  advice?: Advice;
  /** The shopper that the advice is for. */
  shopper?: Shopper;
  /** The model that the advice comes from. */
  model?: Inseam;
  /** What the model knows about the article; undefined if it does not know it. */
  facts?: ArticleFacts | undefined;
  /** Why there is no advice; absent if there is. */
  error?: unknown;
}

/** The detail of the event `inseam-accept`. */
export interface AcceptDetail {
  /** The shop's own article id. */
  article: string;
  /** The label of the size that the shopper takes; the first where they order two together. */
  size: string;
  /** All sizes that the shopper takes. */
  sizes: readonly string[];
  /** See {@link AdviceDetail.nonce}. */
  nonce: string;
  /** The model's name: see {@link Inseam.name}. */
  model: string;
}

/**
 * The detail of the event `inseam-feedback`: an answer, one that was removed, a preference in
 * steps, or that the shopper takes back all answers. The shopper's file has it already, unless the
 * page states the shopper's details by `shopper`: then the page has to store it.
 */
export type FeedbackDetail = Feedback;

/** The detail of the event `loaderror`. */
export interface LoadErrorDetail {
  /** Why there is no advice. */
  error: unknown;
}

/**
 * What a page can set on the element in a framework, as properties or attributes. `inseam/react`,
 * `inseam/vue`, `inseam/svelte` and `inseam/solid` are these types for the framework's templates.
 */
export interface InseamProps extends Partial<Record<keyof typeof REFLECTED, AttributeValue>> {
  'in-stock'?: string | undefined;
  'lost-sale'?: string | number | undefined;
  'whole-limit'?: string | number | undefined;
  shopper?: ShopperDetails | string | undefined;
  texts?: Partial<Texts> | string | undefined;
  open?: boolean | undefined;
}

/** The element's events as handlers in a template, behind the framework's prefix. */
export type InseamHandlers<Prefix extends string> = {
  [Name in keyof InseamEvents as `${Prefix}${Name}`]?: (event: InseamEvents[Name]) => void;
};

/** The element's own events. */
export interface InseamEvents {
  'inseam-advice': CustomEvent<AdviceDetail>;
  'inseam-accept': CustomEvent<AcceptDetail>;
  'inseam-feedback': CustomEvent<FeedbackDetail>;
  ready: CustomEvent<undefined>;
  loaderror: CustomEvent<LoadErrorDetail>;
}

/** The events of the element. */
export interface InseamAdviceEventMap extends HTMLElementEventMap, InseamEvents {}
