// Closer or looser: a wish that moves the size looked for.
import type { Speaker } from '../texts/texts.js';
import { make } from './make.js';

/** Half a size to either side, in steps. */
const WISHES = [
  ['closer', -0.5],
  ['usual', 0],
  ['looser', 0.5],
] as const;

/** Three radio buttons; those that are there already are brought up to date, so that nobody loses their place. */
export function wear(
  place: HTMLElement,
  preference: number,
  speaker: Speaker,
  wish: (steps: number) => void,
): void {
  const legend = speaker.say('wear');
  if (place.querySelector('legend')?.textContent !== legend) {
    const set = make('fieldset', 'wear', make('legend', '', legend));
    for (const [name, steps] of WISHES) {
      const radio = make('input');
      radio.type = 'radio';
      radio.name = 'wear';
      radio.value = String(steps);
      radio.addEventListener('change', () => wish(steps));
      set.append(make('label', '', radio, speaker.say(name)));
    }
    place.replaceChildren(set);
  }
  for (const radio of place.querySelectorAll('input'))
    radio.checked = Math.sign(Number(radio.value)) === Math.sign(preference);
}
