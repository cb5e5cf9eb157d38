// What a shopper states about a brand is one fact, however often they state it.
import type { Purchase } from '../types.js';

/** Whether a purchase is something that the shopper stated about a brand, not an article. */
export const isStated = ({ article }: Purchase): boolean => article === undefined;

/** Whether two purchases state the size in the same brand and fit group. */
const sameFact = (a: Purchase, b: Purchase): boolean =>
  isStated(a) && isStated(b) && a.brand === b.brand && a.group === b.group;

/** A history with a purchase added. What the shopper states about a brand is one fact. */
export const withFact = <T extends Purchase>(history: readonly T[], purchase: T): T[] => [
  ...history.filter((one) => !sameFact(one, purchase)),
  purchase,
];
