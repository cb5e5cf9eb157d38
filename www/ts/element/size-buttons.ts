// The shop's own size buttons: reads which sizes are in stock and which is chosen, and chooses one.

/** A radio button, an option of a list, or a button for one size. */
type SizeButton = HTMLInputElement | HTMLOptionElement | HTMLElement;

const sizeOf = (choice: SizeButton): string =>
  choice.dataset['size'] ??
  ('value' in choice && choice.value ? choice.value : (choice.textContent ?? '').trim());

const isSoldOut = (choice: SizeButton): boolean =>
  ('disabled' in choice && choice.disabled) || choice.getAttribute('aria-disabled') === 'true';

const isChosen = (choice: SizeButton): boolean => {
  if (choice instanceof HTMLInputElement) return choice.checked;
  if (choice instanceof HTMLOptionElement) return choice.selected;
  return ['aria-checked', 'aria-pressed', 'aria-selected'].some(
    (name) => choice.getAttribute(name) === 'true',
  );
};

/** The size buttons in an element of the page. */
export class SizeButtons {
  readonly #root: HTMLElement;
  readonly #observer: MutationObserver;
  readonly #onChange: () => void;

  /** @param onChange is called when stock or choice change, until {@link stop} */
  constructor(root: HTMLElement, onChange: () => void) {
    this.#root = root;
    this.#onChange = onChange;
    this.#observer = new MutationObserver(onChange);
    const attributeFilter = [
      'disabled',
      'aria-disabled',
      'aria-checked',
      'aria-pressed',
      'aria-selected',
    ];
    this.#observer.observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter,
    });
    root.addEventListener('change', onChange);
  }

  stop(): void {
    this.#observer.disconnect();
    this.#root.removeEventListener('change', this.#onChange);
  }

  get #buttons(): SizeButton[] {
    const found = this.#root.querySelectorAll<SizeButton>(
      'input[type=radio], option, button, [data-size]',
    );
    return [...found].filter((choice) => sizeOf(choice) !== '');
  }

  /** The labels of the sizes in stock. */
  get inStock(): string[] {
    return this.#buttons.filter((choice) => !isSoldOut(choice)).map(sizeOf);
  }

  /** The label of the chosen size; undefined while none is. */
  get chosen(): string | undefined {
    const choice = this.#buttons.find(isChosen);
    return choice && sizeOf(choice);
  }

  /** Chooses a size, with the events that a click by the shopper would cause. */
  choose(size: string): void {
    const choice = this.#buttons.find((one) => sizeOf(one) === size && !isSoldOut(one));
    if (choice instanceof HTMLOptionElement) {
      const list = choice.closest('select');
      choice.selected = true;
      for (const type of ['input', 'change'])
        list?.dispatchEvent(new Event(type, { bubbles: true }));
    } else if (choice && !isChosen(choice)) {
      choice.click();
    }
  }
}
