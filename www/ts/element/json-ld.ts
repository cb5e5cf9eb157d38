// Reads the page's own product data: schema.org's Product or ProductGroup as JSON-LD, which shops
// publish for search engines.

/** What a page states about its product. */
export interface Product {
  article: string | undefined;
  /** The size labels in stock; undefined if the page does not state them. */
  inStock: string[] | undefined;
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const hasType = (node: Node, ...names: string[]): boolean =>
  list(node['@type']).some((type) => names.includes(String(type)));

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;

/** Size labels: each a text, or a SizeSpecification with a name. */
const labels = (value: unknown): string[] =>
  list(value).flatMap((size) => text(isNode(size) ? size['name'] : size) ?? []);

const AVAILABLE =
  /(InStock|LimitedAvailability|OnlineOnly|PreOrder|PreSale|BackOrder|MadeToOrder)$/;

/** Whether a variant is in stock. It is if the page does not state its availability. */
function isAvailable(variant: Node): boolean {
  const availabilities = list(variant['offers']).flatMap((offer) =>
    isNode(offer) ? (text(offer['availability']) ?? []) : [],
  );
  return availabilities.length === 0 || availabilities.some((word) => AVAILABLE.test(word));
}

function nodes(value: unknown): Node[] {
  return list(value).flatMap((node) => (isNode(node) ? [node, ...nodes(node['@graph'])] : []));
}

/** The sizes in stock of a product: of its variants, or its own. */
function sizesInStock(product: Node): string[] | undefined {
  const variants = list(product['hasVariant']).filter(isNode);
  if (variants.length > 0)
    return variants.filter(isAvailable).flatMap((variant) => labels(variant['size']));
  const single = labels(product['size']);
  if (single.length === 0) return undefined;
  return isAvailable(product) ? single : [];
}

/** The first product of a document, if it has one. Scripts that are not valid JSON are ignored. */
export function findProduct(document: Document): Product | undefined {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    let data: unknown;
    try {
      data = JSON.parse(script.textContent ?? '');
    } catch {
      continue;
    }
    const found = nodes(data).find((node) => hasType(node, 'Product', 'ProductGroup'));
    if (!found) continue;
    return {
      article: text(found['productGroupID']) ?? text(found['sku']) ?? text(found['productID']),
      inStock: sizesInStock(found),
    };
  }
  return undefined;
}
