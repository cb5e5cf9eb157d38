// What the page gives, checked field by field and written as the engine (www/src/given.rs) reads
// it.
import { failure } from './failure.js';
import { OUTCOMES } from './outcomes.js';
import type { AdviseOptions, Measurement, Persona, ShopperDetails } from './types.js';
import type { Question } from './wire.js';

/** More purchases than anyone makes; a list beyond this is a mistake, and would hold up the page. */
const MOST_PURCHASES = 20_000;

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

/** The history. */
export function history(
  question: Question,
  history: unknown,
  knowsSystem: (name: string) => boolean,
): void {
  const lines: unknown = history ?? [];
  if (!Array.isArray(lines)) throw input('history should be an array');
  if (lines.length > MOST_PURCHASES)
    throw input(`history has more than ${MOST_PURCHASES} purchases`);
  question.number(lines.length);
  for (const [i, purchase] of lines.entries()) {
    const place = `history[${i}]`;
    const field = fields(purchase, place);
    const text = (key: string) => field(key, isText, 'text');
    const size = text('size');
    if (size === undefined) throw input(`${place}.size is missing`);
    const word = text('outcome') ?? 'kept';
    const outcome = OUTCOMES.indexOf(word);
    if (outcome < 0)
      throw input(`${place}.outcome is "${word}"; it should be one of ${OUTCOMES.join(', ')}`);
    const system = text('system');
    if (system !== undefined && !knowsSystem(system))
      throw input(`${place}.system is "${system}", which is no size system`);
    const [article, brand, group] = ['article', 'brand', 'group'].map(text);
    if (article === undefined && group === undefined)
      throw input(`${place} should have an article, or a group and mostly a brand`);
    const advised = field('advised', isFlag, 'true or false') ?? false;
    question
      .text(article)
      .text(brand)
      .text(group)
      .text(system)
      .text(size)
      .number(outcome)
      .flag(advised);
  }
}

/** The body, in the order of the model's measurements; names that the model does not know are ignored. */
export function body(
  question: Question,
  { body }: ShopperDetails,
  measurements: readonly Measurement[],
): void {
  const field = fields(body ?? {}, 'body');
  question.list(measurements, ({ name }) => {
    const value = field(name, isMeasure, 'a finite number or a word');
    if (value === undefined) question.number(0);
    else if (typeof value === 'number') question.number(1).number(value);
    else question.number(2).text(value);
  });
}

/** How much larger than their size a shopper likes things, in steps. */
export function preference(question: Question, { preference }: ShopperDetails): void {
  if (!isNumber(preference ?? 0)) throw input('preference should be a finite number of steps');
  question.number(preference ?? 0);
}

/** A list of texts; undefined where there is none. */
export function texts(list: unknown, name: string): string[] | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list) || !list.every(isText))
    throw input(`${name} should be an array of texts`);
  return list;
}

/** The labels that can be had. */
export function stock(question: Question, inStock: unknown): void {
  const list = texts(inStock, 'inStock');
  question.flag(list !== undefined);
  if (list) question.texts(list);
}

/** What goes with a question for advice. */
export function options(
  question: Question,
  options: AdviseOptions,
  personas: () => readonly Persona[],
): void {
  stock(question, options.inStock);
  const unknown = [undefined, 'article', 'brand'].indexOf(options.unknown ?? undefined);
  if (unknown < 0) throw input('unknown should be "article" or "brand"');
  const persona = options.persona ?? undefined;
  if (persona !== undefined && !(Number.isInteger(persona) && persona in personas()))
    throw input("persona is none of this shopper's");
  question.number(unknown).number(persona ?? -1);
  costs(question, options);
}

/** What things cost, NaN for one that is absent. */
function costs(question: Question, { costs }: AdviseOptions): void {
  question.flag(costs !== undefined && costs !== null);
  if (costs === undefined || costs === null) return;
  const field = fields(costs, 'costs');
  const given = ['lostSale', 'spare', 'hesitant'].map((key) =>
    field(key, isNumber, 'a finite number'),
  );
  const [, , hesitant = 0] = given;
  if (given.some((cost) => cost !== undefined && cost < 0) || hesitant > 1)
    throw input('costs are from 0, and costs.hesitant is at most 1');
  for (const cost of given) question.number(cost ?? Number.NaN);
}
