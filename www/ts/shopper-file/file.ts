// A shopper's file as a value: how to parse it, and each change as a pure function from one file to
// the next. storage.ts keeps it.
import { OUTCOMES } from '../engine/protocol.js';
import type { Outcome, Purchase, ShopperDetails } from '../types.js';
import { withFact } from './facts.js';

/** A purchase in a shopper's file. */
export type StoredPurchase = Purchase & {
  /**
   * The shop's own id of the order line; absent for what the shopper entered. It identifies the
   * purchase when the account's order lines are merged again.
   */
  line?: string;
};

/** Someone the shopper buys for: "me", "my daughter", "gift". */
export interface Profile {
  /** Unique in the file. */
  id: string;
  /** What the shopper calls them; empty for the first profile, as long as there is no other. */
  name: string;
  /** See {@link ShopperDetails.history}. */
  history: StoredPurchase[];
  /** See {@link ShopperDetails.body}. */
  body: Record<string, number | string>;
  /** See {@link ShopperDetails.preference}. */
  preference: number;
  /** Set when the shopper has answered that all these purchases are for one person. */
  alone?: true;
}

/** Everything that the device stores about a shopper. */
export interface FileData {
  /** The version of this layout. */
  version: 1;
  /** The id of the profile that advice is for. */
  current: string;
  /** At least one. */
  profiles: Profile[];
}

/** An order line of the shopper's account; `line` is its id in the shop. */
export type OrderLine = Purchase & { line: string };

/** Longer files were not written by this package. */
const MAX = { profiles: 20, purchases: 20_000, text: 4_000_000 };

const profile = (id: string, name = ''): Profile => ({
  id,
  name,
  history: [],
  body: {},
  preference: 0,
});

/** The file of a shopper about whom nothing is known. */
export const empty = (): FileData => ({ version: 1, current: 'p1', profiles: [profile('p1')] });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A purchase; none where a field has a wrong type or value. */
function readPurchase(value: unknown): StoredPurchase[] {
  if (!isRecord(value)) return [];
  const { size, outcome, advised } = value;
  const texts = ['article', 'brand', 'group', 'system', 'line', 'record'].filter(
    (name) => value[name] !== undefined,
  );
  const valid =
    typeof size === 'string' &&
    texts.every((name) => typeof value[name] === 'string') &&
    (value['article'] !== undefined || value['group'] !== undefined) &&
    (outcome === undefined || OUTCOMES.includes(outcome as Outcome)) &&
    (advised === undefined || typeof advised === 'boolean');
  if (!valid) return [];
  const fields = ['size', 'outcome', 'advised', ...texts].flatMap((name) =>
    value[name] === undefined ? [] : [[name, value[name]]],
  );
  return [Object.fromEntries(fields) as StoredPurchase];
}

function readProfile(value: unknown, id: string): Profile {
  if (!isRecord(value)) return profile(id);
  const { history, body, preference, name, alone } = value;
  const entries = isRecord(body) ? Object.entries(body) : [];
  const measurements = entries.filter(
    ([, v]) => typeof v === 'string' || (typeof v === 'number' && Number.isFinite(v)),
  );
  return {
    id,
    name: typeof name === 'string' ? name : '',
    history: Array.isArray(history) ? history.slice(0, MAX.purchases).flatMap(readPurchase) : [],
    body: Object.fromEntries(measurements) as Profile['body'],
    preference: typeof preference === 'number' && Number.isFinite(preference) ? preference : 0,
    ...(alone === true && { alone }),
  };
}

/**
 * Parses a file. Damaged parts are left out; a text that is not a file at all gives an empty file.
 * The details of one shopper, the layout before there was a version, become their only profile.
 * Undefined for a file of a later version, which must not be overwritten.
 */
export function parse(text: string | null): FileData | undefined {
  if (text === null || text.length > MAX.text) return empty();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return empty();
  }
  if (!isRecord(value)) return empty();
  const { version, profiles, current } = value;
  if (typeof version === 'number' && version > 1) return undefined;
  if (version !== 1) return { ...empty(), profiles: [readProfile(value, 'p1')] };
  const ids = new Set<string>();
  const read = (Array.isArray(profiles) ? profiles : [])
    .slice(0, MAX.profiles)
    .map((value: unknown, i) => {
      const given = isRecord(value) && typeof value['id'] === 'string' ? value['id'] : '';
      const id = given && !ids.has(given) ? given : `p${i + 1}`;
      ids.add(id);
      return readProfile(value, id);
    });
  const all = read.length > 0 ? read : [profile('p1')];
  return {
    version: 1,
    current: all.some(({ id }) => id === current) ? String(current) : firstId(all),
    profiles: all,
  };
}

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
export function indexOf(file: FileData, purchase: StoredPurchase, index: number): number {
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

const firstId = (profiles: readonly Profile[]): string => profiles[0]?.id ?? 'p1';

/** The profile that advice is for. */
export const current = (file: FileData): Profile =>
  file.profiles.find(({ id }) => id === file.current) ?? profile(file.current);

/** The details of the current profile, for the model. */
export function details(file: FileData): ShopperDetails {
  const { history, body, preference } = current(file);
  return { history, body, preference };
}

const change = (file: FileData, how: (profile: Profile) => Profile): FileData => ({
  ...file,
  profiles: file.profiles.map((one) => (one.id === file.current ? how(one) : one)),
});

/** Replaces the current profile's details. */
export const withDetails = (
  file: FileData,
  { history = [], body = {}, preference = 0 }: ShopperDetails,
): FileData =>
  change(file, (one) => ({
    ...one,
    ...readProfile({ history, body, preference, name: one.name }, one.id),
  }));

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
export function withSeparateProfiles(
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

/** Notes that the current profile is one person's. */
export const asOnePerson = (file: FileData): FileData =>
  change(file, (one) => ({ ...one, alone: true }));

/** Makes another profile the current one. An unknown id changes nothing. */
export const withCurrentProfile = (file: FileData, id: string): FileData =>
  file.profiles.some((one) => one.id === id) ? { ...file, current: id } : file;

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
