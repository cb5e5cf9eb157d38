// Validates what a page gives, field by field, and writes it into a query as the engine
// (www/src/input.rs) reads it.
import { inseamError } from '../errors.js';
import type {
  AdviseOptions,
  Costs,
  Measurement,
  OpenOptions,
  Outcome,
  Persona,
  ShopperDetails,
} from '../types.js';
import { MeasureKind, OUTCOMES, Unknown } from './protocol.js';
import type { QueryWriter } from './wire.js';

/** A longer history is surely a mistake, and would block the page. */
const MAX_PURCHASES = 20_000;

const invalid = (message: string): Error => inseamError('InseamInput', message);

/** An article's id as a text. Shops often have numbers. */
export function articleId(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  const given = id === '' ? 'an empty text' : typeof id;
  throw invalid(`an article should be the shop's id, a string or a whole number; it is ${given}`);
}

export const OPEN_OPTIONS = [
  'keys',
  'signal',
  'wholeLimit',
] as const satisfies (keyof OpenOptions)[];
export const ADVISE_OPTIONS = [
  'inStock',
  'offered',
  'persona',
  'unknown',
  'costs',
  'signal',
] as const satisfies (keyof AdviseOptions)[];
const DETAILS = ['history', 'body', 'preference'] as const satisfies (keyof ShopperDetails)[];

/** Where values belong that pages often give in the wrong place. */
const MISPLACED: readonly (readonly [RegExp, string])[] = [
  [/^(purchases|orders|items|lines)$/i, 'purchases belong into history'],
  [
    /^(height|weight|age|bust|chest|waist|hips?|foot|inseam)/i,
    'measurements belong into body, by their names in the model: body: { height_cm: 178 }',
  ],
  [/^(size|usualSize|brand)/i, 'a known size belongs into history: [{ brand, group, size }]'],
];

/** Refuses keys that nobody reads: a misspelt one would change nothing, in silence. */
export function checkKeys(value: unknown, place: string, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(`${place} should be an object with ${known.join(', ')}`);
  const wrong = Object.keys(value).find((key) => !known.includes(key));
  if (wrong === undefined) return;
  const hint = place === 'details' && MISPLACED.find(([pattern]) => pattern.test(wrong));
  throw invalid(
    `${place}.${wrong} is not known; ${hint ? hint[1] : `known are ${known.join(', ')}`}`,
  );
}

export const checkDetails = (details: unknown): void => checkKeys(details, 'details', DETAILS);

/** Reads fields of an object, and checks their types. `place` is what messages call the object. */
function fieldsOf(value: unknown, place: string) {
  if (typeof value !== 'object' || value === null) throw invalid(`${place} should be an object`);
  /** A field; undefined where it is absent or null. */
  return <T>(
    key: string,
    hasType: (field: unknown) => field is T,
    typeName: string,
  ): T | undefined => {
    const field = (value as Record<string, unknown>)[key] ?? undefined;
    if (field !== undefined && !hasType(field))
      throw invalid(`${place}.${key} should be ${typeName}`);
    return field;
  };
}

const isText = (field: unknown): field is string => typeof field === 'string';
const isNumber = (field: unknown): field is number => Number.isFinite(field);
const isBoolean = (field: unknown): field is boolean => typeof field === 'boolean';
const isMeasure = (field: unknown): field is string | number => isText(field) || isNumber(field);

/** A shopper's history. `knowsSystem` tells whether the engine knows a size system's name. */
export function writeHistory(
  query: QueryWriter,
  history: unknown,
  knowsSystem: (name: string) => boolean,
): void {
  const purchases: unknown = history ?? [];
  if (!Array.isArray(purchases)) throw invalid('history should be an array');
  if (purchases.length > MAX_PURCHASES)
    throw invalid(
      `history has ${purchases.length} purchases; it can have at most ${MAX_PURCHASES}`,
    );
  query.number(purchases.length);
  for (const [i, purchase] of purchases.entries())
    writePurchase(query, purchase, `history[${i}]`, knowsSystem);
}

