// Units of body measurements: reads what shoppers write, and finds the unit that they meant.
import type { Belief } from '../types.js';

/** Every unit: what it measures, and how many centimetres or kilograms it has. */
const UNITS = {
  cm: { of: 'length', size: 1 },
  mm: { of: 'length', size: 0.1 },
  m: { of: 'length', size: 100 },
  in: { of: 'length', size: 2.54 },
  ft: { of: 'length', size: 30.48 },
  kg: { of: 'mass', size: 1 },
  lb: { of: 'mass', size: 0.45359237 },
  st: { of: 'mass', size: 6.35029318 },
} as const;

export type Unit = keyof typeof UNITS;

/** Other spellings, in the names of a shop's measurements and in what shoppers write. */
const SPELLINGS: Readonly<Record<string, Unit>> = {
  inch: 'in',
  inches: 'in',
  '"': 'in',
  '”': 'in',
  '″': 'in',
  feet: 'ft',
  foot: 'ft',
  "'": 'ft',
  '’': 'ft',
  '′': 'ft',
  lbs: 'lb',
  pound: 'lb',
  pounds: 'lb',
  stone: 'st',
  kilo: 'kg',
  kgs: 'kg',
};

/** The units that a shopper can choose from, besides the shop's own. */
const OFFERED: readonly Unit[] = ['cm', 'in', 'ft', 'kg', 'lb', 'st'];

const isUnit = (word: string): word is Unit => Object.hasOwn(UNITS, word);

const unitOf = (word: string): Unit | undefined => {
  const lower = word.toLowerCase();
  return isUnit(lower) ? lower : SPELLINGS[lower];
};

/** The unit in a measurement's name: `cm` in `height_cm`; undefined for `age`. */
export const unitOfName = (name: string): Unit | undefined => unitOf(name.split('_').at(-1) ?? '');

/** The units to choose from for a measurement in a unit, that unit first. */
export const unitsLike = (unit: Unit): Unit[] => [
  unit,
  ...OFFERED.filter((other) => other !== unit && UNITS[other].of === UNITS[unit].of),
];

/** Converts a value, to one digit after the point: nobody measures themselves more exactly. */
const convert = (value: number, from: Unit, to: Unit): number =>
  from === to ? value : Math.round((value * UNITS[from].size * 10) / UNITS[to].size) / 10;

/** A value that the shopper may have meant: as they would write it, and in the shop's own unit. */
export interface Reading {
  written: string;
  value: number;
}

/** The second unit of a value in two: feet and inches, stones and pounds. */
const PARTS: Partial<Record<Unit, Unit>> = { ft: 'in', st: 'lb', m: 'cm' };

const VALUE =
  /^(\d+(?:[.,]\d+)?)\s*([a-z]+|['"’”′″])?\.?\s*(?:(\d+(?:[.,]\d+)?)\s*([a-z]+|["”″])?\.?)?$/i;

/**
 * Reads what a shopper wrote: `168`, `1,68 m`, `5'6"`, `10 st 4`.
 *
 * @param chosen the unit that they chose, for a text without one
 * @param own the shop's unit; undefined for a measurement without unit
 * @returns undefined for what is no value of this measurement
 */
export function readMeasure(
  text: string,
  chosen: Unit | undefined,
  own: Unit | undefined,
): Reading | undefined {
  const [, digits, word, moreDigits, moreWord] = VALUE.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const number = (written: string) => Number(written.replace(',', '.'));
  if (own === undefined)
    return word || moreDigits ? undefined : { written: digits, value: number(digits) };
  const unit = word ? unitOf(word) : chosen;
  if (!unit || UNITS[unit].of !== UNITS[own].of) return undefined;
  if (moreDigits === undefined)
    return { written: `${digits} ${unit}`, value: convert(number(digits), unit, own) };
  const part = PARTS[unit];
  if (!part || (moreWord && unitOf(moreWord) !== part)) return undefined;
  const more = (number(moreDigits) * UNITS[part].size) / UNITS[unit].size;
  const written = `${digits} ${unit} ${moreDigits} ${part}`;
  return { written, value: convert(number(digits) + more, unit, own) };
}

/** Standard deviations from the mean within which nearly everybody is, however skewed. */
const USUAL_SDS = 4;
/** Nobody is further away: such a value is a mistake. */
const POSSIBLE_SDS = 12;

const apart = (value: number, { mean, sd }: Belief): number => Math.abs(value - mean) / sd;

/** What to do with a value: take it, ask whether it or another is meant, or refuse it. */
export type Verdict =
  | { kind: 'take'; value: number }
  | { kind: 'ask'; readings: Reading[] }
  | { kind: 'refuse' };

/**
 * Judges a value by what is usual among the shop's customers. An unusual one may be in another
 * unit: 150 as a weight is rather pounds than kilograms.
 */
export function judge(
  text: string,
  chosen: Unit | undefined,
  own: Unit | undefined,
  usual: Belief | undefined,
): Verdict {
  const reading = readMeasure(text, chosen, own);
  if (!reading || reading.value <= 0) return { kind: 'refuse' };
  if (!usual || !(usual.sd > 0) || apart(reading.value, usual) <= USUAL_SDS)
    return { kind: 'take', value: reading.value };
  const others = own ? [...unitsLike(own), 'm' as const] : [];
  const readings = others.flatMap((unit) => {
    const digits = text.match(/^\s*[\d.,]+/)?.[0].trim() ?? '';
    const other = unit === chosen ? undefined : readMeasure(digits, unit, own);
    return other && apart(other.value, usual) <= USUAL_SDS ? [other] : [];
  });
  const asked = apart(reading.value, usual) <= POSSIBLE_SDS ? [reading, ...readings] : readings;
  return asked.length > 0 ? { kind: 'ask', readings: asked } : { kind: 'refuse' };
}
