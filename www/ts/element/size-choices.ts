// The choices of a size on the shop's own page, as values: what each is called, whether it is sold
// out or chosen, and which size of the article it stands for.

/** A radio button, an option of a list, or a button for one size. */
export type ChoiceElement = HTMLInputElement | HTMLOptionElement | HTMLElement;

/** One choice. */
export interface Choice {
  element: ChoiceElement;
  /** What the page calls it: one text for each of {@link SOURCES}, empty where there is none. */
  texts: readonly string[];
  soldOut: boolean;
  chosen: boolean;
}

/**
 * The text that a shopper reads, with a mark between elements: "36|Sold out". Themes have a "Sold
 * out" in every button, and show it where it holds.
 */
function visibleText(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue?.trim() ?? '';
  const shown = [...node.childNodes].filter(
    (child) => !(child instanceof HTMLElement && getComputedStyle(child).display === 'none'),
  );
  return shown.map(visibleText).filter(Boolean).join('|');
}

const labelsOf = (element: ChoiceElement): Element[] =>
  element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [element];

/** An attribute of the nearest element around a choice that has it. */
const around = (element: Element, name: string): string =>
  element.closest(`[${name}]`)?.getAttribute(name) ?? '';

/**
 * Where a choice can state its size. `value` comes last, as it is often an id of the shop, which
 * can look like a size.
 */
const SOURCES: readonly ((element: ChoiceElement) => string)[] = [
  (element) => around(element, 'data-size'),
  (element) => labelsOf(element).map(visibleText).join('|'),
  (element) => element.getAttribute('aria-label') ?? '',
  (element) => element.title,
  (element) => element.getAttribute('value') ?? '',
];

/** Words that shops put beside a size that is sold out. */
const SOLD_OUT_WORDS =
  /sold[ -]?out|out of stock|unavailable|ausverkauft|vergriffen|nicht (verfügbar|lieferbar)|épuisée?|indisponible|agotad[oa]|no disponible|esaurit[oa]|non disponibile|uitverkocht|niet beschikbaar|wyprzedan[ey]|niedostępny|slutsåld|slut i lager/i;
const SOLD_OUT_CLASS = /(^|[-_])(sold-?out|unavailable|out-of-stock|disabled)$/i;

const isSoldOut = (element: Element): boolean =>
  element.matches(':disabled, [aria-disabled=true], [data-available=false]') ||
  [...element.classList].some((name) => SOLD_OUT_CLASS.test(name));

function isChosen(element: Element): boolean {
  if (element instanceof HTMLInputElement) return element.checked;
  if (element instanceof HTMLOptionElement) return element.selected;
  return element.matches('[aria-checked=true], [aria-pressed=true], [aria-selected=true]');
}

// What opens a list only shows the size that is chosen.
const CHOICES =
  ':is(input[type=radio], option, button, [role=radio], [role=option], [data-size]):not([aria-haspopup])';

/** Older browsers have no `checkVisibility`, which needs no layout of the page. */
const hasBox = (element: Element): boolean =>
  (element as Partial<Element>).checkVisibility
    ? element.checkVisibility()
    : element.getClientRects().length > 0;

/** Whether a choice is displayed: itself, its label, or the list that it is an option of. */
const isDisplayed = (element: ChoiceElement): boolean =>
  [element.closest('select') ?? element, ...labelsOf(element)].some(hasBox);

/**
 * The choices in an element of the page. Of nested ones, such as `li > button`, these are the
 * inmost. Themes keep a hidden list beside their buttons: where some are displayed, they count.
 */
export function readChoices(root: Element): Choice[] {
  const found = [...root.querySelectorAll<ChoiceElement>(CHOICES)];
  const inmost = found.filter((element) => !element.querySelector(CHOICES));
  const displayed = inmost.filter(isDisplayed);
  return (displayed.length > 0 ? displayed : inmost).map((element) => {
    const layers = found.filter((other) => other.contains(element));
    const parts = [...layers, ...labelsOf(element)];
    return {
      element,
      texts: SOURCES.map((textOf) => textOf(element).replace(SOLD_OUT_WORDS, '|').trim()),
      soldOut: parts.some(isSoldOut) || SOLD_OUT_WORDS.test(parts.map(visibleText).join('|')),
      chosen: layers.some(isChosen),
    };
  });
}

/** A choice of the page, and the article's size that it stands for. */
export interface SizeChoice extends Choice {
  size: string;
}

const firstWord = (text: string): string => text.split(/[\s|]/, 1)[0] ?? '';

/**
 * The choices that stand for a size of the article. A page states all its sizes in the same place,
 * so the place that names most of them is read. Other choices, such as "Choose a size", are left
 * out.
 *
 * @param sizeOf the article's size that a text names
 */
export function sizeChoices(
  choices: readonly Choice[],
  sizeOf: (text: string) => string | undefined,
): SizeChoice[] {
  const readings = SOURCES.map((_, source) => {
    const sizes = choices.map(({ texts }) => sizeOf(texts[source] ?? ''));
    const taken = new Set(sizes);
    // "36 only 2 left" names 36, unless another choice is 36 itself: "XL Tall" beside "XL".
    return sizes.map((size, i) => {
      const first = size ?? sizeOf(firstWord(choices[i]?.texts[source] ?? ''));
      return size ?? (taken.has(first) ? undefined : first);
    });
  });
  const named = (sizes: readonly (string | undefined)[]) => new Set(sizes.filter(Boolean)).size;
  const best = readings.reduce((a, b) => (named(b) > named(a) ? b : a));
  return choices.flatMap((choice, i) => {
    const size = best[i];
    return size === undefined ? [] : [{ ...choice, size }];
  });
}
