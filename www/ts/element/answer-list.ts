// The shopper's answers, each with buttons to change and to remove it.
import { shortName } from '../model/size-names.js';
import type { PanelSpeaker } from '../texts/panel-speaker.js';
import { type Answer, questionOf } from './answers.js';
import { button, make } from './dom.js';
import { unitOfName } from './units.js';

/** An answer as the shopper reads it: `IT 42`, `168 cm`. */
function writtenValue(answer: Answer, speaker: PanelSpeaker): string {
  if (answer.kind === 'brand') return `${shortName(answer.system)} ${answer.size}`.trim();
  if (typeof answer.value === 'string') return speaker.measure(answer.value);
  return `${speaker.number(answer.value)} ${unitOfName(answer.name) ?? ''}`.trim();
}

/** Builds the list; nothing if there are no answers. */
export function answerList(
  answers: readonly Answer[],
  speaker: PanelSpeaker,
  onChange: (answer: Answer) => void,
  onRemove: (answer: Answer) => void,
): HTMLElement[] {
  if (answers.length === 0) return [];
  const list = make('ul', 'facts');
  list.setAttribute('role', 'list');
  for (const answer of answers) {
    const { kind, name } = questionOf(answer);
    const what =
      kind === 'brand' ? speaker.say('askBrand', { brand: name }) : speaker.measure(name);
    const act = (word: 'change' | 'remove', onClick: (answer: Answer) => void) => {
      const element = button('forget', speaker.say(word), () => onClick(answer));
      element.setAttribute('aria-label', `${speaker.say(word)}: ${what}`);
      return element;
    };
    const value = make('b', '', writtenValue(answer, speaker));
    const actions = make('span', 'edit', act('change', onChange), act('remove', onRemove));
    list.append(make('li', '', make('span', '', `${what}: `, value), actions));
  }
  return [make('h3', 'heading', speaker.say('answers')), list];
}
