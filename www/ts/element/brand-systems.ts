// The size systems in which a brand's sizes can be stated. Where the page does not state them, the
// articles that the model has loaded tell some.
import { schemaName } from '../model/size-names.js';
import type { ArticleFacts, Scale } from '../types.js';

/** A brand that the page asks about. */
export interface StatedBrand {
  name: string;
  /** The size systems that its labels have, by schema.org's names; empty if not stated. */
  systems: readonly string[];
}

/** Reads an entry of the attribute `brands`: `Sorelle Brina`, or `Sorelle Brina = IT, EU`. */
export function statedBrand(entry: string): StatedBrand {
  const [name = '', systems = ''] = entry.split('=').map((part) => part.trim());
  const words = systems.split(',').map((word) => word.trim());
  return { name, systems: words.filter(Boolean).map(schemaName) };
}

/** A size system, and its labels in order. */
export interface LabelledSystem {
  system: string;
  sizes: string[];
}

/**
 * The size systems in which a brand's sizes can be stated: those that the page states, else all of
 * the fit group. Those that the brand is known to use come first, then the shopper's own.
 *
 * @param known articles that the model has loaded
 * @param scales the size scales of the fit group
 */
export function systemsOf(
  { name, systems: stated }: StatedBrand,
  group: string,
  known: readonly ArticleFacts[],
  scales: readonly Scale[],
  ownSystem: string | undefined,
): LabelledSystem[] {
  const own = known.filter((facts) => facts.brand === name && facts.group === group);
  const positions = new Map<string, Map<string, number>>();
  const articles = own.map(({ system, sizes: labels }) => ({ system, labels }));
  for (const { system, labels } of [...articles, ...scales]) {
    const found = positions.get(system) ?? new Map<string, number>();
    for (const { size, position } of labels) if (!found.has(size)) found.set(size, position);
    positions.set(system, found);
  }
  const isStated = (system: string) => stated.includes(system);
  const all = [...positions.keys()];
  const offered = all.some(isStated) ? all.filter(isStated) : all;
  const isUsed = (system: string) => own.some((facts) => facts.system === system);
  const rank = (system: string) => (isUsed(system) ? 0 : system === ownSystem ? 1 : 2);
  return offered
    .sort((a, b) => rank(a) - rank(b))
    .map((system) => ({
      system,
      sizes: [...(positions.get(system) ?? [])].sort(([, a], [, b]) => a - b).map(([size]) => size),
    }));
}
