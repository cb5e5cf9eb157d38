/** The choice of who is shopping: a row of radio buttons on every page. */
import { h } from '../html.js';
import { SHOPPERS } from '../shoppers.js';
import * as state from '../state.js';

export function shopperSwitch() {
  const radio = (who) =>
    h(
      'label',
      { class: 'who' },
      h('input', {
        type: 'radio',
        name: 'shopper',
        value: who.id,
        checked: who.id === state.shopper().id,
        onchange: () => state.switchTo(who.id),
      }),
      face(who),
      h('span', {}, who.name),
    );
  return h(
    'fieldset',
    { class: 'shoppers' },
    h('legend', {}, 'Shopping as'),
    ...SHOPPERS.map(radio),
  );
}

export function face(who) {
  const circle = h(
    'span',
    { class: 'face', 'aria-hidden': 'true' },
    who.id === 'new' ? '+' : who.name[0],
  );
  circle.style.background = who.tint;
  return circle;
}
