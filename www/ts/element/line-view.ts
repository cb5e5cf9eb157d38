// Shows the line of advice, and the buttons that take a size.
import type { Speaker } from '../texts/texts.js';
import { button, make } from './dom.js';
import type { AdviceLine } from './sentences.js';
import type { Parts } from './shadow-root.js';

/** What the line shows. */
export interface LineContent {
  line: AdviceLine;
  /** The size chosen on the page; undefined while none is. */
  chosen: string | undefined;
  /** Whether the page has size buttons. */
  hasButtons: boolean;
  /** The sizes of an order of two that the shopper has taken so far. */
  taken: ReadonlySet<string>;
  /** A size in the shopper's own size system; undefined if it is the same, or none is known. */
  inOwnSystem?: ((size: string) => string | undefined) | undefined;
  /** Called with the sizes to take: several where the shopper orders two together. */
  onAccept: (sizes: readonly string[]) => void;
}

/** The placeholders of sizes to take, and of the one that is sold out. */
const SIZES: ReadonlySet<string | undefined> = new Set(['size', 'other', 'usual', 'fitter']);

/** The sentences as elements, with the first mention of each size set apart. */
function sentenceNodes({ line, inOwnSystem }: LineContent, speaker: Speaker): (Node | string)[] {
  const { sentences, takes } = line;
  const mentioned = new Set<string>();
  return sentences.flatMap(([name, values], i) => {
    const sentence = make('span', i > 0 ? 'rest' : '');
    for (const { placeholder, text } of speaker.pieces(name, values)) {
      const isSize = SIZES.has(placeholder) && !mentioned.has(text);
      if (isSize) mentioned.add(text);
      const own = isSize ? inOwnSystem?.(text) : undefined;
      // A size that is sold out stands out too, but not as one to take.
      const part = takes.includes(text) ? 'size' : 'missed';
      sentence.append(isSize ? make('b', part, text) : text, own ? ` (${own})` : '');
    }
    return i > 0 ? [' ', sentence] : [sentence];
  });
}

/** That a size is chosen. */
const chosenNote = (size: string, speaker: Speaker): HTMLElement =>
  make('span', 'chosen', speaker.say('chosen', { size }));

/** A button for each size to take; a note for the one that is chosen. */
function sizeActions({ line, chosen, onAccept }: LineContent, speaker: Speaker): HTMLElement[] {
  return line.takes.map((size) =>
    size === chosen
      ? chosenNote(size, speaker)
      : button('accept', speaker.say('choose', { size }), () => onAccept([size])),
  );
}

/** One step after the other, as the page's size buttons can only choose one size at a time. */
function orderActions({ line, taken, onAccept }: LineContent, speaker: Speaker): HTMLElement[] {
  const done = line.takes.filter((size) => taken.has(size));
  const open = line.takes.filter((size) => !taken.has(size));
  const notes = done.map((size) => chosenNote(size, speaker));
  const [size, other] = open;
  if (size === undefined) return notes;
  const text =
    other === undefined
      ? speaker.say('thenOther', { other: size })
      : speaker.say('chooseBoth', { size, other });
  return [...notes, button('accept', text, () => onAccept(open))];
}

/** The toggle stays, as it would lose the focus; so do the page's own content and the profiles. */
function clearActions({ actions }: Parts): void {
  for (const old of actions.querySelectorAll('.accept, .chosen')) old.remove();
}

/** Shows the line and its buttons. */
export function showLine(parts: Parts, content: LineContent, speaker: Speaker): void {
  const { words, toggle } = parts;
  words.replaceChildren(...sentenceNodes(content, speaker));
  const build = content.line.state === 'both' ? orderActions : sizeActions;
  const elements = content.hasButtons ? build(content, speaker) : [];
  clearActions(parts);
  toggle.before(...elements);
}

/** Clears the line and hides the details, and keeps their space. */
export function clearLine(parts: Parts): void {
  const { summary, words, toggle, details } = parts;
  summary.style.minHeight = `${summary.getBoundingClientRect().height}px`;
  details.classList.add('busy');
  words.replaceChildren();
  toggle.hidden = true;
  clearActions(parts);
}

/** Ends what {@link clearLine} began. */
export function releaseSpace({ summary, details }: Parts): void {
  summary.style.minHeight = '';
  details.classList.remove('busy');
}
