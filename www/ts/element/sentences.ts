// Puts advice into sentences: which texts the line shows, with which values. The model has already
// decided.
import type { Texts, Values } from '../texts/texts.js';
import type { Advice, SizeOutcome } from '../types.js';

/**
 * What the element shows.
 *
 * - `advised`: a size to take
 * - `between`: two sizes that are about equally good
 * - `both`: two sizes to order together
 * - `unsure`: too little is known about the shopper
 * - `no-fit`: no size is likely to fit
 * - `sold-out`: the advised size is not in stock
 * - `unknown`: the model does not know the article
 * - `failed`: there is no model
 */
export type State =
  | 'advised'
  | 'between'
  | 'both'
  | 'unsure'
  | 'no-fit'
  | 'sold-out'
  | 'unknown'
  | 'failed';

/** The name of a text, and the values for its placeholders. */
export type Sentence = [name: Exclude<keyof Texts, 'measure'>, values?: Values];

/** The line of advice. */
export interface AdviceLine {
  state: State;
  sentences: Sentence[];
  /** The sizes that the line tells the shopper to take. */
  takes: string[];
}

/** Of ten shoppers like this one, how many the size fits: from 1 to 9. */
const ofTen = (fits: number): number => Math.min(9, Math.max(1, Math.round(10 * fits)));

/**
 * The line says to which side misfits are if this share or more are to one side, and twice as many
 * as to the other.
 */
const MIN_MISFITS = 0.15;

/** A size that is less likely to fit is not named: the shopper would most likely send it back. */
const MIN_FITS = 1 / 3;

function chances({ fits, tooSmall, tooLarge }: SizeOutcome): Sentence[] {
  if (fits > 0.95) return [['fitsMost']];
  const sentences: Sentence[] = [['fitsOf', { count: ofTen(fits) }]];
  if (tooSmall >= MIN_MISFITS && tooSmall > 2 * tooLarge) sentences.push(['elseSmall']);
  if (tooLarge >= MIN_MISFITS && tooLarge > 2 * tooSmall) sentences.push(['elseLarge']);
  return sentences;
}

/** Two sizes, the smaller first. */
const inOrder = (a: SizeOutcome, b: SizeOutcome): [string, string] =>
  a.position < b.position ? [a.size, b.size] : [b.size, a.size];

/** That the best size is usual, and another fits more often; undefined if that is not so. */
const fitterThan = (best: SizeOutcome, other: SizeOutcome | undefined): Sentence | undefined =>
  other?.supported && other.fits > best.fits
    ? ['betweenFits', { usual: best.size, fitter: other.size }]
    : undefined;

function soldOutLine(
  soldOut: Sentence,
  substitute: SizeOutcome | undefined,
  alternative: SizeOutcome | undefined,
): AdviceLine {
  const line = (sentence: Sentence, ...takes: string[]): AdviceLine => ({
    state: 'sold-out',
    sentences: [soldOut, sentence],
    takes,
  });
  if (!substitute) return line(['noSubstitute']);
  const { size, fits } = substitute;
  const fitter = fitterThan(substitute, alternative);
  return fitter && alternative
    ? line(fitter, ...inOrder(substitute, alternative))
    : line(['substitute', { other: size, count: ofTen(fits) }], size);
}

function twoSizesLine(
  state: 'between' | 'both',
  best: SizeOutcome,
  alternative: SizeOutcome,
): AdviceLine {
  const takes = inOrder(best, alternative);
  const [size, other] = takes;
  const how: Sentence =
    state === 'both'
      ? ['bothHow']
      : (fitterThan(best, alternative) ?? ['betweenHow', { smaller: size, larger: other }]);
  const sentences: Sentence[] = [[state, { size, other }], how];
  return { state, sentences, takes };
}

/**
 * @param advice undefined if there is no model
 * @param isOfferKnown whether the page says which sizes it offers; a size that is not in stock can
 *   otherwise be one that was never made
 */
export function adviceLine(advice: Advice | undefined, isOfferKnown = false): AdviceLine {
  if (!advice) return { state: 'failed', sentences: [['failed']], takes: [] };
  const outcomeOf = (label: string | undefined) =>
    advice.outcomes.find(({ size }) => size === label);
  const [best, alternative] = [outcomeOf(advice.size), outcomeOf(advice.alternative)];
  const { missed, status } = advice;
  const wanted = outcomeOf(missed?.size) ?? best;
  if (wanted && status !== 'unsure' && wanted.fits < MIN_FITS)
    return { state: 'no-fit', sentences: [['noFit']], takes: [] };
  if (missed) {
    const substitute = missed.substituteAcceptable ? best : undefined;
    const why = isOfferKnown ? 'soldOut' : 'unavailable';
    return soldOutLine([why, { size: missed.size }], substitute, alternative);
  }
  if (advice.outcomes.length === 0)
    return { state: 'unknown', sentences: [['unknown']], takes: [] };
  if (status === 'unsure' || !best) return { state: 'unsure', sentences: [['unsure']], takes: [] };
  if (alternative && status !== 'advised') return twoSizesLine(status, best, alternative);
  return {
    state: 'advised',
    sentences: [['take', { size: best.size }], ...chances(best)],
    takes: [best.size],
  };
}
