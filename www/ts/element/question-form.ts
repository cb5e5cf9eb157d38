// The one question to the shopper. It is no HTML form, as a page in a sandboxed frame may not
// submit any.
import { shortName } from '../model/size-names.js';
import type { PanelSpeaker } from '../texts/panel-speaker.js';
import type { ArticleFacts, Measurement, Question, Scale } from '../types.js';
import type { Answer } from './answers.js';
import { button, make } from './dom.js';
import { judge, type Unit, unitOfName, unitsLike } from './units.js';

/** Questions that promise less information, in nats, are not asked. */
export const MIN_NATS = 0.03;

/** What the form shows, and what it calls. */
export interface QuestionForm {
  question: Pick<Question, 'kind' | 'name'>;
  /** The present answer, to be changed. */
  answer: Answer | undefined;
  facts: ArticleFacts;
  /** The size scales of the article's fit group. */
  scales: readonly Scale[];
  /** The size system that the shopper knows; null if the page does not state it. */
  ownSystem: string | null;
  measurements: readonly Measurement[];
  onAnswer: (answer: Answer) => void;
  /** Called for "I don't know", or if the answer stays as it is. */
  onSkip: () => void;
}

/** A field, and how its answer is read: undefined where there is none yet. */
interface Field {
  elements: HTMLElement[];
  read: () => Answer | undefined;
}

/**
 * The size systems in which a brand's sizes can be stated: the article's own if the brand is, the
 * shopper's, then all others.
 */
export function systemsOf(
  brand: string,
  facts: ArticleFacts,
  scales: readonly Scale[],
  ownSystem: string | undefined,
): { system: string; sizes: string[] }[] {
  const positions = new Map<string, Map<string, number>>();
  const isBrand = brand === facts.brand;
  const own = { system: facts.system, labels: facts.sizes };
  for (const { system, labels } of isBrand ? [own, ...scales] : scales) {
    const known = positions.get(system) ?? new Map<string, number>();
    for (const { size, position } of labels) if (!known.has(size)) known.set(size, position);
    positions.set(system, known);
  }
  const rank = (system: string) =>
    isBrand && system === facts.system ? 0 : system === ownSystem ? 1 : 2;
  return [...positions]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([system, labels]) => ({
      system,
      sizes: [...labels].sort(([, a], [, b]) => a - b).map(([size]) => size),
    }));
}

function brandField({ question, answer, facts, scales, ownSystem }: QuestionForm): Field {
  const list = make('select');
  const given = answer?.kind === 'brand' ? answer : undefined;
  const systems = systemsOf(question.name, facts, scales, ownSystem ?? undefined);
  const choices = systems.flatMap(({ system, sizes }) => sizes.map((size) => ({ system, size })));
  list.append(new Option('', ''));
  for (const { system, sizes } of systems) {
    const group = make('optgroup');
    group.label = shortName(system) || facts.brand;
    group.append(
      ...sizes.map((size) => {
        const isGiven = given?.size === size && given.system === system;
        const index = choices.findIndex((one) => one.size === size && one.system === system);
        return new Option(size, String(index), isGiven, isGiven);
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

function wordField({ name }: { name: string }, levels: readonly string[], given: string): Field {
  const list = make('select');
  for (const level of ['', ...levels])
    list.append(new Option(level, level, false, level === given));
  const read = (): Answer | undefined =>
    list.value ? { kind: 'measurement', name, value: list.value } : undefined;
  return { elements: [list], read };
}

/** A number with its unit. An unusual one is asked about before it counts. */
function numberField(
  { question: { name }, answer, measurements, onAnswer }: QuestionForm,
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
  const give = (value: number) => onAnswer({ kind: 'measurement', name, value });
  const read = (): Answer | undefined => {
    const verdict = judge(input.value, own && (units.value as Unit), own, usual);
    if (verdict.kind === 'take') return { kind: 'measurement', name, value: verdict.value };
    const readings = verdict.kind === 'ask' ? verdict.readings : [];
    notice.replaceChildren(
      speaker.say(readings.length > 0 ? 'check' : 'noNumber'),
      ...readings.map(({ written, value }) => button('answer', written, () => give(value))),
    );
    input.setAttribute('aria-invalid', 'true');
    input.focus();
    return undefined;
  };
  return { elements: own ? [input, units] : [input], read };
}

/** Builds the form. */
export function questionForm(form: QuestionForm, speaker: PanelSpeaker): HTMLElement {
  const { question, answer, measurements, onAnswer, onSkip } = form;
  const notice = make('p', 'notice');
  notice.setAttribute('role', 'alert');
  const levels = measurements.find(({ name }) => name === question.name)?.levels;
  const given = answer?.kind === 'measurement' ? String(answer.value) : '';
  const isBrand = question.kind === 'brand';
  const field = isBrand
    ? brandField(form)
    : levels
      ? wordField(question, levels, given)
      : numberField(form, notice, speaker);
  const prompt = isBrand
    ? speaker.say('askBrand', { brand: question.name })
    : speaker.measure(question.name);
  const [first, ...others] = field.elements;
  const label = make('label', 'field', prompt, first ?? '');
  const submit = () => {
    const given = field.read();
    if (given) onAnswer(given);
    else first?.focus();
  };
  const inputs = make('div', 'inputs', label, ...others);
  inputs.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    submit();
  });
  const skip = speaker.say(answer ? 'cancel' : 'skip');
  const actions = [button('answer', speaker.say('answer'), submit), button('forget', skip, onSkip)];
  const heading = make('h3', 'heading', speaker.say(answer ? 'change' : 'askOne'));
  const group = make('div', 'form', inputs, ...actions, notice);
  group.setAttribute('role', 'group');
  return make('div', 'asking', heading, group);
}
