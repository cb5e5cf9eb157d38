// Advice in plain words. Facts come from the model; the tone is here.
import type { Advice, ArticleFacts, Reason, SizeOutcome } from './types.js';

/** What the element says of one advice. */
export interface Sentence {
  /** Said before the size. */
  lead: string;
  /** The size, set apart; absent where there is none to name. */
  size?: string;
  /** Said after the size. */
  rest: string;
}

const percent = (chance: number) => `${Math.round(100 * chance)} %`;

const outcomeOf = (advice: Advice, size: string | undefined): SizeOutcome | undefined =>
  advice.outcomes.find((outcome) => outcome.size === size);

/** The one line. */
export function headline(advice: Advice): Sentence {
  const best = outcomeOf(advice, advice.size);
  const next = outcomeOf(advice, advice.alternative);
  if (!best) {
    const unknown = advice.reasons.some((reason) => reason.kind === 'unknownArticle');
    return { lead: unknown ? 'Too new for size advice.' : 'No size in stock to suggest.', rest: '' };
  }
  if (advice.status === 'unsure') {
    return { lead: 'Not sure yet. Our best guess is', size: best.size, rest: '' };
  }
  if (advice.status === 'between' && next) {
    const [closer, looser] = best.position < next.position ? [best, next] : [next, best];
    return {
      lead: 'You are between sizes: take',
      size: best.size,
      rest: `(${closer.size} for a closer fit, ${looser.size} for a looser one)`,
    };
  }
  const risk = best.tooSmall > best.tooLarge ? 'small' : 'large';
  const misfit = Math.max(best.tooSmall, best.tooLarge);
  const rest =
    misfit < 0.12 ? `${percent(best.fits)} likely to fit` : `${percent(best.fits)} likely to fit, else ${risk}`;
  return { lead: 'Take', size: best.size, rest };
}

/** A number of steps as people say it. */
function steps(size: number): string {
  const much = Math.abs(size);
  if (much < 0.4) return 'slightly';
  if (much < 0.75) return 'about half a size';
  if (much < 1.35) return 'about one size';
  return 'more than one size';
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

/** A reason as a sentence. */
export function because(reason: Reason, facts: ArticleFacts | undefined): string {
  switch (reason.kind) {
    case 'history':
      return `Learned from ${count(reason.purchases, 'purchase')} of yours${facts ? ` in ${facts.group}` : ''}.`;
    case 'otherGroups':
      return `Nothing${facts ? ` in ${facts.group}` : ''} from you yet; inferred from ${count(reason.purchases, 'purchase')} of other kinds.`;
    case 'measurements':
      return 'Your measurements count too.';
    case 'noHistory':
      return 'We know nothing of you yet, so this is what suits most shoppers.';
    case 'articleRuns':
      return `This one runs ${reason.steps > 0 ? 'large' : 'small'}: ${steps(reason.steps)}.`;
    case 'brandRuns':
      return `${facts?.brand || 'The brand'} mostly runs ${reason.steps > 0 ? 'large' : 'small'}.`;
    case 'unknownArticle':
      return 'Nobody has told us yet how this one turns out.';
  }
}

/** One size's chances, for those who listen. */
export const chancesAloud = (outcome: SizeOutcome): string =>
  `${outcome.size}: ${percent(outcome.tooSmall)} too small, ${percent(outcome.fits)} fits, ${percent(outcome.tooLarge)} too large`;

export { percent };
