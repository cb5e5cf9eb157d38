// What the one line says of an advice: which texts, with which values. The model has decided; this only puts it into words.
import type { Texts, Values } from '../texts/texts.js';
import type { Advice, SizeOutcome } from '../types.js';

/** What the element has to say at the moment. */
export type State = 'waiting' | 'advised' | 'between' | 'unsure' | 'sold-out' | 'unknown' | 'failed';

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

/** Another size would do where its chance to fit is this share of the wanted one's: what also makes two sizes "between". */
const NEAR = 0.8;

function chances(outcome: SizeOutcome): Saying[] {
  const { fits, tooSmall, tooLarge } = outcome;
  if (fits > 0.95) return [['fitsMost']];
  const said: Saying[] = [['fitsOf', { count: ofTen(fits) }]];
  if (tooSmall >= MISFITS && tooSmall > 2 * tooLarge) said.push(['elseSmall']);
  if (tooLarge >= MISFITS && tooLarge > 2 * tooSmall) said.push(['elseLarge']);
  return said;
}

/**
 * @param advice on the sizes in stock; undefined where there is no model
 * @param whole on all sizes, in stock or not
 */
export function statement(advice: Advice | undefined, whole: Advice | undefined): Statement {
  if (!advice || !whole) return { state: 'failed', says: [['failed']], takes: [] };
  const of = (size: string | undefined) => whole.outcomes.find((outcome) => outcome.size === size);
  const [best, wanted] = [of(advice.size), of(whole.size)];
  if (!wanted) return { state: 'unknown', says: [['unknown']], takes: [] };
  if (whole.status === 'unsure') return { state: 'unsure', says: [['unsure']], takes: [] };
  const next = of(advice.alternative);
  // Between two sizes of which one is gone, the other is simply the size to take.
  const either = whole.status === 'between' && whole.alternative === advice.size;
  if (best?.size !== wanted.size && !either) {
    const gone: Saying = ['soldOut', { size: wanted.size }];
    if (!best || best.fits < NEAR * wanted.fits) return { state: 'sold-out', says: [gone, ['wouldNotDo']], takes: [] };
    const would: Saying = ['wouldDo', { other: best.size, count: ofTen(best.fits) }];
    return { state: 'sold-out', says: [gone, would], takes: [best.size] };
  }
  if (advice.status === 'between' && next && best) {
    const [smaller, larger] = (best.position < next.position ? [best, next] : [next, best]).map(({ size }) => size);
    if (smaller !== undefined && larger !== undefined) {
      const how: Saying = ['betweenHow', { smaller, larger }];
      return { state: 'between', says: [['between', { size: smaller, other: larger }], how], takes: [smaller, larger] };
    }
  }
  const size = best ?? wanted;
  return { state: 'advised', says: [['take', { size: size.size }], ...chances(size)], takes: [size.size] };
}
