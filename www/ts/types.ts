// The values that the package takes and gives: everything of its API except the classes.

/**
 * What happened to a purchase.
 *
 * - `kept`: it was kept, or the shopper says that something they own fits
 * - `too_small`, `too_large`: it came back for this reason
 * - `size_reason`: it came back because of its size, but not known in which direction
 * - `other_reason`: it came back for a reason other than its size
 * - `unknown_reason`: it came back and the reason is not known
 * - `pending`: it can still come back, so it is no evidence yet
 */
export type Outcome =
  | 'kept'
  | 'too_small'
  | 'too_large'
  | 'other_reason'
  | 'unknown_reason'
  | 'size_reason'
  | 'pending';

/**
 * Something the shopper bought in this shop. The model knows the article, so its id and the size
 * are enough.
 */
export interface ArticlePurchase {
  /** The shop's own article id. */
  article: string;
  /** The size label, as the shop writes it. */
  size: string;
  /** What happened to it; `kept` if absent. */
  outcome?: Outcome;
  /**
   * Whether the shopper took the size because it was advised. Their choice is then no evidence of
   * their size; the outcome still is. False if absent.
   */
  advised?: boolean;
  /**
   * The article's record, as `inseam record` prints it. The article then needs no request, which
   * could tell the host of the model what was bought.
   */
  record?: string;
  /** Used only if the model does not know the article. */
  brand?: string;
  /** Used only if the model does not know the article. */
  group?: string;
  /** Used only if the model does not know the article. */
  system?: string;
}

/** Something the shopper knows from elsewhere: "a medium of this brand fits me". */
export interface BrandPurchase {
  article?: undefined;
  /** The brand. One that the model does not know, or an absent one, counts as an average brand. */
  brand?: string;
  /** The fit group, by its name in the model: see {@link Inseam.groups}. */
  group: string;
  /** The size label. */
  size: string;
  /** The size system: EU, DE, FR, IT, UK, US, AU, JP, CN, BR, MEX, or schema.org's name for it. */
  system?: string;
  /** How it fits; `kept` if absent. */
  outcome?: Outcome;
  record?: undefined;
}

/** One purchase in a shopper's history. */
export type Purchase = ArticlePurchase | BrandPurchase;

/** Everything that is known about a shopper. None of it leaves the browser. */
export interface ShopperDetails {
  /** What they bought or own, in any order. At most 20,000 purchases. */
  history?: readonly Purchase[];
  /**
   * Body measurements, by their names in the model (see {@link Inseam.measurements}): numbers in
   * the units of the shop's own data, or words. Names that the model does not know are ignored.
   */
  body?: Readonly<Record<string, number | string | null | undefined>>;
  /**
   * How much larger than their size this shopper likes to wear things, in steps; negative for
   * smaller. Usual values are from -1 to 1; 0 if absent.
   */
  preference?: number;
}

/** Options of opening a model. */
export interface OpenOptions {
  /**
   * Ed25519 public keys of the shop, each 64 hexadecimal digits as `inseam keygen` prints them. A
   * model that none of them has signed is refused with `InseamUntrusted`. If absent, signatures are
   * not checked.
   */
  keys?: readonly string[];
  /** Gives up opening the model when it is aborted: `AbortSignal.timeout(5000)`. */
  signal?: AbortSignal;
  /**
   * A whole file of so many bytes at most is loaded if the server does not send ranges of it; 8 MB
   * if absent.
   */
  wholeLimit?: number;
}

/** Options of advice on one article. */
export interface AdviseOptions {
  /** The size labels in stock; all sizes if absent. Only these are advised. */
  inStock?: readonly string[];
  /**
   * The size labels that the shop offers, in stock or not; all that the model knows if absent, or
   * if none of them is one of these. Other sizes are neither advised nor missed: one that was never
   * made is not sold out.
   */
  offered?: readonly string[];
  /**
   * Who the article is for, as an index into {@link Shopper.personas}. If absent, any of them,
   * weighted by their shares.
   */
  persona?: number;
  /**
   * Advises as if it were not known how the `article` itself runs, or how its `brand` does either.
   * Compare with the usual advice to see how much of it comes from there.
   */
  unknown?: 'article' | 'brand';
  /**
   * The shop's costs. The advice then is what can be expected to cost least: one size, two sizes to
   * order together, or no size.
   */
  costs?: Costs;
  /** Gives up waiting for parts of the model when it is aborted. */
  signal?: AbortSignal;
}

