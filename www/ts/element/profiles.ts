// The choice of the profile that advice is for, which is loaded for shoppers who have several.
import type { Profile } from '../shopper-file/file.js';
import type { Speaker } from '../texts/texts.js';
import { make } from './dom.js';
import { profileStyle } from './profile-style.js';
import { adoptStyle } from './shadow-root.js';

/**
 * Shows a list of the profiles; nothing if there is only one. A list already there is updated, so
 * that the focus stays where it is.
 *
 * @param onChoice gets the id of the chosen profile
 */
export function showProfiles(
  place: HTMLElement,
  profiles: readonly Profile[],
  current: string,
  speaker: Speaker,
  onChoice: (id: string) => void,
): void {
  const offered = profiles.length < 2 ? [] : profiles;
  place.hidden = offered.length === 0;
  const names = offered.map(({ id, name }) => [id, name || speaker.say('me')] as const);
  const content = JSON.stringify([speaker.say('whom'), names]);
  if (place.dataset['content'] !== content) {
    adoptStyle(place.getRootNode() as ShadowRoot, profileStyle);
    const list = make('select', 'profile');
    list.addEventListener('change', () => onChoice(list.value));
    list.append(...names.map(([id, name]) => new Option(name, id)));
    place.replaceChildren(
      ...(place.hidden ? [] : [make('label', 'whom', speaker.say('whom'), list)]),
    );
    place.dataset['content'] = content;
  }
  for (const list of place.querySelectorAll('select')) list.value = current;
}
