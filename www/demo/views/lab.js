/** What if: the shopper a little smaller or larger than we believe, or, which comes to the same, the garment cut larger or smaller. */
import { h } from '../html.js';

const AT_MOST = 2;

const said = (steps) => {
  const much = Math.abs(steps);
  if (much === 0) return 'As we believe you are.';
  const sizes = much === 1 ? 'one size' : `${much.toLocaleString('en')} sizes`;
  return steps > 0
    ? `You, ${sizes} larger; or this piece, cut ${sizes} smaller.`
    : `You, ${sizes} smaller; or this piece, cut ${sizes} larger.`;
};

/**
 * A slider.
 * @param {(steps: number) => void} changed gets by how many sizes larger, at every move
 */
export function lab(changed) {
  const slider = h('input', {
    type: 'range',
    id: 'lab',
    min: -AT_MOST,
    max: AT_MOST,
    step: 0.25,
    value: 0,
  });
  const words = h('output', { for: 'lab' }, said(0));
  const back = h('button', { type: 'button', class: 'second', hidden: true }, 'Back to you');
  const move = (steps) => {
    slider.value = String(steps);
    slider.setAttribute('aria-valuetext', said(steps));
    words.textContent = said(steps);
    back.hidden = steps === 0;
    changed(steps);
  };
  slider.addEventListener('input', () => move(Number(slider.value)));
  back.addEventListener('click', () => {
    move(0);
    slider.focus();
  });
  return {
    element: h(
      'div',
      { class: 'lab' },
      h('label', { for: 'lab' }, 'What if?'),
      slider,
      h('p', {}, words, back),
    ),
    /** Back to the start, without a word: the shopper or what is known of them has changed. */
    reset: () => {
      slider.value = '0';
      words.textContent = said(0);
      back.hidden = true;
    },
  };
}
