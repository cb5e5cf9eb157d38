/** What became of a purchase. `kept` also stands for "this fits me", said by the shopper of something they own. */
export type Outcome =
  | 'kept'
  | 'too_small'
  | 'too_large'
  | 'other_reason'
  | 'unknown_reason'
  | 'size_reason'
  | 'pending';

/** Something the shopper bought here: the model knows the article, so its id and the size are enough. */
export interface ArticlePurchase {
  /** The shop's own article id. */
  article: string;
  /** The size label, as the shop writes it. */
  size: string;
  /** What became of it; `kept` if absent. `pending` purchases say nothing yet. */
  outcome?: Outcome;
  /** Whether the size was taken on advice: then the choice itself says nothing of the shopper. */
  advised?: boolean;
  /** Of use only if the model does not know the article. */
  brand?: string;
  /** Of use only if the model does not know the article. */
  group?: string;
  /** Of use only if the model does not know the article. */
  system?: string;
}

/** Something the shopper knows from elsewhere: "a medium of this brand fits me". */
export interface BrandPurchase {
  article?: undefined;
  /** The brand; one that the model does not know counts as an average one. */
  brand?: string;
  /** The fit group, by its name in the model; see {@link Inseam.groups}. */
  group: string;
  /** The size label. */
  size: string;
  /** The size system: EU, DE, FR, IT, UK, US, AU, JP, CN, BR, MEX, or schema.org's name for it. */
  system?: string;
  /** How it turned out; `kept` if absent. */
  outcome?: Outcome;
}

/** One line of a shopper's history. */
export type Purchase = ArticlePurchase | BrandPurchase;

/** All that is known of a shopper. None of it leaves the browser. */
export interface ShopperDetails {
  /** What they bought or own, in any order. */
  history?: readonly Purchase[];
  /**
   * Body measurements, by their names in the model (see {@link Inseam.measurements}): numbers in
   * the units of the shop's own history, or words. Names the model does not know are ignored.
   */
  body?: Readonly<Record<string, number | string | null | undefined>>;
  /**
   * How much larger than their size this shopper likes to wear things, in steps (one step is one
   * women's dress size); negative for closer. Between -1 and 1 is sensible; 0 if absent.
   */
  preference?: number;
}

/** How a model is opened. */
export interface OpenOptions {
  /**
   * Public keys of the shop, each 64 hexadecimal digits as `inseam keygen` prints them. A model
   * that none of them has signed is refused; absent, no signature is asked for.
   */
  keys?: readonly string[];
}

/** What goes with one question for advice. */
export interface AdviseOptions {
  /** The size labels that can be had now; all of them if absent. Only these are advised. */
  inStock?: readonly string[];
  /** Whom it is for, as an index into {@link Shopper.personas}; if absent, whoever of the account it may be. */
  persona?: number;
  /**
   * What to take as not known of how the article runs: of the `article` itself, which is then any
   * of its brand; of its `brand` either, and it is any of its kind. What the advice is then tells
   * how much of it comes of that.
   */
  unknown?: 'article' | 'brand';
  /** What things cost the shop: it is then decided by cost whether one size is named, two to order together, or none. */
  costs?: Costs;
}

/** What things cost a shop. The unit is a return: what it costs the shop that one thing comes back. */
export interface Costs {
  /** A sale that doesn't come about: what the shop would have earned by it. From 0; 0 if absent. */
  lostSale?: number;
  /**
   * The second of two sizes ordered together, one of which always comes back. From 0; 1 if absent.
   * Below 1 where both come back in one parcel, or a spare that was foreseen costs less.
   */
  spare?: number;
  /** Share of the shoppers who order nothing where no size is advised, from 0 to 1; 0 if absent. */
  hesitant?: number;
}

/** What each decision can be expected to cost, in returns. */
export interface Expected {
  /** Naming the one size. */
  one: number;
  /** Having it and the best other ordered together; absent where there is no other. */
  both?: number;
  /** Naming none. */
  none: number;
}

/** A size that would be advised if it could be had. */
export interface Missed {
  size: string;
  /** Whether the size advised in its place would do: its chance to fit is not much less. */
  wouldDo: boolean;
}

/** What to leave out of what is known of a shopper. */
export interface Omission {
  /** Purchases, by their index in the history. */
  purchases?: readonly number[];
  /** All body measurements. */
  body?: boolean;
}

/** What one thing did to the advice: what the advice would be without it, computed anew. */
export interface Influence {
  /** Purchases in the same size with the same outcome; all measurements; what is known of how the article runs, and of how its brand does besides. */
  of: 'purchases' | 'body' | 'article' | 'brand';
  /** Which purchases, by their index in the history. */
  purchases: readonly number[];
  /** The size that would be advised. */
  size: string | undefined;
  status: Status;
  /** How much larger the shopper is believed because of it, in steps; for `article` and `brand`, how much larger the size advised is. */
  steps: number;
}

