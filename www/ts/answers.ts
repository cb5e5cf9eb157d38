// The engine's answers, read from flat lists: value after value, in the order in which www/src writes them.
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

/** In the engine's order. */
const STATUSES: readonly Status[] = ['advised', 'between', 'unsure', 'both'];

/** An answer being read. */
class Answer {
  #at = 0;

  constructor(readonly values: readonly unknown[]) {}

  text = (): string => this.values[this.#at++] as string;
  number = (): number => this.values[this.#at++] as number;
  status = (): Status => STATUSES[this.number()] ?? 'unsure';
  belief = (): Belief => ({ mean: this.number(), sd: this.number() });
  label = (): LabelPosition => ({ size: this.text(), position: this.number() });

  /** So many. */
  many = <T>(one: () => T, count = this.number()): T[] => Array.from({ length: count }, one);

  /** All that are left. */
  rest = <T>(one: () => T): T[] => {
    const all: T[] = [];
    while (this.#at < this.values.length) all.push(one());
    return all;
  };
}

/** Undefined for an article that the model has never met. */
export function advice(values: readonly unknown[]): Advice | undefined {
  if (values.length === 0) return undefined;
  const read = new Answer(values);
  const { number } = read;
  const status = read.status();
  const [size, alternative, missed] = [number(), number(), number()];
  const wouldDo = number() === 1;
  const [one, both, none] = [number(), number(), number()];
  const reasons = read.many(() => reason(number(), number()));
  const outcomes = read.rest(
    (): SizeOutcome => ({
      size: read.text(),
      tooSmall: number(),
      fits: number(),
      tooLarge: number(),
      chosen: number(),
      position: number(),
      runs: number(),
    }),
  );
  const label = (place: number): string => outcomes[place]?.size ?? '';
  const advice: Advice = { status, outcomes, reasons };
  if (size >= 0) advice.size = label(size);
  if (alternative >= 0) advice.alternative = label(alternative);
  if (missed >= 0) advice.missed = { size: label(missed), wouldDo };
  if (!Number.isNaN(one)) advice.expected = Number.isNaN(both) ? { one, none } : { one, both, none };
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
export function pick(values: readonly unknown[]): Omit<Ranked, 'article'> | undefined {
  const { text, status, number } = new Answer(values);
  return values.length > 0 ? { size: text(), status: status(), fits: number() } : undefined;
}

/** Undefined for an article that the model has never met. */
export function facts(values: readonly unknown[]): ArticleFacts | undefined {
  const { text, belief, label, number, rest } = new Answer(values);
  if (values.length === 0) return undefined;
  return {
    brand: text(),
    category: text(),
    group: text(),
    system: text(),
    offset: belief(),
    spread: belief(),
    sizes: rest(() => ({ ...label(), runs: number() })),
  };
}

export function scales(values: readonly unknown[]): Scale[] {
  const { text, label, many, rest } = new Answer(values);
  return rest(() => ({ system: text(), labels: many(label) }));
}

/** What a model says of itself. */
export interface About {
  name: string;
  /** Of the whole file, bytes. */
  length: number;
  groups: string[];
  measurements: Measurement[];
}

export function about(values: readonly unknown[]): About {
  const { text, number, many, rest } = new Answer(values);
  const measurement = (): Measurement => {
    const [name, levels] = [text(), many(text)];
    return levels.length > 0 ? { name, levels } : { name };
  };
  return { name: text(), length: number(), groups: many(text), measurements: rest(measurement) };
}

export function questions(values: readonly unknown[]): Question[] {
  const { text, number, rest } = new Answer(values);
  return rest(() => ({ kind: number() ? 'brand' : 'measurement', name: text(), nats: number() }));
}

/** Undefined for a group that the model does not have. */
export function belief(values: readonly unknown[]): Omit<SizeBelief, 'scales'> | undefined {
  const { belief, number } = new Answer(values);
  return values.length > 0 ? { ...belief(), purchases: number() } : undefined;
}

export function personas(values: readonly unknown[], groups: readonly string[]): Persona[] {
  const { belief, number, many, rest } = new Answer(values);
  return rest(() => ({
    share: number(),
    purchases: many(number),
    sizes: groups.map((group) => ({ ...belief(), purchases: number(), group })),
  }));
}
