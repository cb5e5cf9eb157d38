// The choice of how the shopper likes to wear things: closer, as usual or looser.
import type { Speaker } from '../texts/texts.js';
import { make } from './dom.js';

/** The preference of each choice, in steps. */
const CHOICES = [
  ['closer', -0.5],
  ['usual', 0],
  ['looser', 0.5],
] as const;

/**
 * Shows three radio buttons. Those already there are updated, so that the focus stays where it is.
 */
export function showPreference(
  place: HTMLElement,
  preference: number,
  speaker: Speaker,
  onChoice: (steps: number) => void,
): void {
  const legend = speaker.say('wear');
  if (place.querySelector('legend')?.textContent !== legend) {
    const set = make('fieldset', 'wear', make('legend', '', legend));
    for (const [name, steps] of CHOICES) {
      const radio = make('input');
      radio.type = 'radio';
      radio.name = 'wear';
      radio.value = String(steps);
      radio.addEventListener('change', () => onChoice(steps));
      set.append(make('label', '', radio, speaker.say(name)));
    }
    place.replaceChildren(set);
  }
  for (const radio of place.querySelectorAll('input'))
    radio.checked = Math.sign(Number(radio.value)) === Math.sign(preference);
}
