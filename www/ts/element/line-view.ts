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

/** The placeholders of sizes that a line tells the shopper to take. */
const SIZES: ReadonlySet<string | undefined> = new Set(['size', 'other', 'usual', 'fitter']);

/** The sentences as elements, with the first mention of each size to take set apart. */
function sentenceNodes({ line, inOwnSystem }: LineContent, speaker: Speaker): (Node | string)[] {
  const { sentences, takes } = line;
  const mentioned = new Set<string>();
  return sentences.flatMap(([name, values], i) => {
    const sentence = make('span', i > 0 ? 'rest' : '');
    for (const { placeholder, text } of speaker.pieces(name, values)) {
      const isSize = SIZES.has(placeholder) && takes.includes(text) && !mentioned.has(text);
      if (isSize) mentioned.add(text);
      const own = isSize ? inOwnSystem?.(text) : undefined;
      sentence.append(isSize ? make('b', 'size', text) : text, own ? ` (${own})` : '');
    }
    return i > 0 ? [' ', sentence] : [sentence];
  });
}

/** A button for each size to take; a note for the one that is chosen. */
function sizeActions({ line, chosen, onAccept }: LineContent, speaker: Speaker): HTMLElement[] {
  return line.takes.map((size) =>
    size === chosen
      ? make('span', 'chosen', speaker.say('chosen', { size }))
      : button('accept', speaker.say('choose', { size }), () => onAccept([size])),
  );
}

/** One step after the other, as the page's size buttons can only choose one size at a time. */
function orderActions({ line, taken, onAccept }: LineContent, speaker: Speaker): HTMLElement[] {
  const done = line.takes.filter((size) => taken.has(size));
  const [next, other] = line.takes.filter((size) => !taken.has(size));
  const notes = done.map((size) => make('span', 'chosen', speaker.say('chosen', { size })));
  if (next === undefined) return notes;
  const text =
    other === undefined
      ? speaker.say('thenOther', { other: next })
      : speaker.say('chooseBoth', { size: next, other });
  const sizes = other === undefined ? [next] : [next, other];
  return [...notes, button('accept', text, () => onAccept(sizes))];
}

/** Shows the line and its buttons. */
export function showLine(parts: Parts, content: LineContent, speaker: Speaker): void {
  const { words, actions, toggle, profiles } = parts;
  words.replaceChildren(...sentenceNodes(content, speaker));
  const build = content.line.state === 'both' ? orderActions : sizeActions;
  const elements = content.hasButtons ? build(content, speaker) : [];
  // The toggle is never taken out, as it would lose the focus.
  for (const old of [...actions.children]) if (old !== toggle && old !== profiles) old.remove();
  toggle.before(...elements);
}

/** Clears the line and hides the details, and keeps their space. */
export function clearLine({ summary, words, actions, toggle, profiles, details }: Parts): void {
  summary.style.minHeight = `${summary.getBoundingClientRect().height}px`;
  details.classList.add('busy');
  words.replaceChildren();
  toggle.hidden = true;
  for (const old of [...actions.children]) if (old !== toggle && old !== profiles) old.remove();
}

/** Ends what {@link clearLine} began. */
export function releaseSpace({ summary, details }: Parts): void {
  summary.style.minHeight = '';
  details.classList.remove('busy');
}