/** A shop's costs, in units of one return: what it costs the shop that one article comes back. */
export interface Costs {
  /** What the shop loses with a sale that does not happen. At least 0; 0 if absent. */
  lostSale?: number;
  /**
   * What it costs that the second of two sizes ordered together comes back. At least 0; 1 if
   * absent. Less than 1 if both come back in one parcel, or if an expected return costs less.
   */
  spare?: number;
  /** Share of the shoppers who order nothing if no size is advised, from 0 to 1; 0 if absent. */
  hesitant?: number;
}

/** The expected cost of each decision, in units of one return. */
export interface Expected {
  /** Advising the one size. */
  one: number;
  /** Advising to order it and the best other size together; absent if there is no other. */
  both?: number;
  /** Advising no size. */
  none: number;
}

/** A size that would be advised if it were in stock. */
export interface Missed {
  /** Its label. */
  size: string;
  /**
   * Whether the size advised in its place is an acceptable substitute: its chance to fit is at
   * least four fifths as high.
   */
  substituteAcceptable: boolean;
}

/** What to leave out of a shopper's details. */
export interface Omission {
  /** Purchases, as indices into the history. */
  purchases?: readonly number[];
  /** Whether to leave out all body measurements. */
  body?: boolean;
}

/** The influence of one thing on the advice: what the advice would be without it. */
export interface Influence {
  /**
   * What is left out: purchases in the same size with the same outcome, all body measurements, what
   * is known about how the article runs, or what is known about that and how its brand runs.
   */
  of: 'purchases' | 'body' | 'article' | 'brand';
  /** The purchases, as indices into the history; empty for other things. */
  purchases: readonly number[];
  /** The size that would be advised. */
  size: string | undefined;
  /** The status that the advice would have. */
  status: Status;
  /**
   * How much larger the thing makes the shopper's believed size, in steps; for `article` and
   * `brand`, how much larger it makes the article in the advised size.
   */
  steps: number;
}

/** An article of a ranking, with the size to take. */
export interface Ranked {
  /** The shop's own article id. */
  article: string;
  /**
   * The size advised among those in stock; absent if there is none, or if the model does not know
   * the article.
   */
  size?: string;
  /** See {@link Status}. */
  status: Status;
  /** The chance that the size fits, from 0 to 1; 0 if there is no size. */
  fits: number;
}

/** A question to the shopper, and how much its answer would help. */
export interface Question {
  /**
   * Whether to ask for a body measurement of the model, or for the size usually worn in a brand.
   */
  kind: 'measurement' | 'brand';
  /** The measurement's or the brand's name. */
  name: string;
  /**
   * Expected information about the shopper's size, in nats; at least 0. Below 0.1 the question is
   * hardly worth asking.
   */
  nats: number;
}

/**
 * What the advice names.
 *
 * - `advised`: one size
 * - `between`: two sizes that are about equally good, or of which the second fits clearly better
 *   than the size that the shopper would choose
 * - `unsure`: no size, as too little is known
 * - `both`: two sizes to order together, as this costs the shop least (only with {@link Costs})
 */
export type Status = 'advised' | 'between' | 'unsure' | 'both';

/**
 * How one size of an article would turn out for the shopper. `tooSmall`, `fits` and `tooLarge` sum
 * to 1.
 */
