// Reads the engine's replies into the package's public types, in the order in which www/src writes
// them.
import type {
  Advice,
  ArticleFacts,
  Belief,
  LabelPosition,
  Measurement,
  Persona,
  Ranked,
  Reason,
  Scale,
  SizeBelief,
  SizeOutcome,
} from '../types.js';
import { REASON_KINDS, STATUSES } from './protocol.js';
import type { ReplyReader } from './wire.js';

const belief = ({ number }: ReplyReader): Belief => ({ mean: number(), sd: number() });

const labelPosition = ({ text, number }: ReplyReader): LabelPosition => ({
  size: text(),
  position: number(),
});

const sizeOutcome = ({ text, number }: ReplyReader): SizeOutcome => ({
  size: text(),
  tooSmall: number(),
  fits: number(),
  tooLarge: number(),
  chosen: number(),
  position: number(),
  runs: number(),
  supported: number() !== 0,
});

/** Advice; undefined for an article that the model does not know. */
export function readAdvice(reply: ReplyReader): Advice | undefined {
  if (reply.done) return undefined;
  const { number, oneOf, list, rest } = reply;
  const advice: Advice = { status: oneOf(STATUSES), outcomes: [], reasons: [] };
  const [size, alternative, missed] = [number(), number(), number()];
  const substituteAcceptable = number() === 1;
  const [one, both, none] = [number(), number(), number()];
  advice.reasons = list(() => readReason(reply));
  advice.outcomes = rest(() => sizeOutcome(reply));
  const label = (index: number): string => advice.outcomes[index]?.size ?? '';
  if (size >= 0) advice.size = label(size);
  if (alternative >= 0) advice.alternative = label(alternative);
  if (missed >= 0) advice.missed = { size: label(missed), substituteAcceptable };
  if (!Number.isNaN(one))
    advice.expected = Number.isNaN(both) ? { one, none } : { one, both, none };
  return advice;
}

function readReason({ oneOf, number }: ReplyReader): Reason {
  const [kind, value] = [oneOf(REASON_KINDS), number()];
  switch (kind) {
    case 'history':
    case 'otherGroups':
      return { kind, purchases: value };
    case 'measurements':
    case 'noHistory':
      return { kind };
    case 'articleRuns':
    case 'brandRuns':
      return { kind, steps: value };
  }
}

/** The size advised for an article, without its outcomes; undefined where none is advised. */
export function readPick({ done, text, oneOf, number }: ReplyReader) {
  if (done) return undefined;
  return { size: text(), status: oneOf(STATUSES), fits: number() } satisfies Omit<
    Ranked,
    'article'
  >;
}

/**
 * A block of a model's file: its number, the offset of its first byte, and the offset behind its
 * last.
 */
export interface BlockSpan {
  number: number;
  start: number;
  end: number;
}

/**
 * The run of blocks around a block: the number of its first, the number behind its last, and the
 * offsets as for a block.
 */
export interface BlockRun {
  first: number;
  behind: number;
  start: number;
  end: number;
}

/** A block that has to be loaded, and the run around it. */
export interface MissingBlock {
  span: BlockSpan;
  run: BlockRun;
}

/** The blocks that have to be loaded, by number. */
export function readMissingBlocks({ number, rest }: ReplyReader): Map<number, MissingBlock> {
  const missing = rest(
    (): MissingBlock => ({
      span: { number: number(), start: number(), end: number() },
      run: { first: number(), behind: number(), start: number(), end: number() },
    }),
  );
  return new Map(missing.map((block) => [block.span.number, block]));
}

/** What the model knows about an article; undefined for one that it does not know. */
export function readArticle(reply: ReplyReader): ArticleFacts | undefined {
  const { done, text, number, rest } = reply;
  if (done) return undefined;
  return {
    brand: text(),
    category: text(),
    group: text(),
    system: text(),
    offset: belief(reply),
    spread: belief(reply),
    sizes: rest(() => ({ ...labelPosition(reply), runs: number() })),
  };
}

/** The size scales of a fit group. */
export function readScales(reply: ReplyReader): Scale[] {
  const { text, list, rest } = reply;
  return rest(() => ({ system: text(), labels: list(() => labelPosition(reply)) }));
}

/** What a model is: the same for as long as it is open. */
export interface About {
  name: string;
  /** Length of the whole file in bytes. */
  length: number;
  groups: string[];
  measurements: Measurement[];
}

export function readAbout({ text, number, list, rest }: ReplyReader): About {
  const measurement = (): Measurement => {
    const [name, mean, sd, levels] = [text(), number(), number(), list(text)];
    return levels.length > 0 ? { name, levels } : { name, usual: { mean, sd } };
  };
  return { name: text(), length: number(), groups: list(text), measurements: rest(measurement) };
}

/** The belief about a shopper's size; undefined for a fit group that the model does not have. */
export function readSizeBelief(reply: ReplyReader): Omit<SizeBelief, 'scales'> | undefined {
  return reply.done ? undefined : { ...belief(reply), purchases: reply.number() };
}

/** An account's personas. `groups` are the model's fit groups, in its order. */
export function readPersonas(reply: ReplyReader, groups: readonly string[]): Persona[] {
  const { number, list, rest } = reply;
  return rest(() => ({
    share: number(),
    purchases: list(number),
    sizes: groups.map((group) => ({ ...belief(reply), purchases: number(), group })),
  }));
}
