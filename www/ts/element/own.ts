// A size in the system that the shopper thinks in.
import type { ArticleFacts, Scale } from '../types.js';

const SCHEMA = 'WearableSizeSystem';

/** Systems that schema.org calls otherwise than people do. */
const CALLED: Readonly<Record<string, string>> = { EU: 'Europe', MEX: 'MX' };

/** schema.org's name of a system that may be written short: `EU` is `WearableSizeSystemEurope`. */
function full(system: string): string {
  if (system.startsWith(SCHEMA)) return system;
  const short = system.toUpperCase();
  return SCHEMA + (CALLED[short] ?? short);
}

/** What stands before a size: `EU`. */
const short = (name: string): string => name.slice(SCHEMA.length).replace('Europe', 'EU');

/**
 * The label that one of the article's sizes has in the shopper's own system, with the system:
 * `EU 38`. Undefined where the article is in that system already, or the model has no label within
 * half a step.
 */
export function inOwnSystem(
  size: string,
  facts: ArticleFacts | undefined,
  scales: readonly Scale[],
  own: string | null,
): string | undefined {
  const position = facts?.sizes.find((one) => one.size === size)?.position;
  if (!own || !facts || position === undefined || facts.system === full(own)) return undefined;
  const labels = scales
    .filter(({ system }) => system === full(own))
    .flatMap((scale) => scale.labels);
  const near = labels.filter((label) => Math.abs(label.position - position) <= 0.5);
  const [first, ...rest] = near;
  const best =
    first &&
    rest.reduce(
      (a, b) => (Math.abs(b.position - position) < Math.abs(a.position - position) ? b : a),
      first,
    );
  return best && `${short(full(own))} ${best.size}`;
}
