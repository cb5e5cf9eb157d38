// Reads the page's own product data: schema.org's Product or ProductGroup as JSON-LD, which shops
// publish for search engines.

/** Size labels, and which of them are in stock. */
export interface DescribedSizes {
  all: string[];
  inStock: string[];
}

/** What a page states about its product. */
export interface Product {
  article: string | undefined;
  /** Undefined if the page does not state the product's sizes. */
  sizes: DescribedSizes | undefined;
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

/** The variants of a product, or itself. */
function variantsOf(product: Node): Node[] {
  const variants = list(product['hasVariant']).filter(isNode);
  return variants.length > 0 ? variants : [product];
}

/**
 * The sizes of products. One size alone can be that of the variant that the page shows, so it tells
 * nothing about the others.
 */
function sizesOf(products: readonly Node[]): DescribedSizes | undefined {
  const variants = products.flatMap(variantsOf);
  const labelsOf = (some: readonly Node[]) => some.flatMap((variant) => labels(variant['size']));
  const all = labelsOf(variants);
  return new Set(all).size > 1
    ? { all, inStock: labelsOf(variants.filter(isAvailable)) }
    : undefined;
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
  return {
    article: article ?? IDS.map((key) => text(first[key])).find(Boolean),
    // A shop can state each variant as a product of its own.
    sizes: sizesOf(own),
  };
}
