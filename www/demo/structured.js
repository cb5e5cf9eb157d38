/** An article as schema.org's ProductGroup, for search engines and other tools. */

/** schema.org's name of a size system. Of this shop's, only EU has another name there. */
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
