// The sizes on the shop's page, read as sizes of the article: which are offered, which of them are
// in stock, and which is chosen.
import type { DescribedSizes } from './json-ld.js';
import { type Choice, type SizeChoice, sizeChoices } from './size-choices.js';

/** What the page states, before the article's sizes are known. */
export interface StatedSizes {
  /** The attribute `sizes`. */
  all: string[] | undefined;
  /** The attribute `in-stock`. */
  listed: string[] | undefined;
  /** The page's size buttons. */
  choices: readonly Choice[];
  /** The page's JSON-LD. */
  described: DescribedSizes | undefined;
}

/** The sizes on the page. */
export interface PageSizes {
  /** The article's sizes in stock; undefined if the page does not tell. */
  inStock: string[] | undefined;
  /**
   * The article's sizes that the page has, in stock or not; undefined if it does not tell. The
   * model can know others: it presumes sizes that nobody has bought yet.
   */
  offered: string[] | undefined;
  choices: SizeChoice[];
  /** Texts of the page in which no size of the article was found, if there was none in any. */
  misread: readonly string[];
}

type SizeOf = (text: string) => string | undefined;

const distinct = (sizes: readonly (string | undefined)[]): string[] => [
  ...new Set(sizes.filter((size) => size !== undefined)),
];

type Stock = Pick<PageSizes, 'inStock' | 'misread'>;

/** Reads texts that state what is in stock. */
function fromTexts(texts: readonly string[], sizeOf: SizeOf): Stock {
  const inStock = distinct(texts.map(sizeOf));
  const misread = texts.length > 0 && inStock.length === 0;
  return misread ? { inStock: undefined, misread: texts } : { inStock, misread: [] };
}

function fromChoices(stated: readonly Choice[], choices: readonly SizeChoice[]): Stock {
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
  { all, listed, choices: stated, described }: StatedSizes,
  sizeOf: SizeOf,
): PageSizes {
  const choices = sizeChoices(stated, sizeOf);
  const stock = (): Stock => {
    if (listed) return fromTexts(listed, sizeOf);
    if (stated.length > 0) return fromChoices(stated, choices);
    return described ? fromTexts(described.inStock, sizeOf) : { inStock: undefined, misread: [] };
  };
  const { inStock, misread } = stock();
  const named = [
    ...[...(all ?? []), ...(described?.all ?? [])].map(sizeOf),
    ...choices.map(({ size }) => size),
  ];
  // Sizes in stock alone do not tell which others there are.
  const offered = named.some(Boolean) ? distinct([...named, ...(inStock ?? [])]) : undefined;
  return { inStock, offered, choices, misread };
}
