/**
 * The chances of each size to be too small, to fit and to be too large: one column for each size.
 * Chances that the shop's purchases do not support are hatched, without a figure.
 */
import { h } from '../html.js';

const percent = (chance) => `${Math.round(100 * chance)}`;

/**
 * @param {import('../../dist/types.js').SizeOutcome[]} outcomes
 * @param {string | undefined} advised
 */
export function chancesChart(outcomes, advised) {
  const part = (kind, chance, words) => {
    const element = h(
      'span',
      { class: `part ${kind}`, title: words },
      chance >= 0.12 ? percent(chance) : '',
    );
    element.style.flexGrow = String(Math.max(chance, 0.002));
    return element;
  };
  const column = (o) => {
    const chances = o.supported
      ? `${percent(o.tooSmall)} % too small, ${percent(o.fits)} % fits, ${percent(o.tooLarge)} % too large`
      : 'too far from the likely size to tell';
    const words = `${o.size}: ${chances}${o.size === advised ? '; our suggestion' : ''}`;
    const parts = [
      part('large', o.tooLarge, 'too large'),
      part('fits', o.fits, 'fits'),
      part('small', o.tooSmall, 'too small'),
    ];
    return h(
      'li',
      { class: o.size === advised ? 'column on' : 'column' },
      h('span', { class: 'unseen' }, words),
      h(
        'span',
        { class: o.supported ? 'stack' : 'stack guess', 'aria-hidden': 'true' },
        ...(o.supported ? parts : []),
      ),
      h('span', { class: 'label', 'aria-hidden': 'true' }, o.size),
    );
  };
  return h('ol', { class: 'columns' }, ...outcomes.map(column));
}

export const chancesKey = () =>
  h(
    'p',
    { class: 'key', 'aria-hidden': 'true' },
    h('span', {}, h('i', { class: 'small' }), 'too small'),
    h('span', {}, h('i', { class: 'fits' }), 'fits'),
    h('span', {}, h('i', { class: 'large' }), 'too large'),
  );
