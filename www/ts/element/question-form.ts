// The one question to the shopper, as a small form.
import type { Speaker } from '../texts/texts.js';
import type { ArticleFacts, Measurement, Question } from '../types.js';
import { button, make } from './dom.js';

/** The shopper's answer to a question: their usual size in a brand, or a body measurement. */
export type Answer =
  | { kind: 'brand'; brand: string; size: string; group: string; system: string }
  | { kind: 'measurement'; name: string; value: number | string };

/** Questions that promise less information, in nats, are not asked. */
export const MIN_NATS = 0.03;

/** What the form shows, and what it calls. */
export interface QuestionForm {
  question: Question;
  facts: ArticleFacts;
  measurements: readonly Measurement[];
  onAnswer: (answer: Answer) => void;
  /** Called for "I don't know". */
  onSkip: () => void;
}

function select(options: readonly string[]): HTMLSelectElement {
  const list = make('select');
  list.append(new Option('', ''), ...options.map((option) => new Option(option, option)));
  return list;
}

function numberInput(): HTMLInputElement {
  const input = make('input');
  input.type = 'number';
  input.step = 'any';
  input.min = '0';
  input.inputMode = 'decimal';
  return input;
}

function answerField({ question, facts, measurements }: QuestionForm) {
  if (question.kind === 'brand') return select(facts.sizes.map(({ size }) => size));
  const levels = measurements.find(({ name }) => name === question.name)?.levels;
  return levels ? select(levels) : numberInput();
}

function answerOf(
  { kind, name }: Question,
  { group, system }: ArticleFacts,
  field: HTMLInputElement | HTMLSelectElement,
): Answer {
  if (kind === 'brand') return { kind, brand: name, size: field.value, group, system };
  const value = field instanceof HTMLInputElement ? field.valueAsNumber : field.value;
  return { kind, name, value };
}

/** Builds the form. */
export function questionForm(form: QuestionForm, speaker: Speaker): HTMLElement {
  const { question, facts, onAnswer, onSkip } = form;
  const field = answerField(form);
  field.required = true;
  field.autocomplete = 'off';
  const prompt =
    question.kind === 'brand'
      ? speaker.say('askBrand', { brand: question.name })
      : speaker.measure(question.name);
  const element = make('form', '', make('label', 'field', prompt, field));
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    onAnswer(answerOf(question, facts, field));
  });
  const submit = make('button', 'answer', speaker.say('answer'));
  submit.type = 'submit';
  element.append(submit, button('forget', speaker.say('skip'), onSkip));
  return make('div', 'asking', make('h3', 'heading', speaker.say('askOne')), element);
}
