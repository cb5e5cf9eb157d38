// The chances of every size: bars for those who see them, and a sentence for each size for those
// who use a screen reader. Chances that the shop's purchases do not support, as the size is far
// from the advised one, are hatched, without a figure.
import type { PanelSpeaker } from '../texts/panel-speaker.js';
import type { AdviseOptions, SizeOutcome } from '../types.js';
import { make, visuallyHidden } from './dom.js';

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
  item.append(...visible, visuallyHidden([sentence, ...remarks].join('; ')));
  return item;
}

/**
 * Builds the chart with its heading and its key.
 *
 * @param advised the sizes that the advice names
 * @param options which sizes are in stock, and which the page offers at all
 */
export function chart(
  outcomes: readonly SizeOutcome[],
  advised: readonly string[],
  { inStock, offered }: AdviseOptions,
  speaker: PanelSpeaker,
): HTMLElement {
  const list = make('ol', 'chart');
  // Some browsers do not announce a list without list markers as a list.
  list.setAttribute('role', 'list');
  const shown = outcomes.filter(({ size }) => !offered || offered.includes(size));
  for (const outcome of shown) {
    const isMissing = inStock && !inStock.includes(outcome.size);
    const missing = isMissing ? (offered ? 'gone' : 'notHere') : undefined;
    list.append(row(outcome, advised.includes(outcome.size), missing, speaker));
  }
  const key = make('p', 'key');
  key.setAttribute('aria-hidden', 'true');
  const hatched = shown.every(({ supported }) => supported)
    ? []
    : [['guess', 'uncertain'] as const];
  for (const [part, name] of [...BARS, ...hatched])
    key.append(make('span', '', make('i', part), speaker.say(name)));
  return make('div', 'chances', make('h3', 'heading', speaker.say('chart')), list, key);
}
