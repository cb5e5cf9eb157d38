// The chances of every size: bars for those who see them, and a sentence for each size for those
// who use a screen reader. Chances that the shop's purchases do not support, as the size is far
// from the advised one, are hatched, without a figure.
import type { PanelSpeaker } from '../texts/panel-speaker.js';
import type { Advice, AdviseOptions, SizeOutcome } from '../types.js';
import { make } from './dom.js';

/** The bar of each outcome: its class, and its name in the outcomes and in the texts. */
const BARS = [
  ['small', 'tooSmall'],
  ['fits', 'fits'],
  ['large', 'tooLarge'],
] as const;

function row(
  outcome: SizeOutcome,
  advised: boolean,
  missing: 'gone' | 'notHere' | undefined,
  speaker: PanelSpeaker,
): HTMLElement {
  const item = make('li', advised ? 'row best' : missing ? 'row gone' : 'row');
  const known = outcome.supported;
  const bar = make('span', known ? 'bar' : 'bar guess');
  for (const [part, chance] of known ? BARS : []) {
    const piece = make('i', part);
    piece.style.flexGrow = String(outcome[chance]);
    bar.append(piece);
  }
  const visible = [
    make('span', 'label', outcome.size),
    bar,
    make('span', 'share', known ? speaker.percent(outcome.fits) : ''),
  ];
  for (const element of visible) element.setAttribute('aria-hidden', 'true');
  const sentence = speaker.say(known ? 'row' : 'rowUnknown', {
    size: outcome.size,
    small: speaker.percent(outcome.tooSmall),
    fit: speaker.percent(outcome.fits),
    large: speaker.percent(outcome.tooLarge),
  });
  const remarks = [advised ? speaker.say('ours') : '', missing ? speaker.say(missing) : ''].filter(
    Boolean,
  );
  item.append(...visible, make('span', 'unseen', [sentence, ...remarks].join('; ')));
  return item;
}

/** An entry of the key: what it stands for, and a sample of it. */
const keyEntry = (sample: Node, text: string): HTMLElement => make('span', '', sample, text);

/**
 * Builds the chart with its heading and its key.
 *
 * @param advice with the chances; of a shopper about whom nothing is known, they are those of
 *   everybody
 * @param takes the sizes that the advice names
 * @param options which sizes are in stock, and which the page offers at all
 */
export function chart(
  { outcomes, reasons, missed }: Advice,
  takes: readonly string[],
  { inStock, offered }: AdviseOptions,
  speaker: PanelSpeaker,
): HTMLElement {
  const list = make('ol', 'chart');
  // Some browsers do not announce a list without list markers as a list.
  list.setAttribute('role', 'list');
  const shown = outcomes.filter(({ size }) => !offered || offered.includes(size));
  const isMissing = ({ size }: SizeOutcome) => inStock !== undefined && !inStock.includes(size);
  const missing = offered ? 'gone' : 'notHere';
  for (const outcome of shown) {
    const why = isMissing(outcome) ? missing : undefined;
    list.append(row(outcome, takes.includes(outcome.size), why, speaker));
  }
  const hatched = shown.every(({ supported }) => supported)
    ? []
    : [['guess', 'uncertain'] as const];
  const key = make(
    'p',
    'key',
    ...[...BARS, ...hatched].map(([part, name]) => keyEntry(make('i', part), speaker.say(name))),
  );
  const gone = shown.filter(isMissing);
  const sample = gone.find(({ size }) => size === missed?.size) ?? gone[0];
  if (sample) key.append(keyEntry(make('s', '', sample.size), speaker.say(missing)));
  const isStranger = reasons.some(({ kind }) => kind === 'noHistory');
  const heading = make('h3', 'heading', speaker.say(isStranger ? 'chartOfAll' : 'chart'));
  // Each row says to screen readers what its figure is.
  const column = make('span', 'column', speaker.say('fits'));
  for (const visible of [column, key]) visible.setAttribute('aria-hidden', 'true');
  return make('div', 'chances', make('div', 'over', heading, column), list, key);
}
