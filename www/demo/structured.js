/** schema.org's words for an article, as search engines and other shops' tools read them. */

/** Europe is the only system of this shop that schema.org calls otherwise. */
const system = (name) => `https://schema.org/WearableSizeSystem${name === 'EU' ? 'Europe' : name}`;
const STOCK = 'https://schema.org/';

/** @param {import('./catalogue.js').Article} article @param {string[]} inStock */
export function structured(article, inStock) {
  const variant = (size) => ({
    '@type': 'Product',
    sku: `${article.id}-${size}`,
    size: { '@type': 'SizeSpecification', name: size, sizeSystem: system(article.system) },
    offers: {
      '@type': 'Offer',
      price: article.price,
      priceCurrency: 'EUR',
      availability: STOCK + (inStock.includes(size) ? 'InStock' : 'OutOfStock'),
    },
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'ProductGroup',
    productGroupID: article.id,
    name: article.name,
    brand: { '@type': 'Brand', name: article.brand },
    color: article.colour,
    variesBy: 'https://schema.org/size',
    hasVariant: article.sizes.map(variant),
  };
}
