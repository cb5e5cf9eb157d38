// What the console says about mistakes of a page. Loaded for a page that has made one.
import type { ArticleFacts } from '../types.js';
import type { Findings } from './advise.js';
import { warn } from './warn.js';

/** A page that does not say what the advice is about. */
export function missingAttribute(element: Element): string {
  const missing = element.hasAttribute('model')
    ? 'article="...", or JSON-LD on the page with the id of its product'
    : 'model="...", the address of a model';
  return `<inseam-advice> needs ${missing}`;
}

/** Texts of the page of which none names a size of the article. */
function misreading(texts: readonly string[], { sizes }: ArticleFacts): string {
  const found = texts.slice(0, 5).join('", "');
  const known = sizes.map(({ size }) => size).join(', ');
  return `<inseam-advice> finds no size of the article (${known}) in "${found}", so its stock counts as unknown: state each button's size as data-size`;
}

/** What a page states wrongly, or why there is no advice; nothing where all is well. */
export function mistakesOf(
  element: Element,
  { facts, model, sizes, article, error }: Findings & { article: string; error?: unknown },
  lacksElement: boolean,
): string[] {
  const url = element.getAttribute('model');
  if (error !== undefined) {
    const why = error instanceof Error ? error.message : String(error);
    return [`<inseam-advice> has no advice from model="${url}": ${why}`];
  }
  const found: string[] = [];
  if (lacksElement)
    found.push(
      `<inseam-advice> finds no element with the id of for="${element.getAttribute('for')}", which should contain the size buttons: until the page has it, no button tells the stock`,
    );
  if (model && !facts)
    found.push(
      `<inseam-advice> finds no article "${article}" in model="${url}": it knows articles by the ids of the purchases that it was trained on`,
    );
  if (facts && sizes && sizes.misread.length > 0) found.push(misreading(sizes.misread, facts));
  return found;
}

export const warnOfName = ({ localName }: Element): void =>
  warn(`<${localName}> is no element of Inseam: it is <inseam-advice>`);
