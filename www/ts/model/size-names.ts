// Which of an article's sizes a text of the page names: "EU 36", "36 / Black", "Medium (M)".
import type { ArticleFacts } from '../types.js';

const PREFIX = 'WearableSizeSystem';

/** Size systems whose name in schema.org is not their usual short name. */
const SCHEMA_NAMES: Readonly<Record<string, string>> = { EU: 'Europe', MEX: 'MX' };

/** schema.org's name of a size system: `WearableSizeSystemEurope` for `EU`. */
export function schemaName(system: string): string {
  if (system.startsWith(PREFIX)) return system;
  const short = system.toUpperCase();
  return PREFIX + (SCHEMA_NAMES[short] ?? short);
}

/** The short name to show before a size: `EU`; empty if the system is not known. */
export const shortName = (name: string): string =>
  name.slice(PREFIX.length).replace('Europe', 'EU').replace('Unspecified', '');

/** A label in canonical form, apart from the size system that it may name. */
interface Name {
  system: string;
  label: string;
}

const NAMED_SYSTEM = /^([A-Z]{2,3}) (?=\d|X*[SML]\b)/;

function nameOf(canonical: string): Name {
  const [whole = '', system = ''] = NAMED_SYSTEM.exec(canonical) ?? [];
  return { system, label: canonical.slice(whole.length) };
}

/** Systems with the same numbers as another. */
const SAME_NUMBERS: Readonly<Record<string, string>> = { DE: 'EU' };
const numbersOf = (system: string): string => SAME_NUMBERS[system] ?? system;

/** What stands between a size and other words: "36 / Black", "36 - Sold out", "Medium (M)". */
const SEPARATORS = /\s*[|,;()[\]·•\n]\s*|\s+[-–—/:]\s+/;

/**
 * Finds the size of an article that a text names.
 *
 * @param canonical the canonical form of a label, as the model writes it
 * @returns the article's own label; undefined if the text names none of its sizes, or several
 */
export function sizeFinder(
  { sizes, system }: ArticleFacts,
  canonical: (text: string) => string,
): (text: string) => string | undefined {
  const own = numbersOf(shortName(system));
  const labels = new Map(sizes.map(({ size }) => [nameOf(size).label, size]));
  const find = (text: string): string | undefined => {
    const name = nameOf(canonical(text));
    const otherSystem = name.system && own && numbersOf(name.system) !== own;
    return otherSystem ? undefined : labels.get(name.label);
  };
  return (text) => {
    const whole = find(text);
    if (whole !== undefined) return whole;
    const [first, ...others] = new Set(text.split(SEPARATORS).flatMap((part) => find(part) ?? []));
    return others.length > 0 ? undefined : first;
  };
}
