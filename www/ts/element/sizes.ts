// The shop's own size buttons: which can be had, which is chosen, and choosing one.

/** A way to choose one size. */
type Choice = HTMLInputElement | HTMLOptionElement | HTMLElement;

const sizeOf = (choice: Choice): string =>
  choice.dataset['size'] ??
  ('value' in choice && choice.value ? choice.value : (choice.textContent ?? '').trim());

const gone = (choice: Choice): boolean =>
  ('disabled' in choice && choice.disabled) || choice.getAttribute('aria-disabled') === 'true';

const taken = (choice: Choice): boolean => {
  if (choice instanceof HTMLInputElement) return choice.checked;
  if (choice instanceof HTMLOptionElement) return choice.selected;
  return ['aria-checked', 'aria-pressed', 'aria-selected'].some(
    (name) => choice.getAttribute(name) === 'true',
  );
};

/** Radio buttons, the options of a list, or buttons, in an element of the page. */
export class Sizes {
  readonly #root: HTMLElement;
  readonly #watch: MutationObserver;
  readonly #changed: () => void;

  /** Calls back when stock or choice change, until {@link stop}. */
  constructor(root: HTMLElement, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
    this.#watch = new MutationObserver(changed);
    const attributeFilter = [
      'disabled',
      'aria-disabled',
      'aria-checked',
      'aria-pressed',
      'aria-selected',
    ];
    this.#watch.observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter,
    });
    root.addEventListener('change', changed);
  }

  stop(): void {
    this.#watch.disconnect();
    this.#root.removeEventListener('change', this.#changed);
  }

  get #choices(): Choice[] {
    const found = this.#root.querySelectorAll<Choice>(
      'input[type=radio], option, button, [data-size]',
    );
    return [...found].filter((choice) => sizeOf(choice) !== '');
  }

  /** The labels that can be had. */
  get inStock(): string[] {
    return this.#choices.filter((choice) => !gone(choice)).map(sizeOf);
  }

  /** The label that is chosen; undefined while none is. */
  get chosen(): string | undefined {
    const choice = this.#choices.find(taken);
    return choice && sizeOf(choice);
  }

  /** Chooses a size as a shopper would. */
  choose(size: string): void {
    const choice = this.#choices.find((one) => sizeOf(one) === size && !gone(one));
    if (choice instanceof HTMLOptionElement) {
      const list = choice.closest('select');
      choice.selected = true;
      for (const type of ['input', 'change'])
        list?.dispatchEvent(new Event(type, { bubbles: true }));
    } else if (choice && !taken(choice)) {
      choice.click();
    }
  }
}
