// Changes of a shopper's file that pages make, each as a pure function from one file to the next.
import { withFact } from './facts.js';
import {
  change,
  current,
  empty,
  type FileData,
  firstId,
  isRecord,
  type OrderLine,
  type Profile,
  parse,
  profile,
  type StoredPurchase,
} from './file.js';

/** Parses the text of an exported file; undefined where it is none of this version. */
export function parseExport(text: string): FileData | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value['version'] === 1 && Array.isArray(value['profiles'])
      ? parse(text)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The index of a purchase in the current profile, near where it was; -1 if it is gone. */
function indexOf(file: FileData, purchase: StoredPurchase, index: number): number {
  const { history } = current(file);
  const fields = (one: StoredPurchase): string =>
    JSON.stringify(
      Object.entries(one)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  const text = fields(purchase);
  const same = (other: StoredPurchase | undefined): boolean =>
    other !== undefined && fields(other) === text;
  return same(history[index]) ? index : history.findIndex(same);
}

/** Finds a purchase of a profile again, in a file that may have changed since it was read. */
export function placeOf(seen: Profile, index: number): (file: FileData) => number {
  const purchase = seen.history[index];
  return (file) => (purchase ? indexOf(file, purchase, index) : -1);
}

/** Adds a purchase; what it states about a brand replaces what was stated before. */
export const withPurchase = (file: FileData, purchase: StoredPurchase): FileData =>
  change(file, (one) => ({ ...one, history: withFact(one.history, purchase) }));

/** Changes fields of a purchase. An index beyond the history changes nothing. */
export const withCorrection = (
  file: FileData,
  index: number,
  fields: Partial<StoredPurchase>,
): FileData =>
  change(file, (one) => ({
    ...one,
    history: one.history.map((purchase, i) =>
      i === index ? ({ ...purchase, ...fields } as StoredPurchase) : purchase,
    ),
  }));

/** Removes a purchase. */
export const withoutPurchase = (file: FileData, index: number): FileData =>
  change(file, (one) => ({ ...one, history: one.history.filter((_, i) => i !== index) }));

/** Sets a body measurement, or removes it where the value is undefined. */
export const withMeasurement = (
  file: FileData,
  name: string,
  value: number | string | undefined,
): FileData =>
  change(file, (one) => {
    const { [name]: _, ...rest } = one.body;
    return { ...one, body: value === undefined ? rest : { ...rest, [name]: value } };
  });

/** Sets the preference for larger or smaller, in steps. */
export const withPreference = (file: FileData, steps: number): FileData =>
  change(file, (one) => ({ ...one, preference: steps }));

/**
 * Merges the order lines of the shop's account. A purchase that any profile already has is updated
 * in place; it keeps the outcome that the shopper gave where the shop knows none yet (`pending` or
 * absent). Others are added to the current profile. Merging the same order lines again changes
 * nothing.
 */
export function withOrderLines(file: FileData, orderLines: readonly OrderLine[]): FileData {
  const unmerged = new Map(orderLines.map((orderLine) => [orderLine.line, orderLine]));
  const profiles = file.profiles.map((one) => ({
    ...one,
    history: one.history.map((purchase) => {
      const update = purchase.line === undefined ? undefined : unmerged.get(purchase.line);
      if (!update) return purchase;
      unmerged.delete(update.line);
      const open = update.outcome === undefined || update.outcome === 'pending';
      return open && purchase.outcome ? { ...update, outcome: purchase.outcome } : update;
    }),
  }));
  return change({ ...file, profiles }, (one) => ({
    ...one,
    history: [...one.history, ...unmerged.values()],
  }));
}

/** Adds a profile and makes it the current one. */
export function withProfile(file: FileData, name: string): FileData {
  const taken = new Set(file.profiles.map(({ id }) => id));
  let n = file.profiles.length + 1;
  while (taken.has(`p${n}`)) n++;
  return { ...file, current: `p${n}`, profiles: [...file.profiles, profile(`p${n}`, name)] };
}

/**
 * Moves purchases of the current profile, by their indices, into a new profile for each person. The
 * current profile stays current.
 */
function withSeparateProfiles(
  file: FileData,
  persons: readonly { name: string; purchases: readonly number[] }[],
): FileData {
  const { history } = current(file);
  const moved = new Set(persons.flatMap(({ purchases }) => purchases));
  const remaining = change(file, (one) => ({
    ...one,
    history: history.filter((_, i) => !moved.has(i)),
  }));
  return persons.reduce((sum, { name, purchases }) => {
    const added = change(withProfile(sum, name), (one) => ({
      ...one,
      history: purchases.flatMap((i) => history[i] ?? []),
    }));
    return { ...added, current: file.current };
  }, remaining);
}

/** Does that for purchases of a profile as it was read, by their indices there. */
export function separating(
  seen: Profile,
  persons: readonly { name: string; purchases: readonly number[] }[],
): (file: FileData) => FileData {
  const found = (file: FileData, purchases: readonly number[]) =>
    purchases.map((index) => placeOf(seen, index)(file));
  return (file) =>
    withSeparateProfiles(
      file,
      persons.map(({ name, purchases }) => ({ name, purchases: found(file, purchases) })),
    );
}

/** Notes that the current profile is one person's. */
export const asOnePerson = (file: FileData): FileData =>
  change(file, (one) => ({ ...one, alone: true }));

/** Renames the current profile. */
export const withProfileName = (file: FileData, name: string): FileData =>
  change(file, (one) => ({ ...one, name }));

/** Removes a profile; the only one is emptied instead. */
export function withoutProfile(file: FileData, id: string): FileData {
  const remaining = file.profiles.filter((one) => one.id !== id);
  if (remaining.length === 0) return empty();
  return {
    ...file,
    profiles: remaining,
    current: file.current === id ? firstId(remaining) : file.current,
  };
}
