/** The shopper's history, there to see; for someone new, the place to say what fits them elsewhere. */
import { garment } from '../garments/index.js';
import { drawing, h } from '../html.js';
import { OUTCOME_WORDS } from '../shoppers.js';
import * as state from '../state.js';
import { face } from './shoppers.js';
import { bodyForm, elsewhereForm } from './tell.js';

const outcome = (word) => h('span', { class: `outcome ${word}` }, OUTCOME_WORDS[word] ?? word);

/** @param {import('../catalogue.js').Article[]} catalogue */
function line({ purchase, index }, catalogue) {
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
    article ? outcome(purchase.outcome) : h('span', { class: 'outcome kept' }, 'Your word'),
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
 * @param {string} [group] what the form asks about first
 */
export function wardrobe(catalogue, group) {
  const list = h('ul', { class: 'history' });
  const title = h('h2', {});
  const about = h('p', { class: 'about' });
  const told = h('div', { class: 'tell' });
  const element = h(
    'section',
    { class: 'wardrobe card', 'aria-labelledby': 'wardrobe' },
    title,
    about,
    told,
    list,
  );
  title.id = 'wardrobe';
  const render = (what) => {
    const who = state.shopper();
    const someone = who.id === 'new';
    title.replaceChildren(face(who), someone ? 'Tell us what fits you' : `${who.name}’s wardrobe`);
    about.textContent = someone
      ? 'It stays in this browser. One garment that fits is worth more than a tape measure.'
      : `${who.name}: ${who.about}. Nothing but this list is known of her.`;
    const lines = state.history();
    // What was there first stays first, so that a new line is seen to arrive.
    list.replaceChildren(...lines.map((l) => line(l, catalogue)));
    list.hidden = lines.length === 0;
    // The forms stay while somebody types in them.
    if (what === 'shopper')
      told.replaceChildren(...(someone ? [elsewhereForm(catalogue, group), bodyForm()] : []));
  };
  render('shopper');
  return { element, stop: state.onChange(render) };
}
