// The sizes on the shop's page, read as sizes of the article: which are in stock, and which is
// chosen.
import { type Choice, type SizeChoice, sizeChoices } from './size-choices.js';

/** What the page states, before the article's sizes are known. */
export interface StatedSizes {
  /** The attribute `in-stock`. */
  listed: string[] | undefined;
  /** The page's size buttons. */
  choices: readonly Choice[];
  /** The page's JSON-LD. */
  described: string[] | undefined;
}

/** The sizes on the page. */
export interface PageSizes {
  /** The article's sizes in stock; undefined if the page does not tell. */
  inStock: string[] | undefined;
  choices: SizeChoice[];
  /** Texts of the page in which no size of the article was found, if there was none in any. */
  misread: readonly string[];
}

type SizeOf = (text: string) => string | undefined;

const distinct = (sizes: readonly (string | undefined)[]): string[] => [
  ...new Set(sizes.filter((size) => size !== undefined)),
];

/** Reads texts that state what is in stock. */
function fromTexts(texts: readonly string[], sizeOf: SizeOf): Omit<PageSizes, 'choices'> {
  const inStock = distinct(texts.map(sizeOf));
  const misread = texts.length > 0 && inStock.length === 0;
  return misread ? { inStock: undefined, misread: texts } : { inStock, misread: [] };
}

function fromChoices(stated: readonly Choice[], choices: readonly SizeChoice[]) {
  if (choices.length === 0)
    return { inStock: undefined, misread: stated.flatMap(({ texts }) => texts.filter(Boolean)) };
  const inStock = distinct(choices.map(({ soldOut, size }) => (soldOut ? undefined : size)));
  return { inStock, misread: [] };
}

/**
 * Reads the sizes on the page. Where none of them is a size of the article, the stock counts as
 * unknown: wrong advice would be worse.
 */
export function pageSizes(
  { listed, choices: stated, described }: StatedSizes,
  sizeOf: SizeOf,
): PageSizes {
  const choices = sizeChoices(stated, sizeOf);
  if (listed) return { choices, ...fromTexts(listed, sizeOf) };
  if (stated.length > 0) return { choices, ...fromChoices(stated, choices) };
  if (described) return { choices, ...fromTexts(described, sizeOf) };
  return { choices, inStock: undefined, misread: [] };
}
