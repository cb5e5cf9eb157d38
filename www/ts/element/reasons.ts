// Why, in words: what the advice rests on, and what it would be without each thing.
import type { Speaker } from '../texts/texts.js';
import type { Advice, ArticleFacts, Influence, Purchase, Reason } from '../types.js';

/** How many reasons are given at most: more would be read by nobody. */
const MANY = 4;

const amount = (steps: number, speaker: Speaker): string => {
  const much = Math.abs(steps);
  return speaker.say(much < 0.35 ? 'bit' : much < 0.75 ? 'half' : much < 1.35 ? 'one' : 'more');
};

/** The brand of a purchase, as far as it is known. */
export type BrandOf = (purchase: Purchase) => string | undefined;

/** A purchase of the shopper's own, or several alike. */
function own(
  { purchases }: Influence,
  history: readonly Purchase[],
  brandOf: BrandOf,
  speaker: Speaker,
): string | undefined {
  const lines = purchases.flatMap((index) => history[index] ?? []);
  const [first] = lines;
  if (!first) return undefined;
  // A size says more with the brand that means it.
  const [brand, ...more] = new Set(lines.map(brandOf));
  const size = brand && more.length === 0 ? `${first.size} (${brand})` : first.size;
  const values = { size, count: lines.length };
  switch (first.outcome ?? 'kept') {
    case 'kept':
      return speaker.say('kept', values);
    case 'too_small':
      return speaker.say('wasSmall', values);
    case 'too_large':
      return speaker.say('wasLarge', values);
    default:
      return undefined;
  }
}

function known(
  reason: Reason,
  facts: ArticleFacts | undefined,
  speaker: Speaker,
): string | undefined {
  switch (reason.kind) {
    case 'history':
      return speaker.say('history', { count: reason.purchases });
    case 'otherGroups':
      return speaker.say('otherKinds', { count: reason.purchases });
    case 'measurements':
      return speaker.say('measurements');
    case 'noHistory':
      return speaker.say('nothing');
    case 'articleRuns':
      return speaker.say(reason.steps > 0 ? 'pieceLarge' : 'pieceSmall', {
        amount: amount(reason.steps, speaker),
      });
    case 'brandRuns': {
      const values = { brand: facts?.brand ?? '', amount: amount(reason.steps, speaker) };
      return speaker.say(reason.steps > 0 ? 'brandLarge' : 'brandSmall', values);
    }
    case 'unknownArticle':
      return undefined;
  }
}

/** The reasons, weightiest first; each ends with the size that it alone has made another, where it has. */
export function reasons(
  advice: Advice,
  influences: readonly Influence[],
  history: readonly Purchase[],
  brandOf: BrandOf,
  facts: ArticleFacts | undefined,
  speaker: Speaker,
): string[] {
  const otherwise = (influence: Influence | undefined) =>
    influence?.size !== undefined && influence.size !== advice.size
      ? ` ${speaker.say('without', { size: influence.size })}`
      : '';
  // That a piece runs small is known of it and of its brand: without that it would be any of its
  // kind.
  const cut = influences.find(({ of }) => of === 'brand');
  const body = influences.find(({ of }) => of === 'body');
  const runs = advice.reasons.filter(({ kind }) => kind === 'articleRuns' || kind === 'brandRuns');
  const general = advice.reasons.filter((reason) => !runs.includes(reason));
  const mine = influences.filter(
    ({ of, size, steps }) => of === 'purchases' && (size !== advice.size || Math.abs(steps) > 0.1),
  );
  // Two kinds of garment in the same size of one brand read alike: said is the weightier. "Learned
  // from four purchases" says nothing beside the purchases themselves.
  const said = [
    ...general
      .filter(({ kind }) => kind !== 'history' || mine.length === 0)
      .map(
        (reason) =>
          [
            known(reason, facts, speaker),
            reason.kind === 'measurements' ? body : undefined,
          ] as const,
      ),
    ...mine.map((influence) => [own(influence, history, brandOf, speaker), influence] as const),
  ].filter(([text], i, all) => all.findIndex(([other]) => other === text) === i);
  // How it runs is said once.
  const cuts = runs.slice(0, 1).map((reason) => [known(reason, facts, speaker), cut] as const);
  return [...said.slice(0, MANY - cuts.length), ...cuts].flatMap(([text, influence]) =>
    text === undefined ? [] : [text + otherwise(influence)],
  );
}
