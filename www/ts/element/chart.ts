// The chances of every size: a list with one sentence a size for those who listen, bars for those
// who look.
import type { Speaker } from '../texts/texts.js';
import type { SizeOutcome } from '../types.js';
import { make, unseen } from './make.js';

const KINDS = [
  ['small', 'tooSmall'],
  ['fits', 'fits'],
  ['large', 'tooLarge'],
] as const;

function row(outcome: SizeOutcome, advised: boolean, gone: boolean, speaker: Speaker): HTMLElement {
  const item = make('li', advised ? 'row best' : gone ? 'row gone' : 'row');
  const bar = make('span', 'bar');
  for (const [kind, chance] of KINDS) {
    const piece = make('i', kind);
    piece.style.flexGrow = String(outcome[chance]);
    bar.append(piece);
  }
  const shown = [
    make('span', 'label', outcome.size),
    bar,
    make('span', 'share', speaker.percent(outcome.fits)),
  ];
  for (const element of shown) element.setAttribute('aria-hidden', 'true');
  const said = speaker.say('row', {
    size: outcome.size,
    small: speaker.percent(outcome.tooSmall),
    fit: speaker.percent(outcome.fits),
    large: speaker.percent(outcome.tooLarge),
  });
  const remarks = [advised ? speaker.say('ours') : '', gone ? speaker.say('gone') : ''].filter(
    Boolean,
  );
  item.append(...shown, unseen([said, ...remarks].join('; ')));
  return item;
}

/** The chart with its heading and its key. */
export function chart(
  outcomes: readonly SizeOutcome[],
  advised: readonly string[],
  inStock: ((size: string) => boolean) | undefined,
  speaker: Speaker,
): HTMLElement {
  const list = make('ol', 'chart');
  // Without its marks some browsers no longer call a list a list.
  list.setAttribute('role', 'list');
  for (const outcome of outcomes) {
    const { size } = outcome;
    list.append(row(outcome, advised.includes(size), inStock ? !inStock(size) : false, speaker));
  }
  const key = make('p', 'key');
  key.setAttribute('aria-hidden', 'true');
  for (const [kind, name] of KINDS)
    key.append(make('span', '', make('i', kind), speaker.say(name)));
  return make('div', 'chances', make('h3', 'heading', speaker.say('chart')), list, key);
}
