/** The shop window: every article, each with this shopper's size on it. */
import { sharedModel } from '../../dist/element.js';
import { inStock } from '../catalogue.js';
import { garment } from '../garments/index.js';
import { drawing, h, money } from '../html.js';
import * as state from '../state.js';
import { wardrobe } from './wardrobe.js';

const TITLES = { dresses: 'Dresses', tops: 'Tops', bottoms: 'Bottoms', footwear: 'Footwear' };

const hero = () =>
  h(
    'header',
    { class: 'hero' },
    h('h1', {}, 'Clothes for salt air and slow weekends'),
    h(
      'p',
      {},
      'Six small labels, and no two cut alike. So every piece here tells you your size in it.',
    ),
  );

const card = (article, tag) =>
  h(
    'li',
    { class: 'item' },
    h(
      'a',
      { href: `#/article/${article.id}` },
      h('span', { class: 'tile' }, drawing(garment(article.id)), tag),
      h('span', { class: 'brand' }, article.brand),
      h('span', { class: 'name' }, article.name),
      h('span', { class: 'price' }, money(article.price)),
    ),
  );

/** The advice on each article for the shopper who is here now. */
async function advices(articles, modelUrl) {
  const model = await sharedModel(modelUrl);
  const shopper = model.shopper(state.details());
  return Promise.all(articles.map((a) => shopper.advise(a.id, { inStock: inStock(a) })));
}

/**
 * @param {import('../catalogue.js').Article[]} catalogue
 * @param {string | undefined} group
 * @param {string} modelUrl
 */
export function grid(catalogue, group, modelUrl) {
  const articles = catalogue.filter((article) => !group || article.group === group);
  const tags = articles.map(() => h('span', { class: 'tag', hidden: true }));
  const clothes = wardrobe(catalogue, group);
  const element = h(
    'div',
    {},
    group ? h('h1', { class: 'title' }, TITLES[group]) : hero(),
    h('ul', { class: 'grid' }, ...articles.map((article, i) => card(article, tags[i]))),
    clothes.element,
  );
  // Counts the updates, so that a slow one does not overwrite a later one.
  let updates = 0;
  async function label() {
    const update = ++updates;
    // Without a model there are no tags, and the shop works all the same.
    const found = await advices(articles, modelUrl).catch(() => []);
    if (update !== updates) return;
    for (const [i, tag] of tags.entries()) {
      const { size, status } = found[i] ?? {};
      tag.hidden = size === undefined || status === 'unsure';
      tag.textContent = `Your size ${size}`;
    }
  }
  label();
  const stop = state.onChange(label);
  return {
    element,
    stop: () => {
      stop();
      clothes.stop();
    },
  };
}
