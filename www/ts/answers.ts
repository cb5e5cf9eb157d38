// What the engine can be asked, and its answers read into the package's own types, in the order in
// which www/src writes them.
import type {
  Advice,
  ArticleFacts,
  Belief,
  LabelPosition,
  Measurement,
  Persona,
  Question,
  Ranked,
  Reason,
  Scale,
  SizeBelief,
  SizeOutcome,
  Status,
} from './types.js';
import type { Answer } from './wire.js';

/** The numbers of what a model can be asked. */
export const MODEL = { about: 0, wants: 1, article: 2, scales: 3, knowsSystem: 4, questions: 5 };
/** The numbers of what a shopper can be asked. */
export const SHOPPER = { advise: 0, pick: 1, belief: 2, personas: 3, ignored: 4 };

/** In the engine's order. */
const STATUSES: readonly Status[] = ['advised', 'between', 'unsure', 'both'];

const status = (answer: Answer): Status => STATUSES[answer.number()] ?? 'unsure';
const spread = ({ number }: Answer): Belief => ({ mean: number(), sd: number() });
const label = ({ text, number }: Answer): LabelPosition => ({ size: text(), position: number() });

/** Undefined for an article that the model has never met. */
export function advice(answer: Answer): Advice | undefined {
  if (answer.done) return undefined;
  const { text, number, list, rest } = answer;
  const advice: Advice = { status: status(answer), outcomes: [], reasons: [] };
  const [size, alternative, missed] = [number(), number(), number()];
  const wouldDo = number() === 1;
  const [one, both, none] = [number(), number(), number()];
  advice.reasons = list(() => reason(number(), number()));
  advice.outcomes = rest(
    (): SizeOutcome => ({
      size: text(),
      tooSmall: number(),
      fits: number(),
      tooLarge: number(),
      chosen: number(),
      position: number(),
      runs: number(),
    }),
  );
  const label = (place: number): string => advice.outcomes[place]?.size ?? '';
  if (size >= 0) advice.size = label(size);
  if (alternative >= 0) advice.alternative = label(alternative);
  if (missed >= 0) advice.missed = { size: label(missed), wouldDo };
  if (!Number.isNaN(one))
    advice.expected = Number.isNaN(both) ? { one, none } : { one, both, none };
  return advice;
}

function reason(kind: number, value: number): Reason {
  switch (kind) {
    case 0:
      return { kind: 'history', purchases: value };
    case 1:
      return { kind: 'otherGroups', purchases: value };
    case 2:
      return { kind: 'measurements' };
    case 3:
      return { kind: 'noHistory' };
    default:
      return { kind: kind === 4 ? 'articleRuns' : 'brandRuns', steps: value };
  }
}

/** What is advised of an article, and no more; undefined where nothing is. */
export function pick(answer: Answer): Omit<Ranked, 'article'> | undefined {
  return answer.done
    ? undefined
    : { size: answer.text(), status: status(answer), fits: answer.number() };
}

/** A block of a file: its number, its first byte, and the first beyond it. */
export type Span = [number: number, start: number, end: number];

/** The blocks that have to be had, by number. */
export function wants({ number, rest }: Answer): Map<number, Span> {
  const spans = rest((): Span => [number(), number(), number()]);
  return new Map(spans.map((span) => [span[0], span]));
}

/** Undefined for an article that the model has never met. */
export function facts(answer: Answer): ArticleFacts | undefined {
  const { done, text, number, rest } = answer;
  if (done) return undefined;
  return {
    brand: text(),
    category: text(),
    group: text(),
    system: text(),
    offset: spread(answer),
    spread: spread(answer),
    sizes: rest(() => ({ ...label(answer), runs: number() })),
  };
}

export function scales(answer: Answer): Scale[] {
  const { text, list, rest } = answer;
  return rest(() => ({ system: text(), labels: list(() => label(answer)) }));
}

/** What a model says of itself. */
export interface About {
  name: string;
  /** Of the whole file, bytes. */
  length: number;
  groups: string[];
  measurements: Measurement[];
}

export function about({ text, number, list, rest }: Answer): About {
  const measurement = (): Measurement => {
    const [name, levels] = [text(), list(text)];
    return levels.length > 0 ? { name, levels } : { name };
  };
  return { name: text(), length: number(), groups: list(text), measurements: rest(measurement) };
}

export function questions({ text, number, rest }: Answer): Question[] {
  return rest(() => ({ kind: number() ? 'brand' : 'measurement', name: text(), nats: number() }));
}

/** Undefined for a group that the model does not have. */
export function belief(answer: Answer): Omit<SizeBelief, 'scales'> | undefined {
  return answer.done ? undefined : { ...spread(answer), purchases: answer.number() };
}

export function personas(answer: Answer, groups: readonly string[]): Persona[] {
  const { number, list, rest } = answer;
  return rest(() => ({
    share: number(),
    purchases: list(number),
    sizes: groups.map((group) => ({ ...spread(answer), purchases: number(), group })),
  }));
}
