// Puts the reasons for advice into sentences: what it is based on, and which size it would be
// without each thing.
import { isStated } from '../shopper-file/facts.js';
import type { Speaker } from '../texts/texts.js';
import type { Advice, ArticleFacts, Influence, Purchase, Reason } from '../types.js';

/** Nobody would read more. */
const MAX_REASONS = 4;
/** Purchases that move the belief by fewer steps, and do not change the size, are not mentioned. */
const MIN_STEPS = 0.1;

/** What the reasons are about. */
export interface Explained {
  advice: Advice;
  /** The sizes that the advice names. */
  takes: readonly string[];
  influences: readonly Influence[];
  /** The shopper's history. */
  history: readonly Purchase[];
  /** The article. */
  facts: ArticleFacts;
  /** The brand of a purchase, if known. */
  brandOf: (purchase: Purchase) => string | undefined;
}

/** A sentence, and the influence that can make the size another. */
type ReasonLine = readonly [text: string | undefined, influence: Influence | undefined];

const amount = (steps: number, speaker: Speaker): string => {
  const size = Math.abs(steps);
  return speaker.say(size < 0.35 ? 'bit' : size < 0.75 ? 'half' : size < 1.35 ? 'one' : 'more');
};

/** A sentence about the shopper's own purchases, which have the same size and outcome. */
function ownPurchases(
  { purchases }: Influence,
  { history, brandOf }: Explained,
  speaker: Speaker,
): string | undefined {
  const bought = purchases.flatMap((index) => history[index] ?? []);
  const [first] = bought;
  if (!first) return undefined;
  // The brand makes the size label clearer, if it is the same for all.
  const [brand, ...otherBrands] = new Set(bought.map(brandOf));
  const size = brand && otherBrands.length === 0 ? `${first.size} (${brand})` : first.size;
  const values = { size, count: bought.length };
  switch (first.outcome ?? 'kept') {
    case 'kept':
      return speaker.say(isStated(first) ? 'stated' : 'kept', values);
    case 'too_small':
      return speaker.say('wasSmall', values);
    case 'too_large':
      return speaker.say('wasLarge', values);
    default:
      return undefined;
  }
}

/** A sentence for one of the model's reasons. */
function modelReason(
  reason: Reason,
  { advice, facts, history }: Explained,
  speaker: Speaker,
): string | undefined {
  switch (reason.kind) {
    case 'history':
      return history.every(isStated)
        ? speaker.say('answered')
        : speaker.say('history', { count: reason.purchases });
    case 'otherGroups':
      return speaker.say('otherKinds', { count: reason.purchases });
    case 'measurements':
      return speaker.say(advice.reasons.some(isHistory) ? 'measurements' : 'answered');
    case 'noHistory':
      return speaker.say('nothing');
    case 'articleRuns':
      return speaker.say(reason.steps > 0 ? 'pieceLarge' : 'pieceSmall', {
        amount: amount(reason.steps, speaker),
      });
    case 'brandRuns': {
      const values = { brand: facts.brand, amount: amount(reason.steps, speaker) };
      return speaker.say(reason.steps > 0 ? 'brandLarge' : 'brandSmall', values);
    }
    case 'unknownArticle':
      return undefined;
  }
}

const isHistory = ({ kind }: Reason) => kind === 'history' || kind === 'otherGroups';
const isRuns = ({ kind }: Reason) => kind === 'articleRuns' || kind === 'brandRuns';

/**
 * What is known about the shopper: their purchases, or how many there are, and their measurements.
 */
function shopperLines(explained: Explained, speaker: Speaker): ReasonLine[] {
  const { advice, influences } = explained;
  const purchases = influences.filter(
    ({ of, size, steps }) =>
      of === 'purchases' && (size !== advice.size || Math.abs(steps) > MIN_STEPS),
  );
  const body = influences.find(({ of }) => of === 'body');
  // Beside the purchases themselves their number tells nothing new.
  const general = advice.reasons.filter(
    (reason) => !isRuns(reason) && (reason.kind !== 'history' || purchases.length === 0),
  );
  const lines: ReasonLine[] = [
    ...general.map(
      (reason): ReasonLine => [
        modelReason(reason, explained, speaker),
        reason.kind === 'measurements' ? body : undefined,
      ],
    ),
    ...purchases.map(
      (influence): ReasonLine => [ownPurchases(influence, explained, speaker), influence],
    ),
  ];
  // Purchases of two fit groups in the same size of one brand give the same sentence: the first
  // influences the advice more.
  return lines.filter(([text], i) => lines.findIndex(([other]) => other === text) === i);
}

/** How the article or its brand runs: one sentence at most. */
function runsLines(explained: Explained, speaker: Speaker): ReasonLine[] {
  // Leaving out only the article would still leave what its brand tells.
  const influence = explained.influences.find(({ of }) => of === 'brand');
  return explained.advice.reasons
    .filter(isRuns)
    .slice(0, 1)
    .map((reason) => [modelReason(reason, explained, speaker), influence]);
}

/**
 * The reasons, most important first. Each ends with the size that the advice would be without it,
 * if that is another; not where either advice names no size.
 */
export function reasonTexts(explained: Explained, speaker: Speaker): string[] {
  const { advice, takes } = explained;
  const otherwise = (influence: Influence | undefined) =>
    takes.length > 0 &&
    influence?.size !== undefined &&
    influence.status !== 'unsure' &&
    influence.size !== advice.size
      ? ` ${speaker.say('without', { size: influence.size })}`
      : '';
  const runs = runsLines(explained, speaker);
  const lines = shopperLines(explained, speaker).slice(0, MAX_REASONS - runs.length);
  return [...lines, ...runs].flatMap(([text, influence]) =>
    text === undefined ? [] : [text + otherwise(influence)],
  );
}
