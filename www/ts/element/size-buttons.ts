// Follows the shop's own size buttons, wherever the page puts them, and chooses a size there.
import { type Choice, readChoices, type SizeChoice } from './size-choices.js';

/** Attributes by which pages show that a size is sold out or chosen. */
const ATTRIBUTES = [
  'aria-checked',
  'aria-disabled',
  'aria-pressed',
  'aria-selected',
  'class',
  'data-available',
  'data-size',
  'disabled',
  'value',
];

/** What stock and choice depend on. */
const stateOf = (choices: readonly Choice[]): string =>
  JSON.stringify(choices.map(({ texts, soldOut, chosen }) => [texts, soldOut, chosen]));

/**
 * The size buttons in the element with an id. The page may replace that element, or add it later.
 */
export class SizeButtons {
  readonly #page: Document | ShadowRoot;
  readonly #id: string;
  readonly #onChange: () => void;
  readonly #replaced = new MutationObserver(() => this.#follow());
  readonly #changed = new MutationObserver(() => this.#check());
  readonly #check = (): void => {
    const state = stateOf(this.choices);
    if (state === this.#state) return;
    this.#state = state;
    this.#onChange();
  };
  #root: HTMLElement | undefined;
  #state = '';

  /** @param onChange is called when stock or choice change, until {@link stop} */
  constructor(page: Document | ShadowRoot, id: string, onChange: () => void) {
    this.#page = page;
    this.#id = id;
    this.#onChange = onChange;
    this.#replaced.observe(page, { subtree: true, childList: true, attributeFilter: ['id'] });
    this.#attach(page.getElementById(id));
    this.settle();
  }

  /** The choices as they are now. */
  get choices(): Choice[] {
    return this.#root ? readChoices(this.#root) : [];
  }

  /** Takes the present state as known: the page has changed it in reply to an event of ours. */
  settle(): void {
    this.#state = stateOf(this.choices);
  }

  stop(): void {
    this.#replaced.disconnect();
    this.#attach(null);
  }

  #follow(): void {
    const element = this.#page.getElementById(this.#id);
    if (element === (this.#root ?? null)) return;
    this.#attach(element);
    this.#check();
  }

  #attach(element: HTMLElement | null): void {
    this.#changed.disconnect();
    this.#root?.removeEventListener('change', this.#check);
    this.#root = element ?? undefined;
    if (!element) return;
    this.#changed.observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ATTRIBUTES,
    });
    element.addEventListener('change', this.#check);
  }
}

/** How many words two choices have in common: those of one colour have more. */
function likeness(a: Choice, b: Choice | undefined): number {
  const words = (choice: Choice | undefined) => choice?.texts.join(' ').split(/[\s|/]+/) ?? [];
  const others = new Set(words(b));
  return words(a).filter((word) => others.has(word)).length;
}

/**
 * Chooses a size, with the events that a click by the shopper would cause. Where several choices
 * have the size, such as one for each colour, it takes the one most like the present choice.
 */
export function choose(choices: readonly SizeChoice[], size: string): void {
  const present = choices.find(({ chosen }) => chosen);
  const [choice] = choices
    .filter((one) => one.size === size && !one.soldOut)
    .sort((a, b) => likeness(b, present) - likeness(a, present));
  if (!choice || choice.chosen) return;
  const { element } = choice;
  if (element instanceof HTMLOptionElement) {
    element.selected = true;
    for (const type of ['input', 'change'])
      element.closest('select')?.dispatchEvent(new Event(type, { bubbles: true }));
  } else element.click();
}
