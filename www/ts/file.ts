// The shopper's own file as values: what is in it, and every change as a function from one file to
// the next. Where it is kept is storage.ts's affair.
import { OUTCOMES } from './outcomes.js';
import type { Purchase, ShopperDetails } from './types.js';

/** A line of the history, with the shop's order line where it comes from the shopper's account. */
export type FileLine = Purchase & {
  /** The shop's own id of the order line: what a line is recognised by when the account's history comes again. */
  line?: string;
};

/** Someone the shopper buys for: "me", "my daughter", "gift". */
export interface Profile {
  /** Unique in the file. */
  id: string;
  /** What the shopper calls them; empty for the first, who needs no name until there is another. */
  name: string;
  history: FileLine[];
  body: Record<string, number | string>;
  /** See {@link ShopperDetails.preference}. */
  preference: number;
  /** The shopper has said that all of it is one person's, however it may look. */
  alone?: true;
}

/** Everything that the device keeps of a shopper. */
export interface FileData {
  /** Of this layout. */
  version: 1;
  /** The profile that advice is for. */
  current: string;
  /** At least one. */
  profiles: Profile[];
}

/** A line of the shop's account history. */
export type AccountLine = Purchase & { line: string };

/** More than anyone has; what is beyond was not written by this package. */
const MAX = { profiles: 20, lines: 20_000, text: 4_000_000 };

const profile = (id: string, name = ''): Profile => ({
  id,
  name,
  history: [],
  body: {},
  preference: 0,
});

/** The file of someone of whom nothing is known. */
export const empty = (): FileData => ({ version: 1, current: 'p1', profiles: [profile('p1')] });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line as far as it is one: fields of the wrong kind make it none. */
function readLine(value: unknown): FileLine[] {
  if (!isRecord(value)) return [];
  const { size, outcome, advised } = value;
  const texts = ['article', 'brand', 'group', 'system', 'line'].filter(
    (name) => value[name] !== undefined,
  );
  const sound =
    typeof size === 'string' &&
    texts.every((name) => typeof value[name] === 'string') &&
    (value['article'] !== undefined || value['group'] !== undefined) &&
    (outcome === undefined || OUTCOMES.includes(String(outcome))) &&
    (advised === undefined || typeof advised === 'boolean');
  if (!sound) return [];
  const fields = ['size', 'outcome', 'advised', ...texts].flatMap((name) =>
    value[name] === undefined ? [] : [[name, value[name]]],
  );
  return [Object.fromEntries(fields) as FileLine];
}

function readProfile(value: unknown, id: string): Profile {
  if (!isRecord(value)) return profile(id);
  const { history, body, preference, name, alone } = value;
  const measured = isRecord(body) ? Object.entries(body) : [];
  const sound = measured.filter(
    ([, v]) => typeof v === 'string' || (typeof v === 'number' && Number.isFinite(v)),
  );
  return {
    id,
    name: typeof name === 'string' ? name : '',
    history: Array.isArray(history) ? history.slice(0, MAX.lines).flatMap(readLine) : [],
    body: Object.fromEntries(sound) as Profile['body'],
    preference: typeof preference === 'number' && Number.isFinite(preference) ? preference : 0,
    ...(alone === true && { alone }),
  };
}

/**
 * The file that a text stands for. What is damaged is left out, the rest is kept; a text that is no
 * file at all gives an empty one. A layout without a version, the details of one shopper, becomes
 * their profile. Undefined for a file of a later version, which is not ours to change.
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

const firstId = (profiles: readonly Profile[]): string => profiles[0]?.id ?? 'p1';

/** The profile that advice is for. */
export const current = (file: FileData): Profile =>
  file.profiles.find(({ id }) => id === file.current) ?? profile(file.current);

/** What the model is told of the current profile. */
export function details(file: FileData): ShopperDetails {
  const { history, body, preference } = current(file);
  return { history, body, preference };
}

const change = (file: FileData, how: (profile: Profile) => Profile): FileData => ({
  ...file,
  profiles: file.profiles.map((one) => (one.id === file.current ? how(one) : one)),
});

