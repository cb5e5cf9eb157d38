/** A product page: the article, its sizes, the advice, and what the advice is made of. */

import { inStock, note } from '../catalogue.js';
import { garment } from '../garments/index.js';
import { drawing, h, money } from '../html.js';
import * as state from '../state.js';
import { structured } from '../structured.js';
import { insightSection } from './insight.js';
import { orderStatus, sizeButtons } from './order.js';
import { wardrobe } from './wardrobe.js';

const PERKS = ['Free returns within 30 days', 'At your door in two to four days'];

/** The element, with the shop's own line on sizes for when there is no advice. */
function adviceElement(catalogue, article, stock, modelUrl) {
  const brands = catalogue.filter(({ group }) => group === article.group).map(({ brand }) => brand);
  const [smallest, largest] = [article.sizes[0], article.sizes.at(-1)];
  return h(
    'inseam-advice',
    {
      model: modelUrl,
      article: article.id,
      'in-stock': stock.join('|'),
      for: 'sizes',
      brands: [...new Set(brands)].join('|'),
    },
    h('p', { class: 'sizechart' }, `Comes in ${article.system} ${smallest} to ${largest}.`),
  );
}

/** Everything beside the article's picture. */
function sheet(article, form, order) {
  return h(
    'div',
    { class: 'sheet' },
    h(
      'p',
      { class: 'crumbs' },
      h('a', { href: `#/${article.group}` }, article.group),
      ` / ${article.brand}`,
    ),
    h('h1', {}, article.name),
    h(
      'p',
      { class: 'facts' },
      h('span', { class: 'price' }, money(article.price)),
      h('span', {}, article.colour),
    ),
    h('p', { class: 'note' }, note(article)),
    form,
    order.element,
    order.news,
    h('ul', { class: 'perks' }, ...PERKS.map((perk) => h('li', {}, perk))),
  );
}

/**
 * @param {import('../catalogue.js').Article[]} catalogue
 * @param {import('../catalogue.js').Article} article
 * @param {string} modelUrl
 */
export function product(catalogue, article, modelUrl) {
  const stock = inStock(article);
  const advice = adviceElement(catalogue, article, stock, modelUrl);
  const sizes = sizeButtons(article, stock);
  const order = orderStatus(article, sizes.release);
  const insight = insightSection(article);
  const clothes = wardrobe(catalogue, article.group);
  const submit = (event) => {
    event.preventDefault();
    const size = sizes.chosen();
    // A size taken on advice is no evidence of what the shopper would have chosen.
    const advised = size === advice.result?.advice?.size;
    if (size !== undefined) state.add({ article: article.id, size, outcome: 'pending', advised });
    order.element.querySelector('button')?.focus();
  };
  const form = h('form', { onsubmit: submit }, sizes.element, advice, sizes.buy);
  const data = JSON.stringify(structured(article, stock));
  const picture = drawing(garment(article.id, `${article.name} in ${article.colour}`));
  const element = h(
    'article',
    { class: 'product' },
    h('script', { type: 'application/ld+json' }, data),
    h('div', { class: 'stage tile' }, picture),
    sheet(article, form, order),
    insight.element,
    clothes.element,
  );
  // Another shopper's belief is no earlier state of this one's.
  let sameShopper = false;
  advice.addEventListener('inseam-advice', ({ detail }) => {
    if (detail.advice?.outcomes.length) sizes.advise(detail);
    insight.show(detail, sameShopper);
  });
  const stop = state.onChange((what) => {
    sameShopper = what === 'history';
    if (!sameShopper) {
      sizes.release();
      order.clear();
    }
    order.render();
  });
  return {
    element,
    stop: () => {
      stop();
      insight.stop();
      clothes.stop();
    },
  };
}
