// The numbers of the protocol with the engine: a name's number is its place in its enum or list.
// www/src/protocol.rs lists the same names in the same order, and a test there compares the two.
import type { Outcome, Question, Reason, Status } from '../types.js';

/** What JavaScript can ask a model. */
export enum ModelQuery {
  about,
  missingBlocks,
  article,
  scales,
  knowsSystem,
  questions,
  canonical,
}

/** What JavaScript can ask a shopper. */
export enum ShopperQuery {
  advise,
  pick,
  belief,
  personas,
  ignored,
}

/** What kind of value a body measurement has in a query. */
export enum MeasureKind {
  missing,
  number,
  word,
}

/** What advice takes as not known about the article. */
export enum Unknown {
  nothing,
  article,
  brand,
}

export const STATUSES = ['advised', 'between', 'unsure', 'both'] as const satisfies Status[];

/** The kinds of reasons that the engine gives. */
export const REASON_KINDS = [
  'history',
  'otherGroups',
  'measurements',
  'noHistory',
  'articleRuns',
  'brandRuns',
] as const satisfies Reason['kind'][];

export const QUESTION_KINDS = ['measurement', 'brand'] as const satisfies Question['kind'][];

export const OUTCOMES = [
  'kept',
  'too_small',
  'too_large',
  'other_reason',
  'unknown_reason',
  'size_reason',
  'pending',
] as const satisfies Outcome[];
