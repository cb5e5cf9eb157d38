// The one question to the shopper. It is no HTML form, as a page in a sandboxed frame may not
// submit any.
import { shortName } from '../model/size-names.js';
import type { PanelSpeaker } from '../texts/panel-speaker.js';
import type { ArticleFacts, Measurement, Question } from '../types.js';
import type { Answer } from './answers.js';
import type { LabelledSystem } from './brand-systems.js';
import { button, make } from './dom.js';
import { judge, type Unit, unitOfName, unitsLike } from './units.js';

/** Questions that promise less information, in nats, are not asked. */
export const MIN_NATS = 0.03;

/** Measurements that are asked for together, by the first word of their names: two short steps. */
const TOGETHER: Readonly<Record<string, string>> = {
  height: 'weight',
  weight: 'height',
  age: 'sex',
  sex: 'age',
};

const firstWord = (name: string): string => name.split('_')[0] ?? name;

/** The name of the measurement among these that is asked for together with this one. */
export function besideIt(name: string, others: readonly Measurement[]): string | undefined {
  const wanted = TOGETHER[firstWord(name)];
  return others.find((other) => firstWord(other.name) === wanted)?.name;
}

/** What the form shows, and what it calls. */
export interface QuestionForm {
  question: Pick<Question, 'kind' | 'name'>;
  /** A second measurement that is asked for beside the first; undefined if there is none. */
  second: string | undefined;
  /** The present answer, to be changed. */
  answer: Answer | undefined;
  facts: ArticleFacts;
  /** For a question about a brand, the systems in which its sizes can be stated. */
  systems: readonly LabelledSystem[];
  measurements: readonly Measurement[];
  onAnswer: (answers: readonly Answer[]) => void;
  /** Called for "I don't know", or if the answer stays as it is. */
  onSkip: () => void;
}

/** A field, and how its answer is read: undefined where there is none yet. */
interface Field {
  elements: HTMLElement[];
  read: () => Answer | undefined;
}

function brandField({ question, answer, facts, systems }: QuestionForm): Field {
  const list = make('select');
  const given = answer?.kind === 'brand' ? answer : undefined;
  const choices = systems.flatMap(({ system, sizes }) => sizes.map((size) => ({ system, size })));
  list.append(new Option('', ''));
  for (const { system, sizes } of systems) {
    const group = make('optgroup');
    const name = shortName(system);
    group.label = name || question.name;
    group.append(
      ...sizes.map((size) => {
        const isGiven = given?.size === size && given.system === system;
        const index = choices.findIndex((one) => one.size === size && one.system === system);
        // Once a size is chosen, the browser shows it without the group's label.
        return new Option(`${name} ${size}`.trim(), String(index), isGiven, isGiven);
      }),
    );
    list.append(group);
  }
  const read = (): Answer | undefined => {
    const choice = list.value === '' ? undefined : choices[Number(list.value)];
    return choice && { kind: 'brand', brand: question.name, group: facts.group, ...choice };
  };
  return { elements: [list], read };
}

function wordField(
  name: string,
  levels: readonly string[],
  given: string,
  speaker: PanelSpeaker,
): Field {
  const list = make('select');
  list.append(new Option('', ''));
  for (const level of levels)
    list.append(new Option(speaker.measure(level), level, false, level === given));
  const read = (): Answer | undefined =>
    list.value ? { kind: 'measurement', name, value: list.value } : undefined;
  return { elements: [list], read };
}

