// The offer to make a profile of each of several people whose purchases are in one file.
import type { Shopper } from '../model/shopper.js';
import { asOnePerson, separating } from '../shopper-file/changes.js';
import type { StoredFile } from '../shopper-file/stored-file.js';
import type { Speaker } from '../texts/texts.js';
import { button, make } from './dom.js';

/**
 * Builds the offer. There is none for a file that looks like one person's, or if the shopper has
 * already decided.
 *
 * @param onDecided is called after either answer
 */
export function separationOffer(
  file: StoredFile,
  shopper: Shopper,
  speaker: Speaker,
  onDecided: () => void,
): HTMLElement | undefined {
  const profile = file.current;
  if (profile.alone) return undefined;
  const [, ...others] = shopper.personas();
  if (others.length === 0) return undefined;
  const name = (i: number) => `${speaker.say('someone')}${others.length > 1 ? ` ${i + 1}` : ''}`;
  const persons = others.map(({ purchases }, i) => ({ name: name(i), purchases }));
  const decided = (change: () => void) => () => {
    change();
    onDecided();
  };
  const answers = make(
    'div',
    'answers',
    button(
      'answer',
      speaker.say('apart'),
      decided(() => file.change(separating(profile, persons))),
    ),
    button(
      'forget',
      speaker.say('allMine'),
      decided(() => file.change(asOnePerson)),
    ),
  );
  return make('div', 'asking several', make('p', 'heading', speaker.say('several')), answers);
}
