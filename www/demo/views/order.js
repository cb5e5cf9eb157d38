/** The order of a product page: choosing a size, buying it, and telling how it fits. */
import { h } from '../html.js';
import * as state from '../state.js';

const VERDICTS = [
  ['kept', 'Keep it'],
  ['too_small', 'Too small'],
  ['too_large', 'Too large'],
  ['other_reason', 'Not for me'],
];

const REPLIES = {
  kept: 'Kept. That tells us a lot about your size.',
  too_small: 'On its way back, as too small. We have taken note.',
  too_large: 'On its way back, as too large. We have taken note.',
  other_reason: 'On its way back. That says nothing about your size.',
};

/**
 * Builds the size buttons, and the button that buys the chosen size.
 *
 * @param {import('../catalogue.js').Article} article
 * @param {string[]} stock
 */
export function sizeButtons(article, stock) {
  const buy = h('button', { class: 'buy', type: 'submit' });
  // Until the shopper has chosen a size, the advised one is chosen for them.
  let touched = false;
  const radios = article.sizes.map((size) =>
    h('input', {
      type: 'radio',
      name: 'size',
      value: size,
      disabled: !stock.includes(size),
      onchange: () => {
        touched = true;
        update();
      },
    }),
  );
  const chosen = () => radios.find((radio) => radio.checked)?.value;
  const update = () => {
    const size = chosen();
    buy.disabled = size === undefined;
    buy.textContent = size === undefined ? 'Pick a size' : `Buy size ${size}`;
  };
  update();
  const element = h(
    'fieldset',
    { class: 'sizes', id: 'sizes' },
    h('legend', {}, `Size (${article.system})`),
    ...radios.map((radio) => h('label', { class: 'size' }, radio, h('span', {}, radio.value))),
  );
  return {
    element,
    buy,
    chosen,
    /** Marks and chooses the advised size, if the line of advice says to take it. */
    advise({ advice, takes }) {
      for (const radio of radios) {
        const isAdvised = radio.value === advice.size && takes.includes(radio.value);
        radio.parentElement.classList.toggle('advised', isAdvised);
        if (!touched) radio.checked = isAdvised;
      }
      update();
    },
    /** Lets the next advice choose a size again. */
    release: () => {
      touched = false;
    },
  };
}

/**
 * Builds the place where the shopper tells how a bought article fits, and the reply to that.
 *
 * @param {import('../catalogue.js').Article} article
 * @param {() => void} onSettled is called before the shopper's history changes
 */
export function orderStatus(article, onSettled) {
  const news = h('p', { class: 'news', role: 'status' });
  const element = h('div', { class: 'order' });
  const settle = (index, outcome) => () => {
    onSettled();
    state.settle(index, outcome);
    news.textContent = REPLIES[outcome];
  };
  const render = () => {
    const pending = state.open(article.id);
    element.hidden = !pending;
    if (!pending) return;
    const { purchase, index } = pending;
    const arrived = h('strong', {}, `Size ${purchase.size} is at your door.`);
    const buttons = VERDICTS.map(([outcome, text]) =>
      h('button', { type: 'button', class: 'second', onclick: settle(index, outcome) }, text),
    );
    element.replaceChildren(
      h('p', {}, arrived, ' You try it on. And?'),
      h('div', { class: 'verdicts' }, ...buttons),
    );
    news.textContent = '';
  };
  render();
  return {
    element,
    news,
    render,
    clear: () => {
      news.textContent = '';
    },
  };
}
