// What the one line says of an advice: which texts, with which values. The model has decided; this
// only puts it into words.
import type { Texts, Values } from '../texts/texts.js';
import type { Advice, SizeOutcome } from '../types.js';

/** What the element has to say at the moment. */
export type State = 'advised' | 'between' | 'both' | 'unsure' | 'sold-out' | 'unknown' | 'failed';

/** A text and its values. */
export type Saying = [name: Exclude<keyof Texts, 'measure'>, values?: Values];

/** The line, and the sizes that can be taken from it. */
export interface Statement {
  state: State;
  says: Saying[];
  takes: string[];
}

/** Ten people like the shopper: how many of them it fits. */
const ofTen = (fits: number): number => Math.min(9, Math.max(1, Math.round(10 * fits)));

/** Said beside the chance to fit where the misfits are this many of a hundred or more, and twice as many to one side as to the other. */
const MISFITS = 0.15;

function chances(outcome: SizeOutcome): Saying[] {
  const { fits, tooSmall, tooLarge } = outcome;
  if (fits > 0.95) return [['fitsMost']];
  const said: Saying[] = [['fitsOf', { count: ofTen(fits) }]];
  if (tooSmall >= MISFITS && tooSmall > 2 * tooLarge) said.push(['elseSmall']);
  if (tooLarge >= MISFITS && tooLarge > 2 * tooSmall) said.push(['elseLarge']);
  return said;
}

/** @param advice undefined where there is no model */
export function statement(advice: Advice | undefined): Statement {
  if (!advice) return { state: 'failed', says: [['failed']], takes: [] };
  const of = (size: string | undefined) => advice.outcomes.find((outcome) => outcome.size === size);
  const [best, next] = [of(advice.size), of(advice.alternative)];
  const { missed } = advice;
  if (missed) {
    const gone: Saying = ['soldOut', { size: missed.size }];
    if (!best || !missed.wouldDo)
      return { state: 'sold-out', says: [gone, ['wouldNotDo']], takes: [] };
    const would: Saying = ['wouldDo', { other: best.size, count: ofTen(best.fits) }];
    return { state: 'sold-out', says: [gone, would], takes: [best.size] };
  }
  if (advice.outcomes.length === 0) return { state: 'unknown', says: [['unknown']], takes: [] };
  if (advice.status === 'unsure' || !best)
    return { state: 'unsure', says: [['unsure']], takes: [] };
  if (next && (advice.status === 'between' || advice.status === 'both')) {
    const takes = (best.position < next.position ? [best, next] : [next, best]).map(
      ({ size }) => size,
    );
    const [smaller = '', larger = ''] = takes;
    const pair = { size: smaller, other: larger };
    if (advice.status === 'both')
      return { state: 'both', says: [['both', pair], ['bothHow']], takes };
    return {
      state: 'between',
      says: [
        ['between', pair],
        ['betweenHow', { smaller, larger }],
      ],
      takes,
    };
  }
  return {
    state: 'advised',
    says: [['take', { size: best.size }], ...chances(best)],
    takes: [best.size],
  };
}
