/** A product page: the article, its sizes, the advice, and what the advice is made of. */

import { inStock, note, PIECE } from '../catalogue.js';
import { beliefChart } from '../charts/belief.js';
import { chancesChart, chancesKey } from '../charts/chances.js';
import { garment } from '../garments/index.js';
import { drawing, h, money } from '../html.js';
import * as state from '../state.js';
import { structured } from '../structured.js';
import { lab } from './lab.js';
import { wardrobe } from './wardrobe.js';

const VERDICTS = [
  ['kept', 'Keep it'],
  ['too_small', 'Too small'],
  ['too_large', 'Too large'],
  ['other_reason', 'Not for me'],
];

const SAID = {
  kept: 'Kept. That tells us a good deal.',
  too_small: 'On its way back, as too small. We have taken note.',
  too_large: 'On its way back, as too large. We have taken note.',
  other_reason: 'On its way back. That says nothing about your size.',
};

const caption = (article) =>
  h(
    'p',
    { class: 'caption' },
    h(
      'span',
      {},
      h('b', { class: 'mark' }, article.sizes[0]),
      `this ${PIECE[article.group]}, as it really turns out`,
    ),
    h('span', {}, h('b', {}, article.sizes[0]), `what ${article.system} labels usually mean`),
  );

const PERKS = ['Free returns within 30 days', 'At your door in two to four days'];

/**
 * @param {import('../catalogue.js').Article[]} catalogue
 * @param {import('../catalogue.js').Article} article
 * @param {string} modelUrl
 */
