// A shopper's file as a value: its layout, how to parse it, and how to replace what it says about a
// profile. changes.ts has the other changes, storage.ts keeps the file.
import { OUTCOMES } from '../engine/protocol.js';
import type { Outcome, Purchase, ShopperDetails } from '../types.js';

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

/** A profile about whom nothing is known. */
export const profile = (id: string, name = ''): Profile => ({
  id,
  name,
  history: [],
  body: {},
  preference: 0,
});

/** The file of a shopper about whom nothing is known. */
export const empty = (): FileData => ({ version: 1, current: 'p1', profiles: [profile('p1')] });

export const isRecord = (value: unknown): value is Record<string, unknown> =>
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

export const firstId = (profiles: readonly Profile[]): string => profiles[0]?.id ?? 'p1';

/** The profile that advice is for. */
export const current = (file: FileData): Profile =>
  file.profiles.find(({ id }) => id === file.current) ?? profile(file.current);

/** The details of the current profile, for the model. */
export function details(file: FileData): ShopperDetails {
  const { history, body, preference } = current(file);
  return { history, body, preference };
}

/** Changes the current profile. */
export const change = (file: FileData, how: (profile: Profile) => Profile): FileData => ({
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

/** Makes another profile the current one. An unknown id changes nothing. */
export const withCurrentProfile = (file: FileData, id: string): FileData =>
  file.profiles.some((one) => one.id === id) ? { ...file, current: id } : file;
