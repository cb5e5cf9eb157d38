// The page's own product data: schema.org's Product or ProductGroup as JSON-LD, as shops have it
// for search engines.

/** What a page says of its product. */
export interface Product {
  article: string | undefined;
  /** The labels that can be had; undefined where the page doesn't say. */
  inStock: string[] | undefined;
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const typed = (node: Node, ...names: string[]): boolean =>
  list(node['@type']).some((type) => names.includes(String(type)));

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;

/** A size as text, or as a SizeSpecification with a name. */
const labels = (value: unknown): string[] =>
  list(value).flatMap((size) => text(isNode(size) ? size['name'] : size) ?? []);

const AVAILABLE =
  /(InStock|LimitedAvailability|OnlineOnly|PreOrder|PreSale|BackOrder|MadeToOrder)$/;

/** Whether a variant can be had; a page that doesn't say so means it can. */
function available(variant: Node): boolean {
  const said = list(variant['offers']).flatMap((offer) =>
    isNode(offer) ? (text(offer['availability']) ?? []) : [],
  );
  return said.length === 0 || said.some((word) => AVAILABLE.test(word));
}

function nodes(value: unknown): Node[] {
  return list(value).flatMap((node) => (isNode(node) ? [node, ...nodes(node['@graph'])] : []));
}

/** The first product of a document, if it has one. Scripts that are no JSON are passed over. */
export function product(document: Document): Product | undefined {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    let data: unknown;
    try {
      data = JSON.parse(script.textContent ?? '');
    } catch {
      continue;
    }
    const found = nodes(data).find((node) => typed(node, 'Product', 'ProductGroup'));
    if (!found) continue;
    const variants = list(found['hasVariant']).filter(isNode);
    const stock = variants.filter(available).flatMap((variant) => labels(variant['size']));
    const single = labels(found['size']);
    return {
      article: text(found['productGroupID']) ?? text(found['sku']) ?? text(found['productID']),
      inStock:
        variants.length > 0
          ? stock
          : single.length > 0
            ? available(found)
              ? single
              : []
            : undefined,
    };
  }
  return undefined;
}
