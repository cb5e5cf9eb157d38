/**
 * What if the shopper were a little smaller or larger than we estimate, or, which comes to the
 * same, the garment a little larger or smaller?
 */
import { h } from '../html.js';

const MAX_STEPS = 2;

const words = (steps) => {
  const much = Math.abs(steps);
  if (much === 0) return 'Your size as we estimate it.';
  const sizes = much === 1 ? 'one size' : `${much.toLocaleString('en')} sizes`;
  return steps > 0
    ? `If you were ${sizes} larger, or this piece ${sizes} smaller.`
    : `If you were ${sizes} smaller, or this piece ${sizes} larger.`;
};

/**
 * Builds a slider.
 *
 * @param {(steps: number) => void} onMove gets by how many sizes larger
 */
export function whatIf(onMove) {
  const slider = h('input', {
    type: 'range',
    id: 'lab',
    min: -MAX_STEPS,
    max: MAX_STEPS,
    step: 0.25,
    value: 0,
  });
  const output = h('output', { for: 'lab' }, words(0));
  const back = h('button', { type: 'button', class: 'second', hidden: true }, 'Back to you');
  const move = (steps) => {
    slider.value = String(steps);
    slider.setAttribute('aria-valuetext', words(steps));
    output.textContent = words(steps);
    back.hidden = steps === 0;
    onMove(steps);
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
      h('p', {}, output, back),
    ),
    /**
     * Moves the slider back without a call to `onMove`, after the shopper or their history has
     * changed.
     */
    reset: () => {
      slider.value = '0';
      output.textContent = words(0);
      back.hidden = true;
    },
  };
}
