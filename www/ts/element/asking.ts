// The one question, as a small form.
import type { Speaker } from '../texts/texts.js';
import type { ArticleFacts, Measurement, Question } from '../types.js';
import { button, make } from './make.js';

/** What the shopper has answered. */
export type Answer =
  | { kind: 'brand'; brand: string; size: string; group: string; system: string }
  | { kind: 'measurement'; name: string; value: number | string };

/** Below this a question is not worth a shopper's time, in nats. */
export const WORTH_ASKING = 0.03;

function choices(options: readonly string[]): HTMLSelectElement {
  const list = make('select');
  list.append(new Option('', ''), ...options.map((option) => new Option(option, option)));
  return list;
}

/**
 * @param answered gets the answer
 * @param skipped is called for "I don't know"
 */
export function asking(
  question: Question,
  facts: ArticleFacts,
  measurements: readonly Measurement[],
  speaker: Speaker,
  answered: (answer: Answer) => void,
  skipped: () => void,
): HTMLElement {
  const { kind, name } = question;
  const levels = measurements.find((one) => one.name === name)?.levels;
  const field =
    kind === 'brand'
      ? choices(facts.sizes.map(({ size }) => size))
      : levels
        ? choices(levels)
        : make('input');
  if (field instanceof HTMLInputElement) {
    field.type = 'number';
    field.step = 'any';
    field.min = '0';
    field.inputMode = 'decimal';
  }
  field.required = true;
  field.autocomplete = 'off';
  const label = make('label', 'field');
  const asked = kind === 'brand' ? speaker.say('askBrand', { brand: name }) : speaker.measure(name);
  label.append(asked, field);
  const form = make('form', '', label);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (kind === 'brand') {
      answered({ kind, brand: name, size: field.value, group: facts.group, system: facts.system });
    } else {
      answered({
        kind,
        name,
        value: field instanceof HTMLInputElement ? field.valueAsNumber : field.value,
      });
    }
  });
  const send = make('button', 'answer', speaker.say('answer'));
  send.type = 'submit';
  form.append(send, button('forget', speaker.say('skip'), skipped));
  return make('div', 'asking', make('h3', 'heading', speaker.say('askOne')), form);
}