/** An article of a list, with the size to take. */
export interface Ranked {
  article: string;
  /** The size advised among those in stock; absent where there is none or the model does not know the article. */
  size?: string;
  status: Status;
  /** The chance that it fits; 0 where there is no size. */
  fits: number;
}

/** A question whose answer would help, and how much information it can be expected to bring. */
export interface Question {
  /** A body measurement of the model, or the size label usually worn of a brand. */
  kind: 'measurement' | 'brand';
  /** The measurement's or the brand's name. */
  name: string;
  /** Expected information about the shopper's size, in nats; at least 0. Below .1 it is hardly worth asking. */
  nats: number;
}

/** Whether one size stands out, two are about as good or the neighbour of what they would take fits clearly better, too little is known, or two ordered together cost the shop least (only with {@link Costs}). */
export type Status = 'advised' | 'between' | 'unsure' | 'both';

/** What would become of one size if this shopper took it. The three chances sum to 1. */
export interface SizeOutcome {
  size: string;
  /** Chance, from 0 to 1. */
  tooSmall: number;
  /** Chance, from 0 to 1. */
  fits: number;
  /** Chance, from 0 to 1. */
  tooLarge: number;
  /** Chance that this shopper would choose the size by themselves; sums to 1 over the article's sizes. */
  chosen: number;
  /** Where the label lies on the fit group's axis, in steps. */
  position: number;
  /** How much larger than its label it turns out, as far as is known, in steps. */
  runs: number;
}

/** One thing that the advice rests on. */
export type Reason =
  /** So many purchases of this kind of garment are known. */
  | { kind: 'history'; purchases: number }
  /** None of this kind are known, but so many of others. */
  | { kind: 'otherGroups'; purchases: number }
  /** Body measurements are known. */
  | { kind: 'measurements' }
  /** Nothing is known of the shopper. */
  | { kind: 'noHistory' }
  /** The article runs large (positive) or small (negative), by so many steps. */
  | { kind: 'articleRuns'; steps: number }
  /** Its brand does. */
  | { kind: 'brandRuns'; steps: number }
  /** The model has never met the article, so there is no advice. */
  | { kind: 'unknownArticle' };

/** Advice on one article for one shopper. */
export interface Advice {
  /** The size to take; absent if nothing suitable is in stock or the model does not know the article. */
  size?: string;
  status: Status;
  /** Every size of the article, smallest first. */
  outcomes: SizeOutcome[];
  /** What the advice rests on, weightiest first. */
  reasons: Reason[];
  /** The next best size in stock; of two to order together the other. */
  alternative?: string;
  /** The size that would be advised if everything could be had, where it is another and can't. */
  missed?: Missed;
  /** Where costs were given, and none is missed. */
  expected?: Expected;
}

/** A belief about a number: its mean and standard deviation, in steps unless said otherwise. */
export interface Belief {
  mean: number;
  sd: number;
}

/** A label and where it lies on its fit group's axis, in steps. */
export interface LabelPosition {
  size: string;
  position: number;
}

/** The labels of one size system in a fit group. */
export interface Scale {
  /** schema.org's name of the size system, such as `WearableSizeSystemUK`. */
  system: string;
  /** Smallest first. */
  labels: LabelPosition[];
}

/** What is believed of a shopper's size in one fit group. */
export interface SizeBelief extends Belief {
  /** The purchases behind it. */
  purchases: number;
  /** The axis it lies on: every size system met in this fit group, with its labels. */
  scales: Scale[];
}

/** One of the persons that an account buys for. */
export interface Persona {
  /** Chance that the account's next purchase is for them; sums to 1 over the personas. */
  share: number;
  /** Indices in the history of the purchases that count as theirs. */
  purchases: number[];
  /** What is believed of their size in every fit group, in the order of {@link Inseam.groups}. */
  sizes: (Belief & { group: string; purchases: number })[];
}

/** What the model believes of an article. */
export interface ArticleFacts {
  brand: string;
  /** A level under the fit group; empty where the shop has none. */
  category: string;
  group: string;
  /** schema.org's name of the size system its labels are in. */
  system: string;
  /** Its sizes, smallest first; `runs` is how much larger than its label the size turns out, in steps. */
  sizes: (LabelPosition & { runs: number })[];
  /** How the article runs as a whole: positive is large. */
  offset: Belief;
  /** How many misfits it has on both sides beyond the usual, in probit units. */
  spread: Belief;
}

/** A body measurement that the model can use. */
export interface Measurement {
  name: string;
  /** The words it takes; absent where it is a number. */
  levels?: string[];
}
