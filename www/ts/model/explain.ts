// What a shopper asks after the advice: why, and which questions would help. Advice is explained by
// leaving things out: which purchases count as one thing, what each thing does, and which influence
// comes first. Loaded when a page first asks for either.
import { ModelQuery, QUESTION_KINDS } from '../engine/protocol.js';
import { QueryWriter } from '../engine/wire.js';
import type {
  Advice,
  AdviseOptions,
  Belief,
  Influence,
  Omission,
  Purchase,
  Question,
  ShopperDetails,
} from '../types.js';
import type { OpenedModel } from './opened-model.js';

/**
 * Things of a history that are left out, one after the other: each costs another posterior.
 */
const MAX_EXPLAINED = 12;

/** What it takes to explain a shopper's advice: see `Shopper`. */
interface Advised {
  advise(article: string, options: AdviseOptions): Promise<Advice>;
  belief(group: string): Belief | undefined;
  without(omission: Omission): Advised;
  close(): void;
}

/**
 * What the advice on an article is based on, in the order of importance: see `Shopper.explain`.
 *
 * @param groupOf the fit group of an article that the model knows
 */
export async function influences(
  shopper: Advised,
  article: string,
  { history = [], body }: ShopperDetails,
  options: AdviseOptions,
  groupOf: (article: string) => string | undefined,
): Promise<Influence[]> {
  const group = groupOf(article);
  const advice = await shopper.advise(article, options);
  if (group === undefined || advice.size === undefined) return [];
  const mean = (other: Advised) => other.belief(group)?.mean ?? 0;
  const found: Influence[] = [];
  const leaveOut = async (of: 'purchases' | 'body', purchases: number[], left: Omission) => {
    const other = shopper.without(left);
    const { size, status } = await other.advise(article, options);
    found.push({ of, purchases, size, status, steps: mean(shopper) - mean(other) });
    other.close();
  };
  for (const purchases of alikePurchases(history, groupOf).slice(-MAX_EXPLAINED))
    await leaveOut('purchases', purchases, { purchases });
  if (Object.keys(body ?? {}).length > 0) await leaveOut('body', [], { body: true });
  const runs = ({ outcomes }: Advice) =>
    outcomes.find(({ size }) => size === advice.size)?.runs ?? 0;
  for (const of of ['article', 'brand'] as const) {
    const other = await shopper.advise(article, { ...options, unknown: of });
    const { size, status } = other;
    found.push({ of, purchases: [], size, status, steps: runs(advice) - runs(other) });
  }
  return sortedInfluences(found, advice);
}

/**
 * The indices of a history's purchases, those in the same fit group and size with the same outcome
 * together, in the order of the last of each. Pending purchases are left out, as they are no
 * evidence.
 *
 * @param groupOf the fit group of an article that the model knows
 */
function alikePurchases(
  history: readonly Purchase[],
  groupOf: (article: string) => string | undefined,
): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, { size, outcome = 'kept', article, group }] of history.entries()) {
    if (outcome === 'pending') continue;
    const fitGroup = (article === undefined ? undefined : groupOf(article)) ?? group;
    // What was bought, and what the shopper stated about a brand, are told apart.
    const key = JSON.stringify([fitGroup, size, outcome, article === undefined]);
    const alike = groups.get(key) ?? [];
    groups.delete(key);
    groups.set(key, [...alike, i]);
  }
  return [...groups.values()];
}

/** Influences in order: those that change the advised size, then those of more steps. */
function sortedInfluences(influences: readonly Influence[], advice: Advice): Influence[] {
  const changes = ({ size }: Influence) => Number(size !== advice.size);
  return [...influences].sort(
    (a, b) => changes(b) - changes(a) || Math.abs(b.steps) - Math.abs(a.steps),
  );
}

/** The questions that would help, the most informative first: see `Inseam.questions`. */
export function questions(
  model: OpenedModel,
  details: ShopperDetails,
  article: string,
  brands: readonly string[],
): Question[] {
  const query = new QueryWriter().number(ModelQuery.questions);
  model.writeHistoryAndBody(query, details);
  query.text(article).texts(brands);
  const { oneOf, text, number, rest } = model.ask(query);
  return rest(() => ({ kind: oneOf(QUESTION_KINDS), name: text(), nats: number() }));
}
