// What a page wants advice on, read from the element's attributes and the page's product data.
import type { OpenOptions, ShopperDetails } from '../types.js';
import type { PageRequest } from './advise.js';
import { costsOf, listAttribute, numberAttribute } from './attributes.js';
import type { Choice } from './size-choices.js';

/** Whether a page seems to state a model and an article: the element then takes its space. */
export const mayAdvise = (element: Element): boolean =>
  element.hasAttribute('model') &&
  (element.hasAttribute('article') ||
    document.querySelector('[type="application/ld+json"]') !== null);

/** Undefined if the page does not state a model or an article. */
export async function pageRequest(
  element: Element,
  choices: readonly Choice[],
  details: ShopperDetails,
): Promise<PageRequest | undefined> {
  const stated = element.getAttribute('article');
  const [all, listed] = ['sizes', 'in-stock'].map((name) => listAttribute(element, name));
  // Many pages state both, and need no product data.
  const isStated = stated && (listed || choices.length > 0);
  const jsonLd = isStated ? undefined : await import('./json-ld.js').catch(() => undefined);
  const product = jsonLd?.findProduct(document, stated);
  const url = element.getAttribute('model');
  const article = stated || product?.article;
  if (!url || !article) return undefined;
  const keys = element.getAttribute('keys')?.trim().split(/\s+/);
  return {
    url,
    open: { keys, wholeLimit: numberAttribute(element, 'whole-limit') } as OpenOptions,
    article,
    record: element.getAttribute('record'),
    sizes: { all, listed, choices, described: product?.sizes },
    costs: costsOf(element),
    details,
  };
}
