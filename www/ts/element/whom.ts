// Whom the advice is for: a choice among the profiles of the shopper's file, and the offer to make
// profiles of the persons found in it.
import type { Profile } from '../file.js';
import type { Speaker } from '../texts/texts.js';
import { button, make } from './make.js';

/**
 * A list of the profiles, in a place that stays, so that nobody loses the focus; nothing where
 * there is but one.
 *
 * @param use gets the id of the one chosen
 */
export function whom(
  place: HTMLElement,
  profiles: readonly Profile[],
  current: string,
  speaker: Speaker,
  use: (id: string) => void,
): void {
  const offered = profiles.length < 2 ? [] : profiles;
  place.hidden = offered.length === 0;
  const names = offered.map(({ id, name }) => [id, name || speaker.say('me')] as const);
  const asked = JSON.stringify([speaker.say('whom'), names]);
  if (place.dataset['asked'] !== asked) {
    const list = make('select', 'profile');
    list.addEventListener('change', () => use(list.value));
    list.append(...names.map(([id, name]) => new Option(name, id)));
    place.replaceChildren(
      ...(place.hidden ? [] : [make('label', 'whom', speaker.say('whom'), list)]),
    );
    place.dataset['asked'] = asked;
  }
  for (const list of place.querySelectorAll('select')) list.value = current;
}

/** The offer to tell several persons apart. */
export function offer(speaker: Speaker, apart: () => void, alone: () => void): HTMLElement {
  const answers = make(
    'div',
    'answers',
    button('answer', speaker.say('apart'), apart),
    button('forget', speaker.say('allMine'), alone),
  );
  return make('div', 'asking several', make('p', 'heading', speaker.say('several')), answers);
}