/** A number with its unit. An unusual one is asked about before it counts. */
function numberField(
  name: string,
  { answer, measurements }: QuestionForm,
  submit: () => void,
  notice: HTMLElement,
  speaker: PanelSpeaker,
): Field {
  const usual = measurements.find((one) => one.name === name)?.usual;
  const own = unitOfName(name);
  const input = make('input');
  input.inputMode = 'decimal';
  input.autocomplete = 'off';
  if (answer?.kind === 'measurement') input.value = speaker.number(Number(answer.value));
  const units = make('select', 'unit');
  units.setAttribute('aria-label', speaker.say('unit'));
  units.append(...(own ? unitsLike(own) : []).map((unit) => new Option(unit, unit)));
  /** Which of several values the shopper means. */
  let meant: number | undefined;
  input.addEventListener('input', () => {
    meant = undefined;
    input.removeAttribute('aria-invalid');
  });
  const read = (): Answer | undefined => {
    if (meant !== undefined) return { kind: 'measurement', name, value: meant };
    const verdict = judge(input.value, own && (units.value as Unit), own, usual);
    if (verdict.kind === 'take') return { kind: 'measurement', name, value: verdict.value };
    const readings = verdict.kind === 'ask' ? verdict.readings : [];
    notice.replaceChildren(
      speaker.say(readings.length > 0 ? 'check' : 'noNumber'),
      ...readings.map(({ written, value }) =>
        button('answer', written, () => {
          meant = value;
          submit();
        }),
      ),
    );
    input.setAttribute('aria-invalid', 'true');
    input.focus();
    return undefined;
  };
  return { elements: own ? [input, units] : [input], read };
}

/** A measurement's field: a list of words, or a number with its unit. */
function measureField(
  name: string,
  form: QuestionForm,
  submit: () => void,
  notice: HTMLElement,
  speaker: PanelSpeaker,
): Field {
  const levels = form.measurements.find((one) => one.name === name)?.levels;
  const given = form.answer?.kind === 'measurement' ? String(form.answer.value) : '';
  return levels
    ? wordField(name, levels, given, speaker)
    : numberField(name, form, submit, notice, speaker);
}

/** A field with its name before it. */
const labelled = (name: string, { elements: [first, ...others] }: Field): HTMLElement[] => [
  make('label', 'field', name, first ?? ''),
  ...others,
];

const writtenIn = ({ elements: [first] }: Field): string =>
  first instanceof HTMLInputElement || first instanceof HTMLSelectElement ? first.value : '';

/** Builds the form. */
export function questionForm(form: QuestionForm, speaker: PanelSpeaker): HTMLElement {
  const { question, second, answer, onAnswer, onSkip } = form;
  const notice = make('p', 'notice');
  notice.id = 'notice';
  notice.setAttribute('role', 'status');
  const submit = () => {
    // One of two answers is enough.
    const written = fields.filter((field) => writtenIn(field) !== '');
    const answers = written.map((field) => ({ field, answer: field.read() }));
    const missing = written[0] ? answers.find((one) => !one.answer)?.field : fields[0];
    if (written.length === 0) notice.replaceChildren(speaker.say('empty'));
    if (missing) missing.elements[0]?.focus();
    else onAnswer(answers.flatMap((one) => one.answer ?? []));
  };
  const names = [question.name, ...(second === undefined ? [] : [second])];
  const fields =
    question.kind === 'brand'
      ? [brandField(form)]
      : names.map((name) => measureField(name, form, submit, notice, speaker));
  const rows = fields.map((field, i) => {
    const name =
      question.kind === 'brand'
        ? speaker.say('askBrand', { brand: question.name })
        : speaker.measure(names[i] ?? '');
    return make('div', 'inputs', ...labelled(name, field));
  });
  for (const { elements } of fields) elements[0]?.setAttribute('aria-describedby', notice.id);
  for (const row of rows) {
    // What it says is about what was written before.
    row.addEventListener('input', () => notice.replaceChildren());
    row.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target instanceof HTMLSelectElement) return;
      event.preventDefault();
      submit();
    });
  }
  const skip = speaker.say(answer ? 'cancel' : 'skip');
  const actions = [button('answer', speaker.say('answer'), submit), button('forget', skip, onSkip)];
  const asked = second === undefined ? 'askOne' : 'askTwo';
  const heading = make('h3', 'heading', speaker.say(answer ? 'change' : asked));
  const group = make('div', 'form', ...rows, ...actions, notice);
  group.setAttribute('role', 'group');
  return make('div', 'asking', heading, group);
}
