// The element's attributes: which there are, which are properties too, and how lists and costs are
// written.
import type { Costs } from '../types.js';

/** The attributes that are properties too, by the name of the property. */
export const REFLECTED = {
  model: 'model',
  keys: 'keys',
  record: 'record',
  article: 'article',
  for: 'for',
  preselect: 'preselect',
  sizes: 'sizes',
  inStock: 'in-stock',
  system: 'system',
  brands: 'brands',
  lostSale: 'lost-sale',
  spare: 'spare',
  hesitant: 'hesitant',
  storage: 'storage',
  timeout: 'timeout',
  wholeLimit: 'whole-limit',
} as const;

/** A value of an attribute: a list is separated by `|`; null takes the attribute away. */
export type AttributeValue = string | number | boolean | readonly string[] | null | undefined;

/** A value as an attribute: a list is separated by `|`; null for a value that is absent. */
export function attributeText(value: unknown): string | null {
  if (value === undefined || value === null || value === false) return null;
  if (value === true) return '';
  return Array.isArray(value) ? value.join('|') : String(value);
}

/** An attribute whose value is a list separated by `|`; undefined where it is absent. */
export const listAttribute = (element: Element, name: string): string[] | undefined =>
  element
    .getAttribute(name)
    ?.split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** An attribute that is a number of at least 0; undefined where it is absent or something else. */
export function numberAttribute(element: Element, name: string): number | undefined {
  const value = Number(element.getAttribute(name) || Number.NaN);
  return value >= 0 ? value : undefined;
}

/** The shop's costs; undefined where none of their attributes is there. */
export function costsOf(element: Element): Costs | undefined {
  const attributes = { lostSale: 'lost-sale', spare: 'spare', hesitant: 'hesitant' };
  const given = Object.entries(attributes).filter(([, name]) => element.hasAttribute(name));
  if (given.length === 0) return undefined;
  // An empty attribute is not a number, and the model refuses it.
  const cost = (name: string) => Number(element.getAttribute(name) || Number.NaN);
  return Object.fromEntries(given.map(([key, name]) => [key, cost(name)]));
}

/** The language of an element: that of the nearest `lang` around it, across shadow roots. */
export function languageOf(element: Element): string {
  const lang = element.closest('[lang]')?.getAttribute('lang');
  if (lang) return lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : 'en';
}
