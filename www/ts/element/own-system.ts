// Translates a size label into the size system that the shopper knows. Loaded for pages that name
// one.
import { schemaName, shortName } from '../model/size-names.js';
import type { ArticleFacts, LabelPosition, Scale } from '../types.js';

/**
 * The label of one of the article's sizes in the shopper's own size system, such as `EU 38`.
 * Undefined if the article's labels are in that system already, or if the model has no label of it
 * within half a step.
 */
export function inOwnSystem(
  size: string,
  facts: ArticleFacts,
  scales: readonly Scale[],
  ownSystem: string,
): string | undefined {
  const position = facts.sizes.find((one) => one.size === size)?.position;
  if (position === undefined) return undefined;
  const own = schemaName(ownSystem);
  if (facts.system === own) return undefined;
  const distance = (label: LabelPosition) => Math.abs(label.position - position);
  const [first, ...others] = scales
    .filter(({ system }) => system === own)
    .flatMap(({ labels }) => labels)
    .filter((label) => distance(label) <= 0.5);
  if (!first) return undefined;
  const nearest = others.reduce((a, b) => (distance(b) < distance(a) ? b : a), first);
  return `${shortName(own)} ${nearest.size}`;
}
