// Explains advice by leaving things out: which purchases count as one thing, and which influence
// comes first.
import type { Advice, Influence, Purchase } from '../types.js';

/**
 * The indices of a history's purchases, those in the same fit group and size with the same outcome
 * together, in the order of the last of each. Pending purchases are left out, as they are no
 * evidence.
 *
 * @param groupOf the fit group of an article that the model knows
 */
export function alikePurchases(
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
export function sortedInfluences(influences: readonly Influence[], advice: Advice): Influence[] {
  const changes = ({ size }: Influence) => Number(size !== advice.size);
  return [...influences].sort(
    (a, b) => changes(b) - changes(a) || Math.abs(b.steps) - Math.abs(a.steps),
  );
}