function writePurchase(
  query: QueryWriter,
  purchase: unknown,
  place: string,
  knowsSystem: (name: string) => boolean,
): void {
  const field = fieldsOf(purchase, place);
  const text = (key: string) => field(key, isText, 'a string');
  const size = text('size');
  if (size === undefined) throw invalid(`${place}.size is missing`);
  const word = text('outcome') ?? 'kept';
  const outcome = OUTCOMES.indexOf(word as Outcome);
  if (outcome < 0)
    throw invalid(`${place}.outcome is "${word}"; it should be one of ${OUTCOMES.join(', ')}`);
  const system = text('system');
  if (system !== undefined && !knowsSystem(system))
    throw invalid(`${place}.system is "${system}"; it should be a size system, such as EU or UK`);
  const [article, brand, group] = ['article', 'brand', 'group'].map(text);
  if (article === undefined && group === undefined)
    throw invalid(`${place} should have an article, or a group and, if known, a brand`);
  const advised = field('advised', isBoolean, 'true or false') ?? false;
  query.text(article).text(brand).text(group).text(system).text(size);
  query.number(outcome).flag(advised);
}

/**
 * A shopper's body, in the order of the model's measurements. Names that the model does not know
 * are ignored.
 */
export function writeBody(
  query: QueryWriter,
  { body }: ShopperDetails,
  measurements: readonly Measurement[],
): void {
  const field = fieldsOf(body ?? {}, 'body');
  query.list(measurements, ({ name }) => {
    const value = field(name, isMeasure, 'a finite number or a string');
    if (value === undefined) query.number(MeasureKind.missing);
    else if (typeof value === 'number') query.number(MeasureKind.number).number(value);
    else query.number(MeasureKind.word).text(value);
  });
}

/** A shopper's preference, in steps. */
export function writePreference(query: QueryWriter, { preference }: ShopperDetails): void {
  if (!isNumber(preference ?? 0)) throw invalid('preference should be a finite number of steps');
  query.number(preference ?? 0);
}

/** An array of strings that may be absent. `name` is what messages call it. */
export function checkTexts(list: unknown, name: string): string[] | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list) || !list.every(isText))
    throw invalid(`${name} should be an array of strings`);
  return list;
}

/** Size labels, which may be absent. `name` is what messages call them. */
export function writeSizes(query: QueryWriter, sizes: unknown, name: string): void {
  const list = checkTexts(sizes, name);
  query.flag(list !== undefined);
  if (list) query.texts(list);
}

/** The number of what advice takes as not known. */
function unknownNumber({ unknown }: AdviseOptions): Unknown {
  if (unknown === undefined || unknown === null) return Unknown.nothing;
  if (unknown === 'article') return Unknown.article;
  if (unknown === 'brand') return Unknown.brand;
  throw invalid(`unknown is "${unknown}"; it should be "article" or "brand"`);
}

/** The options of advice. */
export function writeOptions(
  query: QueryWriter,
  options: AdviseOptions,
  personas: () => readonly Persona[],
): void {
  writeSizes(query, options.inStock, 'inStock');
  writeSizes(query, options.offered, 'offered');
  const persona = options.persona ?? undefined;
  if (persona !== undefined && !(Number.isInteger(persona) && persona in personas()))
    throw invalid(`persona is ${persona}; it should be an index into this shopper's personas()`);
  query.number(unknownNumber(options)).number(persona ?? -1);
  writeCosts(query, options);
}

/** A shop's costs, which may be absent; NaN for one that is. */
function writeCosts(query: QueryWriter, { costs }: AdviseOptions): void {
  query.flag(costs !== undefined && costs !== null);
  if (costs === undefined || costs === null) return;
  const field = fieldsOf(costs, 'costs');
  const limits: [keyof Costs, number][] = [
    ['lostSale', Number.POSITIVE_INFINITY],
    ['spare', Number.POSITIVE_INFINITY],
    ['hesitant', 1],
  ];
  for (const [key, max] of limits) {
    const cost = field(key, isNumber, 'a finite number');
    if (cost !== undefined && !(cost >= 0 && cost <= max))
      throw invalid(
        `costs.${key} is ${cost}; it should be ${max === 1 ? 'from 0 to 1' : 'at least 0'}`,
      );
    query.number(cost ?? Number.NaN);
  }
}
