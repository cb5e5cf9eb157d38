// What the console says about mistakes of a page. Loaded for a page that has made one.
import type { ArticleFacts } from '../types.js';
import { warn } from './warn.js';

/** A page that does not say what the advice is about. */
export function missingAttribute(element: Element): string {
  const missing = element.hasAttribute('model')
    ? 'article="...", or JSON-LD on the page with the id of its product'
    : 'model="...", the address of a model';
  return `<inseam-advice> needs ${missing}`;
}

/** Texts of the page of which none names a size of the article. */
export function misreading(texts: readonly string[], { sizes }: ArticleFacts): string {
  const found = texts.slice(0, 5).join('", "');
  const known = sizes.map(({ size }) => size).join(', ');
  return `<inseam-advice> finds no size of the article (${known}) in "${found}", so its stock counts as unknown: state each button's size as data-size`;
}

export const warnOfName = ({ localName }: Element): void =>
  warn(`<${localName}> is no element of Inseam: it is <inseam-advice>`);
