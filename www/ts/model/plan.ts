// What to do with a server's response to a request for a range of a file, as a table. Servers,
// caches and service workers answer in many ways; only the first row is what RFC 9110 asks for.

/** The bytes from `start` to `end` of a file. */
export interface Range {
  start: number;
  end: number;
}

/** What a response says, as far as the page may read it. */
export interface Response {
  /** The HTTP status; 0 if the request failed or its body could not be decoded. */
  status: number;
  /** `Content-Range`; null if it is absent or may not be read. */
  contentRange: string | null;
  /** Length of the body in bytes. */
  length: number;
}

/**
 * How a body relates to the range that was asked for.
 *
 * - `asked`: it is that range, or its part within the file, as the response states
 * - `all`: the response states that it is the whole file
 * - `other`: the response states another range, or not the length of the body
 * - `exact`, `short`, `long`: the response does not state a range; its body has the length of the
 *   range, or is shorter or longer
 */
export type Fit = 'asked' | 'all' | 'other' | 'exact' | 'short' | 'long';

/**
 * - `part`: the body is the range
 * - `whole`: the body is the whole file
 * - `ask whole`: ask once more, for the whole file
 * - `changed`: the file is another one by now
 * - `fail`: there is no model
 */
export type Action = 'part' | 'whole' | 'ask whole' | 'changed' | 'fail';

/** The status, the fit, and whether the range is at the beginning; `*` for any. */
type Row = readonly [status: number | '*', fit: Fit | '*', beginning: boolean | '*', Action];

/**
 * The first row that fits counts. Whatever a row takes for the range or the file is checked: a head
 * states the file's length, and each block's digest.
 */
const ROWS: readonly Row[] = [
  [206, 'asked', '*', 'part'],
  [206, 'all', '*', 'whole'],
  // Another site's response whose `Content-Range` is not exposed, or a length that is not known.
  [206, 'exact', '*', 'part'],
  // The file is shorter than the range.
  [206, 'short', true, 'whole'],
  // A service worker that answers with the whole file, and keeps the status.
  [206, 'long', '*', 'whole'],
  [206, '*', '*', 'ask whole'],
  // A service worker that cuts the range and changes the status. The head tells.
  [200, 'exact', '*', 'part'],
  // A service worker that answers every request with what the first has brought.
  [200, 'short', false, 'ask whole'],
  [200, '*', '*', 'whole'],
  // "Range not satisfiable", from the beginning: the server can't cut a range from a short file.
  [416, '*', true, 'ask whole'],
  [416, '*', false, 'changed'],
  // "Bad request", "not implemented": the server takes no ranges.
  [400, '*', '*', 'ask whole'],
  [501, '*', '*', 'ask whole'],
  // An object that is stored compressed: no browser can decode a range of it.
  [0, '*', '*', 'ask whole'],
  ['*', '*', '*', 'fail'],
];

const STATED = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;

function fitOf({ start, end }: Range, { contentRange, length }: Response): Fit {
  if (!contentRange) {
    if (length === end - start) return 'exact';
    return length < end - start ? 'short' : 'long';
  }
  const [, from, to, size] = STATED.exec(contentRange) ?? [];
  const [first, behind] = [Number(from), Number(to) + 1];
  const total = size === '*' ? undefined : Number(size);
  if (from === undefined || behind - first !== length) return 'other';
  if (first === 0 && behind === total) return 'all';
  return first === start && behind === Math.min(end, total ?? end) ? 'asked' : 'other';
}

/** The length of the file that a response states; undefined if it does not. */
export function statedTotal({ contentRange }: Response): number | undefined {
  const size = STATED.exec(contentRange ?? '')?.[3];
  return size === undefined || size === '*' ? undefined : Number(size);
}

/** What to do with a response to a request for a range. */
export function planFor(range: Range, response: Response): Action {
  const fit = fitOf(range, response);
  const row = ROWS.find(
    ([status, rowFit, beginning]) =>
      (status === '*' || status === response.status) &&
      (rowFit === '*' || rowFit === fit) &&
      (beginning === '*' || beginning === (range.start === 0)),
  );
  return row?.[3] ?? 'fail';
}
