/**
 * What the advice on a product page is made of: the belief about the shopper's size, and the
 * chances of every size.
 */
import { inStock, PIECE } from '../catalogue.js';
import { beliefChart } from '../charts/belief.js';
import { chancesChart, chancesKey } from '../charts/chances.js';
import { h } from '../html.js';
import * as state from '../state.js';
import { whatIf } from './what-if.js';

/**
 * @typedef {object} Insight
 * @property {{ mean: number, sd: number }} belief
 * @property {{ mean: number, sd: number }} [before] the belief before, to be drawn too
 * @property {import('../../dist/types.js').Advice} advice
 * @property {import('../../dist/types.js').ArticleFacts} facts
 * @property {import('../../dist/index.js').Inseam} model
 * @property {boolean} stranger whether nothing is known about the shopper
 */

/** Explains the two rows of labels under the belief. */
const caption = (article) =>
  h(
    'p',
    { class: 'caption' },
    h(
      'span',
      {},
      h('b', { class: 'mark' }, article.sizes[0]),
      `this ${PIECE[article.group]}, as it really fits`,
    ),
    h('span', {}, h('b', {}, article.sizes[0]), `what ${article.system} labels usually mean`),
  );

const card = (...children) =>
  h('div', { class: 'card' }, h('h2', {}), h('p', { class: 'about' }), ...children);

/** Titles the two cards, and says what they show. */
function title(cards, [first, second]) {
  for (const [i, [heading, about]] of [first, second].entries()) {
    cards[i].querySelector('h2').textContent = heading;
    cards[i].querySelector('.about').textContent = about;
  }
}

/**
 * The titles of the cards and what they show. Of a stranger the belief is that about any shopper.
 */
function titles({ stranger, group, supposed, before }) {
  if (stranger)
    return [
      ['Where other shoppers are', `The sizes of everybody who buys ${group} here.`],
      ['How each size turns out', 'Out of 100 shoppers who try it on:'],
    ];
  const curve = supposed
    ? 'The dotted line is your size as we estimate it.'
    : before
      ? 'The dotted line is our estimate before your last answer.'
      : `Where your size in ${group} probably lies. The narrower the hill, the surer we are.`;
  return [
    ['Where you are', curve],
    ['How each size would turn out', 'Out of 100 people like you who try it on:'],
  ];
}

/** The section's elements, hidden until there is something to show. */
function layout(article, lab) {
  const curve = h('div', { class: 'curve' });
  const chances = h('div', { class: 'chances' });
  const element = h(
    'section',
    { class: 'insight', hidden: true, 'aria-label': 'What the advice is made of' },
    card(curve, caption(article)),
    card(chances, chancesKey(), lab.element),
  );
  return { element, curve, chances, cards: element.querySelectorAll('.card') };
}

/**
 * Builds the section.
 *
 * @param {import('../catalogue.js').Article} article
 */
export function insightSection(article) {
  /** @type {Insight | undefined} */
  let shown;
  const lab = whatIf((steps) => suppose(steps));
  const { element, curve, chances, cards } = layout(article, lab);
  // In the shop's order: a model that knows little about a size may place it beyond its neighbour.
  const listed = (sizes) =>
    article.sizes.flatMap((size) => sizes.find((s) => s.size === size) ?? []);
  const draw = (insight = shown) => {
    if (!insight) return;
    const { belief, before, facts, advice, stranger } = insight;
    const width = Math.round(Math.max(256, Math.min(620, curve.clientWidth || 320)));
    const sizes = listed(facts.sizes);
    const { system } = article;
    // To a stranger the element names no size.
    const advised = stranger ? undefined : advice.size;
    curve.replaceChildren(
      beliefChart({
        belief,
        before,
        sizes,
        advised,
        system,
        piece: PIECE[article.group],
        width,
        whose: stranger ? 'Most' : 'You',
      }),
    );
    chances.replaceChildren(chancesChart(listed(advice.outcomes), advised));
    const { group } = article;
    title(cards, titles({ stranger, group, supposed: insight !== shown, before }));
  };
  /** Draws the charts of a shopper who is some sizes larger. The advice and the order stay. */
  const suppose = async (steps) => {
    if (!shown) return;
    const { belief, model } = shown;
    const { history, body } = state.details();
    const supposed = model.shopper({ history, body, preference: steps });
    const advice = await supposed.advise(article.id, { inStock: inStock(article) });
    const before = steps === 0 ? undefined : belief;
    draw({ ...shown, belief: { ...belief, mean: belief.mean + steps }, before, advice });
  };
  const observer = new ResizeObserver(() => draw());
  observer.observe(curve);
  return {
    element,
    /** Shows an advice. With `ghost`, the belief before it too, if it was another. */
    show({ advice, facts, shopper, model }, ghost) {
      const belief = facts && shopper?.belief(facts.group);
      element.hidden = !belief || !advice?.outcomes.length;
      if (element.hidden) {
        shown = undefined;
        return;
      }
      const moved =
        ghost && shown && (shown.belief.mean !== belief.mean || shown.belief.sd !== belief.sd);
      const stranger = advice.reasons.some(({ kind }) => kind === 'noHistory');
      shown = { belief, before: moved ? shown.belief : undefined, advice, facts, model, stranger };
      // There is no estimate of a stranger's size that could be another.
      lab.element.hidden = stranger;
      lab.reset();
      draw();
    },
    stop: () => observer.disconnect(),
  };
}
