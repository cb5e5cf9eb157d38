// What the page gives, checked field by field and laid out flat, as the engine (www/src/given.rs) takes it.
import { failure } from './failure.js';
import type { AdviseOptions, Measurement, Outcome, Persona, ShopperDetails } from './types.js';

/** More purchases than anyone makes; a list beyond this is a mistake, and would hold up the page. */
const MOST_PURCHASES = 20_000;
/** In the engine's order. */
const OUTCOMES: readonly Outcome[] = [
  'kept',
  'too_small',
  'too_large',
  'other_reason',
  'unknown_reason',
  'size_reason',
  'pending',
];

const input = (what: string): Error => failure('InseamInput', what);

/** The fields of an object, by what messages call it. */
function fields(value: unknown, place: string) {
  if (typeof value !== 'object' || value === null) throw input(`${place} should be an object`);
  /** A field that is absent where it is undefined or null, and else what `is` says. */
  return <T>(key: string, is: (field: unknown) => field is T, what: string): T | undefined => {
    const field = (value as Record<string, unknown>)[key] ?? undefined;
    if (field !== undefined && !is(field)) throw input(`${place}.${key} should be ${what}`);
    return field;
  };
}

const isText = (field: unknown): field is string => typeof field === 'string';
const isNumber = (field: unknown): field is number => Number.isFinite(field);
const isFlag = (field: unknown): field is boolean => typeof field === 'boolean';
const isMeasure = (field: unknown): field is string | number => isText(field) || isNumber(field);

/** A history, seven values for each purchase. */
export function flatHistory({ history }: ShopperDetails, knowsSystem: (name: string) => boolean): unknown[] {
  const lines: unknown = history ?? [];
  if (!Array.isArray(lines)) throw input('history should be an array');
  if (lines.length > MOST_PURCHASES) throw input(`history has more than ${MOST_PURCHASES} purchases`);
  return lines.flatMap((purchase: unknown, i) => {
    const place = `history[${i}]`;
    const field = fields(purchase, place);
    const text = (key: string) => field(key, isText, 'text');
    const size = text('size');
    if (size === undefined) throw input(`${place}.size is missing`);
    const word = text('outcome') ?? 'kept';
    const outcome = (OUTCOMES as readonly string[]).indexOf(word);
    if (outcome < 0) throw input(`${place}.outcome is "${word}"; it should be one of ${OUTCOMES.join(', ')}`);
    const system = text('system');
    if (system !== undefined && !knowsSystem(system))
      throw input(`${place}.system is "${system}", which is no size system`);
    const [article, brand, group] = ['article', 'brand', 'group'].map(text);
    if (article === undefined && group === undefined)
      throw input(`${place} should have an article, or a group and mostly a brand`);
    return [article, brand, group, system, size, outcome, field('advised', isFlag, 'true or false')];
  });
}

/** The body, in the order of the model's measurements; names that the model does not know are ignored. */
export function flatBody({ body }: ShopperDetails, measurements: readonly Measurement[]): unknown[] {
  const field = fields(body ?? {}, 'body');
  return measurements.map(({ name }) => field(name, isMeasure, 'a finite number or a word'));
}

/** How much larger than their size a shopper likes things, in steps. */
export function steps({ preference }: ShopperDetails): number {
  if (!isNumber(preference ?? 0)) throw input('preference should be a finite number of steps');
  return preference ?? 0;
}

/** A list of texts; undefined where there is none. */
export function texts(list: unknown, name: string): string[] | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list) || !list.every(isText)) throw input(`${name} should be an array of texts`);
  return list;
}

/** What things cost: three numbers, NaN for one that is absent; none where nothing is given. */
export function flatCosts({ costs }: AdviseOptions): Float64Array {
  if (costs === undefined || costs === null) return new Float64Array();
  const field = fields(costs, 'costs');
  const given = ['lostSale', 'spare', 'hesitant'].map((key) => field(key, isNumber, 'a finite number'));
  const [, , hesitant = 0] = given;
  if (given.some((cost) => cost !== undefined && cost < 0) || hesitant > 1)
    throw input('costs are from 0, and costs.hesitant is at most 1');
  return Float64Array.from(given, (cost) => cost ?? Number.NaN);
}

/** What to take as not known of how an article runs. */
export function lessKnown({ unknown }: AdviseOptions): number {
  const known = [undefined, 'article', 'brand'].indexOf(unknown ?? undefined);
  if (known < 0) throw input('unknown should be "article" or "brand"');
  return known;
}

/** Which of the personas is meant; undefined for whoever it may be. */
export function meant({ persona }: AdviseOptions, personas: () => readonly Persona[]): number | undefined {
  const index = persona ?? undefined;
  if (index !== undefined && !(Number.isInteger(index) && index in personas())) throw input("persona is none of this shopper's");
  return index;
}