export function product(catalogue, article, modelUrl) {
  const stock = inStock(article);
  const advice = h(
    'inseam-advice',
    {
      model: modelUrl,
      article: article.id,
      'in-stock': stock.join('|'),
      for: 'sizes',
      brands: [
        ...new Set(
          catalogue.filter(({ group }) => group === article.group).map(({ brand }) => brand),
        ),
      ].join('|'),
    },
    h(
      'p',
      { class: 'sizechart' },
      `Comes in ${article.system} ${article.sizes[0]} to ${article.sizes.at(-1)}.`,
    ),
  );
  const news = h('p', { class: 'news', role: 'status' });
  const order = h('div', { class: 'order' });
  const buy = h('button', { class: 'buy', type: 'submit' });
  const radios = article.sizes.map((size) =>
    h('input', {
      type: 'radio',
      name: 'size',
      value: size,
      disabled: !stock.includes(size),
      onchange: () => pick(true),
    }),
  );
  // Until the shopper has picked a size, the suggestion is picked for them.
  let touched = false;

  const pick = (byHand) => {
    touched ||= byHand;
    const size = radios.find((radio) => radio.checked)?.value;
    buy.disabled = size === undefined;
    buy.textContent = size === undefined ? 'Pick a size' : `Buy size ${size}`;
  };

  const sizes = h(
    'fieldset',
    { class: 'sizes', id: 'sizes' },
    h('legend', {}, `Size (${article.system})`),
    ...radios.map((radio) => h('label', { class: 'size' }, radio, h('span', {}, radio.value))),
  );
  const submit = (event) => {
    event.preventDefault();
    const size = radios.find((radio) => radio.checked)?.value;
    // A size taken on advice is no evidence of what the shopper would have chosen.
    const advised = size === shown?.advice.size;
    if (size !== undefined) state.add({ article: article.id, size, outcome: 'pending', advised });
    order.querySelector('button')?.focus();
  };

  // Only the drawings move: what the element advises, and what is bought, stays with what is
  // believed.
  const whatIf = lab(async (steps) => {
    if (!shown) return;
    const { history, body } = state.details();
    const { belief } = shown;
    const supposed = shown.model.shopper({ history, body, preference: steps });
    const given = await supposed.advise(article.id, { inStock: stock });
    draw({
      ...shown,
      belief: { ...belief, mean: belief.mean + steps },
      before: steps === 0 ? undefined : belief,
      advice: given,
    });
  });
  const curve = h('div', { class: 'curve' });
  const chances = h('div', { class: 'chances' });
  const insight = h(
    'section',
    { class: 'insight', hidden: true, 'aria-label': 'What the advice is made of' },
    h(
      'div',
      { class: 'card' },
      h('h2', {}, 'Where you are'),
      h('p', { class: 'about' }, ''),
      curve,
      caption(article),
    ),
    h(
      'div',
      { class: 'card' },
      h('h2', {}, 'How each size would turn out'),
      h('p', { class: 'about' }, 'Of 100 times that someone like you tries it on:'),
      chances,
      chancesKey(),
      whatIf.element,
    ),
  );
  const clothes = wardrobe(catalogue, article.group);
  const data = h(
    'script',
    { type: 'application/ld+json' },
    JSON.stringify(structured(article, stock)),
  );
  const element = h(
    'article',
    { class: 'product' },
    data,
    h(
      'div',
      { class: 'stage tile' },
      drawing(garment(article.id, `${article.name} in ${article.colour}`)),
    ),
    h(
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
      h('form', { onsubmit: submit }, sizes, advice, buy),
      order,
      news,
      h('ul', { class: 'perks' }, ...PERKS.map((perk) => h('li', {}, perk))),
    ),
    insight,
    clothes.element,
  );

  /** @type {{ belief: object, before?: object, advice: object, facts: object } | undefined} */
  let shown;
  let ghost = false;

  // As the shop lists them: a model that knows little of a size may place it beyond its neighbour.
  const listed = (sizes) =>
    article.sizes.flatMap((size) => sizes.find((s) => s.size === size) ?? []);
  const draw = (what = shown) => {
    if (!what) return;
    const { belief, before, facts, advice: given } = what;
    const width = Math.round(Math.max(256, Math.min(620, curve.clientWidth || 320)));
    const chart = {
      belief,
      before,
      sizes: listed(facts.sizes),
      advised: given.size,
      system: article.system,
    };
    curve.replaceChildren(beliefChart({ ...chart, width }));
    chances.replaceChildren(chancesChart(listed(given.outcomes), given.size));
    insight.querySelector('.about').textContent =
      what !== shown
        ? 'The dotted line is what we believe of you.'
        : before
          ? 'The dotted line is what we believed before your last word.'
          : `What we believe of your size in ${article.group}: a narrow hill is a sure one.`;
  };

  advice.addEventListener('inseam-advice', ({ detail }) => {
    const facts = detail.facts;
    const belief = facts && detail.shopper?.belief(facts.group);
    insight.hidden = !belief || !detail.advice?.outcomes.length;
    if (insight.hidden) {
      shown = undefined;
      return;
    }
    const moved =
      ghost && shown && (shown.belief.mean !== belief.mean || shown.belief.sd !== belief.sd);
    shown = {
      belief,
      before: moved ? shown.belief : undefined,
      advice: detail.advice,
      facts,
      model: detail.model,
    };
    whatIf.reset();
    for (const radio of radios) {
      radio.parentElement.classList.toggle(
        'advised',
        radio.value === detail.advice.size && detail.advice.status !== 'unsure',
      );
      if (!touched)
        radio.checked = radio.value === detail.advice.size && detail.takes.includes(radio.value);
    }
    pick(false);
    draw();
  });

  const renderOrder = () => {
    const pending = state.open(article.id);
    order.hidden = !pending;
    if (!pending) return;
    const say = (outcome) => () => {
      touched = false;
      state.settle(pending.index, outcome);
      news.textContent = SAID[outcome];
    };
    order.replaceChildren(
      h(
        'p',
        {},
        h('strong', {}, `Size ${pending.purchase.size} is at your door.`),
        ' You try it on. And?',
      ),
      h(
        'div',
        { class: 'verdicts' },
        ...VERDICTS.map(([word, text]) =>
          h('button', { type: 'button', class: 'second', onclick: say(word) }, text),
        ),
      ),
    );
    news.textContent = '';
  };
  pick(false);
  renderOrder();
  const stop = state.onChange((what) => {
    // Another shopper's belief is no earlier state of this one's.
    ghost = what === 'history';
    if (what === 'shopper') {
      touched = false;
      news.textContent = '';
    }
    renderOrder();
  });
  const watch = new ResizeObserver(() => draw());
  watch.observe(curve);
  return {
    element,
    stop: () => {
      stop();
      watch.disconnect();
      clothes.stop();
    },
  };
}