export interface SizeOutcome {
  /** The size label. */
  size: string;
  /** Chance, from 0 to 1. */
  tooSmall: number;
  /** Chance, from 0 to 1. */
  fits: number;
  /** Chance, from 0 to 1. */
  tooLarge: number;
  /**
   * Chance that the shopper would choose this size without advice; sums to 1 over the outcomes.
   */
  chosen: number;
  /** Where the label lies on the fit group's axis, in steps. */
  position: number;
  /** How much larger than its label the size is believed to be, in steps. */
  runs: number;
  /**
   * Whether the shop's purchases support these chances: those of the advised size and of sizes near
   * it. The others are extrapolated, and should be shown as uncertain.
   */
  supported: boolean;
}

/** One thing that the advice is based on. */
export type Reason =
  /** So many purchases in the article's fit group. */
  | { kind: 'history'; purchases: number }
  /** No purchases in the article's fit group, but so many in others. */
  | { kind: 'otherGroups'; purchases: number }
  /** Body measurements. */
  | { kind: 'measurements' }
  /** Nothing is known about the shopper. */
  | { kind: 'noHistory' }
  /** The article runs large (positive) or small (negative) by so many steps. */
  | { kind: 'articleRuns'; steps: number }
  /** The article's brand runs large (positive) or small (negative) by so many steps. */
  | { kind: 'brandRuns'; steps: number }
  /** The model does not know the article, so there is no advice. */
  | { kind: 'unknownArticle' };

/** Advice on one article for one shopper. */
export interface Advice {
  /**
   * The size to take; absent if no suitable size is in stock, or if the model does not know the
   * article.
   */
  size?: string;
  /** See {@link Status}. */
  status: Status;
  /** Every size of the article that the model knows, smallest first. */
  outcomes: SizeOutcome[];
  /** What the advice is based on, most important first. */
  reasons: Reason[];
  /** The second best size in stock; for `both`, the other size to order. */
  alternative?: string;
  /** The size that would be advised if it were in stock; absent if it is. */
  missed?: Missed;
  /** The expected costs; absent if no costs were given, or if a size is missed. */
  expected?: Expected;
}

/** A belief about a number: its mean and standard deviation, in steps unless otherwise stated. */
export interface Belief {
  mean: number;
  sd: number;
}

/** A size label, and where it lies on its fit group's axis, in steps. */
export interface LabelPosition {
  size: string;
  position: number;
}

/** The size labels of one size system in a fit group. */
export interface Scale {
  /** schema.org's name of the size system, such as `WearableSizeSystemUK`. */
  system: string;
  /** Smallest first. */
  labels: LabelPosition[];
}

/** The belief about a shopper's size in one fit group. */
export interface SizeBelief extends Belief {
  /** The number of purchases that it is based on. */
  purchases: number;
  /** The size scales on the same axis, to translate the mean into labels. */
  scales: Scale[];
}

/** One of the people that an account buys for. */
export interface Persona {
  /** Chance that the account's next purchase is for them; sums to 1 over the personas. */
  share: number;
  /** Their purchases, as indices into the history. */
  purchases: number[];
  /**
   * The belief about their size in every fit group, in the order of {@link Inseam.groups}.
   * `purchases` is the number that it is based on.
   */
  sizes: (Belief & { group: string; purchases: number })[];
}

/** What the model knows about an article. */
export interface ArticleFacts {
  brand: string;
  /** The shop's category within the fit group; empty if the shop has none. */
  category: string;
  /** The fit group. */
  group: string;
  /** schema.org's name of the size system of its labels. */
  system: string;
  /**
   * Its sizes, smallest first. `runs` is how much larger than its label the size is believed to be,
   * in steps.
   */
  sizes: (LabelPosition & { runs: number })[];
  /** How much larger than its labels the article is as a whole, in steps. */
  offset: Belief;
  /** How much more often than usual the article is too small or too large, in probit units. */
  spread: Belief;
}

/** A body measurement that the model can use. */
export interface Measurement {
  /** Its name in the shop's data, such as `height_cm`. */
  name: string;
  /** The words that it can be; absent if it is a number. */
  levels?: string[];
  /**
   * The mean and standard deviation among the shop's customers, in the unit of the shop's data;
   * absent if it is a word.
   */
  usual?: Belief;
}
