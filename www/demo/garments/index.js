/** Every article's picture as SVG, so that the shop loads no images. */
import { bottoms } from './bottoms.js';
import { dresses } from './dresses.js';
import { footwear } from './footwear.js';
import { tops } from './tops.js';

const DRAWINGS = { ...dresses, ...tops, ...bottoms, ...footwear };

/**
 * The picture of an article as SVG text.
 *
 * @param {string} id article id
 * @param {string} title for screen readers; empty for a decorative picture
 */
export function garment(id, title = '') {
  const label = title ? `role="img" aria-label="${title}"` : 'aria-hidden="true"';
  return `<svg class="garment" viewBox="0 0 400 480" ${label}>${DRAWINGS[id]?.() ?? ''}</svg>`;
}
