/** The shop's articles, read from the table that the demo's training history is simulated from. */

/**
 * @typedef {object} Article
 * @property {string} id
 * @property {string} brand
 * @property {string} group dresses, tops, bottoms or footwear
 * @property {string} system size system as the shop writes it
 * @property {string[]} sizes
 * @property {string} name
 * @property {string} colour
 * @property {number} price
 */

export const GROUPS = ['dresses', 'tops', 'bottoms', 'footwear'];

/** Sizes that are not in stock. */
const SOLD_OUT = { 'SB-D03': ['50'], 'KR-T04': ['XXL'], 'LA-F01': ['36', '42'], 'MI-B06': ['34'] };

/** @returns {Promise<Article[]>} */
export async function loadCatalogue(address = 'catalogue.csv') {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The catalogue did not load: HTTP status ${response.status}`);
  const [header, ...rows] = (await response.text()).trim().split(/\r?\n/);
  const names = header.split(',');
  return rows.map((row) => {
    const cells = Object.fromEntries(row.split(',').map((cell, i) => [names[i], cell]));
    return {
      id: cells.article_id,
      brand: cells.brand,
      group: cells.group,
      system: cells.size_system,
      sizes: cells.sizes.split('|'),
      name: cells.name,
      colour: cells.colour,
      price: Number(cells.price),
    };
  });
}

/** @param {Article} article */
export const inStock = (article) =>
  article.sizes.filter((size) => !SOLD_OUT[article.id]?.includes(size));

/** The word for one article of a group. */
export const PIECE = { dresses: 'dress', tops: 'top', bottoms: 'pair', footwear: 'pair' };

const NOTES = {
  'LA-D01': 'Washed cotton poplin with a leather belt. Crisp in the morning, soft by evening.',
  'TW-D02': 'Mid-weight linen, two deep pockets, no zip. Goes on over a swimsuit.',
  'SB-D03': 'A true wrap in viscose crêpe, tied at the hip. Made near Como.',
  'VE-D04': 'Bias-cut satin that follows every move. Adjustable straps.',
  'MI-D05': 'Three tiers of cotton voile with a smocked back.',
  'KR-D06': 'Hand-drawn meadow print on cotton lawn, with a ruffled hem.',
  'LA-D07': 'Ribbed merino that keeps its shape, and warms.',
  'LA-T01': 'Heavy organic jersey, cut straight. The one you reach for.',
  'TW-T02': 'The fisherman’s stripe in dense cotton, with a boat neck.',
  'SB-T03': 'Washed silk with a bow to tie or to leave.',
  'KR-T04': 'Oxford cloth, soft collar, mother-of-pearl buttons.',
  'MI-T05': 'Fine ribbed cotton and modal, close to the body.',
  'VE-T06': 'Merino and a little cashmere, five horn buttons.',
  'TW-T07': 'Undyed British wool, cabled front and back.',
  'KR-B01': 'Rigid denim, mid rise, straight from hip to hem.',
  'LA-B02': 'Wool and linen twill with two pleats and a long line.',
  'SB-B03': 'Stretch wool with a pressed crease and a slim ankle.',
  'TW-B04': 'Garment-dyed linen with a drawstring waist.',
  'VE-B05': 'Permanent knife pleats that swing as you walk.',
  'MI-B06': 'Cotton twill, elastic waist, ribbed cuffs.',
  'KR-B07': 'Curved legs in washed black denim.',
  'LA-F01': 'Full-grain leather on a natural rubber sole.',
  'TW-F02': 'Hand-sewn moccasin, leather-lined, to be resoled for years.',
  'SB-F03': 'Nappa so soft that it folds, with a bow.',
  'KR-F04': 'Waxed calf with elastic sides and a stacked heel.',
  'VE-F05': 'Vegetable-tanned straps, cork footbed.',
  'MI-F06': 'Linen on braided jute, stitched by hand.',
  'TW-F07': 'Natural rubber, cotton-lined, made for puddles.',
};

/** @param {Article} article */
export const note = (article) => NOTES[article.id] ?? '';