/** With the current profile's details replaced. */
export const withDetails = (
  file: FileData,
  { history = [], body = {}, preference = 0 }: ShopperDetails,
): FileData =>
  change(file, (one) => ({
    ...one,
    ...readProfile({ history, body, preference, name: one.name }, one.id),
  }));

/** With one more line of the shopper's own. */
export const withPurchase = (file: FileData, purchase: FileLine): FileData =>
  change(file, (one) => ({ ...one, history: [...one.history, purchase] }));

/** With a line put right. An index that there is not changes nothing. */
export const corrected = (file: FileData, index: number, right: Partial<FileLine>): FileData =>
  change(file, (one) => ({
    ...one,
    history: one.history.map((line, i) =>
      i === index ? ({ ...line, ...right } as FileLine) : line,
    ),
  }));

/** Without a line. */
export const withoutLine = (file: FileData, index: number): FileData =>
  change(file, (one) => ({ ...one, history: one.history.filter((_, i) => i !== index) }));

/** With a measurement known, or, where the value is undefined, not known any more. */
export const withMeasure = (
  file: FileData,
  name: string,
  value: number | string | undefined,
): FileData =>
  change(file, (one) => {
    const { [name]: _, ...rest } = one.body;
    return { ...one, body: value === undefined ? rest : { ...rest, [name]: value } };
  });

/** With another wish for closer or looser. */
export const withPreference = (file: FileData, steps: number): FileData =>
  change(file, (one) => ({ ...one, preference: steps }));

/**
 * With the shop's account history taken in. A line that any profile has already keeps its place,
 * its profile and what the shopper said of it where the shop knows no more (`pending`, or no
 * outcome); a new one goes to the current profile. Taking in the same lines again changes nothing.
 */
export function merged(file: FileData, lines: readonly AccountLine[]): FileData {
  const news = new Map(lines.map((line) => [line.line, line]));
  const profiles = file.profiles.map((one) => ({
    ...one,
    history: one.history.map((line) => {
      const fresh = line.line === undefined ? undefined : news.get(line.line);
      if (!fresh) return line;
      news.delete(fresh.line);
      const open = fresh.outcome === undefined || fresh.outcome === 'pending';
      return open && line.outcome ? { ...fresh, outcome: line.outcome } : fresh;
    }),
  }));
  return change({ ...file, profiles }, (one) => ({
    ...one,
    history: [...one.history, ...news.values()],
  }));
}

/** With a new profile, which becomes the current one. */
export function withProfile(file: FileData, name: string): FileData {
  const taken = new Set(file.profiles.map(({ id }) => id));
  let n = file.profiles.length + 1;
  while (taken.has(`p${n}`)) n++;
  return { ...file, current: `p${n}`, profiles: [...file.profiles, profile(`p${n}`, name)] };
}

/** With the persons of the current profile apart: each of these lists of lines, by their index, becomes a profile of its own. The current one stays so. */
export function apart(
  file: FileData,
  persons: readonly { name: string; lines: readonly number[] }[],
): FileData {
  const { history } = current(file);
  const gone = new Set(persons.flatMap(({ lines }) => lines));
  const left = change(file, (one) => ({ ...one, history: history.filter((_, i) => !gone.has(i)) }));
  return persons.reduce((sum, { name, lines }) => {
    const added = withProfile(sum, name);
    const moved = change(added, (one) => ({
      ...one,
      history: lines.flatMap((i) => history[i] ?? []),
    }));
    return { ...moved, current: file.current };
  }, left);
}

/** With the current profile said to be one person's. */
export const alone = (file: FileData): FileData => change(file, (one) => ({ ...one, alone: true }));

/** For another profile; one that there is not changes nothing. */
export const forProfile = (file: FileData, id: string): FileData =>
  file.profiles.some((one) => one.id === id) ? { ...file, current: id } : file;

/** With the current profile under another name. */
export const renamed = (file: FileData, name: string): FileData =>
  change(file, (one) => ({ ...one, name }));

/** Without a profile; the last one is emptied instead. */
export function withoutProfile(file: FileData, id: string): FileData {
  const left = file.profiles.filter((one) => one.id !== id);
  if (left.length === 0) return empty();
  return { ...file, profiles: left, current: file.current === id ? firstId(left) : file.current };
}
