/** The shopper's history; for someone new, also the forms to tell what fits them elsewhere. */
import { garment } from '../garments/index.js';
import { drawing, h } from '../html.js';
import { OUTCOME_WORDS } from '../shoppers.js';
import * as state from '../state.js';
import { face } from './shoppers.js';
import { bodyForm, elsewhereForm } from './tell.js';

const outcome = (word) => h('span', { class: `outcome ${word}` }, OUTCOME_WORDS[word] ?? word);

/** @param {import('../catalogue.js').Article[]} catalogue */
function row({ purchase, index }, catalogue) {
  const article = catalogue.find(({ id }) => id === purchase.article);
  const name = article ? article.name : `${purchase.brand}, ${purchase.group}`;
  const picture = article
    ? h(
        'a',
        { href: `#/article/${article.id}`, class: 'thumb', tabindex: '-1', 'aria-hidden': 'true' },
        drawing(garment(article.id)),
      )
    : h('span', { class: 'thumb said', 'aria-hidden': 'true' }, '“ ”');
  return h(
    'li',
    {},
    picture,
    h(
      'span',
      { class: 'what' },
      article ? h('a', { href: `#/article/${article.id}` }, name) : h('span', {}, name),
      h('small', {}, `${article?.brand ?? 'Fits you'} · size ${purchase.size}`),
    ),
    article ? outcome(purchase.outcome) : h('span', { class: 'outcome kept' }, 'You told us'),
    index >= 0 &&
      h(
        'button',
        {
          class: 'quiet',
          type: 'button',
          'aria-label': `Forget ${name}`,
          onclick: () => state.remove(index),
        },
        '×',
      ),
  );
}

/**
 * @param {import('../catalogue.js').Article[]} catalogue
 * @param {string} [group] the group that the form asks about first
 */
export function wardrobe(catalogue, group) {
  const list = h('ul', { class: 'history' });
  const title = h('h2', {});
  const about = h('p', { class: 'about' });
  const forms = h('div', { class: 'tell' });
  const element = h(
    'section',
    { class: 'wardrobe card', 'aria-labelledby': 'wardrobe' },
    title,
    about,
    forms,
    list,
  );
  title.id = 'wardrobe';
  const render = (what) => {
    const who = state.shopper();
    const someone = who.id === 'new';
    title.replaceChildren(face(who), someone ? 'Tell us what fits you' : `${who.name}’s wardrobe`);
    about.textContent = someone
      ? 'It stays in this browser. One garment that fits tells us more than a tape measure.'
      : `${who.name}: ${who.about}. This list is all that we know about her.`;
    const purchases = state.history();
    // The oldest comes first, so that a new purchase appears at the end.
    list.replaceChildren(...purchases.map((purchase) => row(purchase, catalogue)));
    list.hidden = purchases.length === 0;
    // The same forms stay, as the shopper may be filling them in.
    if (what === 'shopper')
      forms.replaceChildren(...(someone ? [elsewhereForm(catalogue, group), bodyForm()] : []));
  };
  render('shopper');
  return { element, stop: state.onChange(render) };
}
