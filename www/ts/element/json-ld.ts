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
  const offered = variants.length > 0 ? variants : [product];
  const sized = offered.filter((variant) => labels(variant['size']).length > 0);
  if (sized.length === 0) return undefined;
  return sized.filter(isAvailable).flatMap((variant) => labels(variant['size']));
}

const IDS = ['productGroupID', 'inProductGroupWithID', 'sku', 'productID', 'mpn'];

/** The ids that a product has, its variants' included. */
const idsOf = (product: Node): string[] =>
  [product, ...list(product['hasVariant']).filter(isNode)].flatMap((node) =>
    IDS.flatMap((key) => text(node[key]) ?? []),
  );

/** The products that a document describes. Scripts that are not valid JSON are ignored. */
function products(document: Document): Node[] {
  const scripts = document.querySelectorAll('script[type="application/ld+json"]');
  return [...scripts].flatMap(({ textContent }) => {
    try {
      return nodes(JSON.parse(textContent ?? '')).filter((node) =>
        hasType(node, 'Product', 'ProductGroup'),
      );
    } catch {
      return [];
    }
  });
}

/**
 * What a document states about an article, or about its first product if no article is given.
 * Undefined if it states nothing about it: a page can describe other products, such as those of a
 * list.
 */
export function findProduct(document: Document, article: string | null): Product | undefined {
  const all = products(document);
  const own = article ? all.filter((node) => idsOf(node).includes(article)) : all.slice(0, 1);
  const [first] = own;
  if (!first) return undefined;
  // A shop can state each variant as a product of its own.
  const stocks = own.map(sizesInStock);
  const stated = stocks.flatMap((sizes) => sizes ?? []);
  return {
    article: article ?? IDS.map((key) => text(first[key])).find(Boolean),
    inStock: stocks.some(Boolean) ? stated : undefined,
  };
}
