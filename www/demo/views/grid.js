/** The shop window: every article, each with this shopper's size on it. */
import { sharedModel } from '../../dist/element.js';
import { inStock } from '../catalogue.js';
import { garment } from '../garments/index.js';
import { drawing, h, money } from '../html.js';
import * as state from '../state.js';
import { wardrobe } from './wardrobe.js';

const TITLES = { dresses: 'Dresses', tops: 'Tops', bottoms: 'Bottoms', footwear: 'Footwear' };

/**
 * @param {import('../catalogue.js').Article[]} catalogue
 * @param {string | undefined} group
 * @param {string} modelUrl
 */
export function grid(catalogue, group, modelUrl) {
  const chosen = catalogue.filter((article) => !group || article.group === group);
  const tags = new Map();
  const card = (article) => {
    const tag = h('span', { class: 'tag', hidden: true });
    tags.set(article, tag);
    return h(
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
  };
  const clothes = wardrobe(catalogue, group);
  const element = h(
    'div',
    {},
    group
      ? h('h1', { class: 'title' }, TITLES[group])
      : h(
          'header',
          { class: 'hero' },
          h('h1', {}, 'Clothes for salt air and slow weekends'),
          h(
            'p',
            {},
            'Six small houses, no two of which cut alike. So every piece here tells you your size in it.',
          ),
        ),
    h('ul', { class: 'grid' }, ...chosen.map(card)),
    clothes.element,
  );

  let turn = 0;
  async function label() {
    const mine = ++turn;
    try {
      const model = await sharedModel(modelUrl);
      const shopper = model.shopper(state.details());
      const advices = await Promise.all(
        chosen.map((a) => shopper.advise(a.id, { inStock: inStock(a) })),
      );
      if (mine !== turn) return;
      chosen.forEach((article, i) => {
        const { size, status } = advices[i];
        const tag = tags.get(article);
        tag.hidden = size === undefined || status === 'unsure';
        tag.textContent = `Your size ${size}`;
      });
    } catch {
      // No model, no tags: the shop is a shop without them.
      for (const tag of tags.values()) tag.hidden = true;
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
