/**
 * `<inseam-advice model="/fit/shop.inseam" article="SKU-123"></inseam-advice>`: one quiet line of size advice, with the
 * chances of every size behind a button. Importing this module registers the element.
 *
 * | attribute  | what |
 * | ---------- | ---- |
 * | `model`    | URL of the model's file |
 * | `article`  | the shop's article id |
 * | `in-stock` | size labels that can be had, separated by `|`; all of them if absent |
 * | `storage`  | key in local storage of the shopper's details as JSON; `inseam.shopper` if absent |
 * | `open`     | shows the chances from the start |
 *
 * The property `shopper` hands over the details directly and goes before the storage. The element listens for
 * `inseam-shopper` on `window` (see {@link storeShopper}) and, from other tabs, for `storage`. After each advice it dispatches
 * `inseam-advice`, which bubbles, with `{ advice, shopper, model, facts }`; where there is no model, with `{ error }`.
 *
 * @module
 */
import type { Inseam, Shopper } from './index.js';
import { SHOPPER_EVENT, STORAGE_KEY, sharedModel, storedShopper } from './shared.js';
import { style } from './style.js';
import type { Advice, ArticleFacts, ShopperDetails, SizeOutcome } from './types.js';
import { because, chancesAloud, headline, percent } from './words.js';

export { SHOPPER_EVENT, STORAGE_KEY, sharedModel, storedShopper, storeShopper } from './shared.js';

/** What the event `inseam-advice` carries. */
export interface AdviceDetail {
  advice?: Advice;
  shopper?: Shopper;
  model?: Inseam;
  facts?: ArticleFacts | undefined;
  /** Why there is no advice. */
  error?: unknown;
}

const ICON =
  '<svg viewBox="0 0 30 18" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><rect x="1" y="2" width="28" height="14" rx="3"/><path d="M7 2v5M12 2v8M17 2v5M22 2v8" stroke-linecap="round"/></svg>';

/** Makes an element with text; text is never read as markup. */
function make(tag: string, className = '', text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

// Where there is no DOM (a server that renders pages) the import must still succeed.
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** The custom element; see the module. */
export class InseamAdvice extends Base {
  static readonly observedAttributes = ['model', 'article', 'in-stock', 'storage'];

  #line!: HTMLElement;
  #details!: HTMLElement;
  #toggle!: HTMLButtonElement;
  readonly #fallback = globalThis.document?.createElement('slot');
  #given: ShopperDetails | undefined;
  #turn = 0;
  #queued = false;

  /** The shopper's details, if not to be read from the storage. Set it anew when they change. */
  get shopper(): ShopperDetails | undefined {
    return this.#given;
  }

  set shopper(details: ShopperDetails | undefined) {
    this.#given = details;
    this.refresh();
  }

  connectedCallback(): void {
    if (!this.shadowRoot) this.#build();
    window.addEventListener(SHOPPER_EVENT, this.#onShopper);
    window.addEventListener('storage', this.#onStorage);
    this.refresh();
  }

  disconnectedCallback(): void {
    window.removeEventListener(SHOPPER_EVENT, this.#onShopper);
    window.removeEventListener('storage', this.#onStorage);
  }

  attributeChangedCallback(): void {
    this.refresh();
  }

  /** Asks for the advice again. Changes made in one go cost one answer. */
  refresh(): void {
    if (this.#queued || !this.isConnected) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      void this.#advise();
    });
  }

  readonly #onShopper = (): void => this.refresh();

  readonly #onStorage = (event: StorageEvent): void => {
    if (event.key === null || event.key === this.#key) this.refresh();
  };

  get #key(): string {
    return this.getAttribute('storage') || STORAGE_KEY;
  }

  #build(): void {
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet()];
    this.#line = make('p', 'line');
    this.#line.setAttribute('part', 'line');
    this.#line.setAttribute('role', 'status');
    this.#toggle = make('button') as HTMLButtonElement;
    this.#toggle.type = 'button';
    this.#toggle.setAttribute('part', 'toggle');
    this.#toggle.setAttribute('aria-controls', 'details');
    this.#toggle.addEventListener('click', () => this.#show(this.#toggle.getAttribute('aria-expanded') !== 'true'));
    this.#details = make('div', 'details');
    this.#details.id = 'details';
    this.#details.setAttribute('part', 'details');
    root.append(this.#line, this.#toggle, this.#details, this.#fallback);
    this.#fallback.hidden = true;
    this.#toggle.hidden = true;
    this.#show(this.hasAttribute('open'));
  }

  #show(open: boolean): void {
    this.#details.hidden = !open;
    this.#toggle.setAttribute('aria-expanded', String(open));
    this.#toggle.textContent = open ? 'Hide the other sizes' : 'All sizes, and why';
  }

  async #advise(): Promise<void> {
    const turn = ++this.#turn;
    const [url, article] = [this.getAttribute('model'), this.getAttribute('article')];
    if (!url || !article) return;
    const detail: AdviceDetail = {};
    try {
      detail.model = await sharedModel(url);
      detail.facts = detail.model.article(article);
      detail.shopper = detail.model.shopper(this.#given ?? storedShopper(this.#key));
      const stock = this.getAttribute('in-stock');
      detail.advice = await detail.shopper.advise(article, stock === null ? {} : { inStock: stock.split('|') });
    } catch (error) {
      detail.error = error;
    }
    // A later question may have been answered first.
    if (turn !== this.#turn || !this.isConnected) return;
    if (detail.advice) this.#render(detail.advice, detail.facts);
    else this.#renderNothing();
    this.dispatchEvent(new CustomEvent<AdviceDetail>('inseam-advice', { detail, bubbles: true, composed: true }));
  }

  #renderNothing(): void {
    this.#line.replaceChildren(make('span', 'quiet', 'No size advice right now.'));
    this.#toggle.hidden = true;
    this.#fallback.hidden = false;
    this.#details.replaceChildren();
  }

  #render(advice: Advice, facts: ArticleFacts | undefined): void {
    const { lead, size, rest } = headline(advice);
    const icon = document.createElement('template');
    icon.innerHTML = ICON;
    const parts: Node[] = [icon.content, make('span', '', lead)];
    if (size !== undefined) {
      const chip = make('span', 'size', size);
      chip.setAttribute('part', 'size');
      parts.push(chip);
    }
    if (rest) parts.push(make('span', 'rest', rest));
    this.#line.replaceChildren(...parts);
    this.#toggle.hidden = advice.outcomes.length === 0;
    this.#fallback.hidden = true;
    const reasons = make('div', 'reasons');
    reasons.append(...advice.reasons.map((reason) => make('p', '', because(reason, facts))));
    if (advice.outcomes.length === 0) {
      this.#details.replaceChildren(reasons);
      return;
    }
    const list = make('ol');
    list.append(...advice.outcomes.map((outcome) => row(outcome, outcome.size === advice.size)));
    this.#details.replaceChildren(list, key(), reasons);
  }
}

let shared: CSSStyleSheet | undefined;

/** One sheet for all elements; made by script, so that a page's policy against inline styles does not stop it. */
function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(style);
  }
  return shared;
}

/** One size: its label, its bar, its chance to fit. */
function row(outcome: SizeOutcome, advised: boolean): HTMLElement {
  const item = make('li');
  if (advised) item.setAttribute('aria-current', 'true');
  const bar = make('span', 'bar');
  bar.setAttribute('aria-hidden', 'true');
  for (const [name, chance] of [
    ['small', outcome.tooSmall],
    ['fits', outcome.fits],
    ['large', outcome.tooLarge],
  ] as const) {
    const part = make('i', name);
    part.style.flex = `${chance} 0 0`;
    bar.append(part);
  }
  const label = make('span', '', outcome.size);
  const share = make('span', 'share', percent(outcome.fits));
  share.setAttribute('aria-hidden', 'true');
  label.setAttribute('aria-hidden', 'true');
  item.append(label, bar, share, make('span', 'unseen', chancesAloud(outcome)));
  return item;
}

function key(): HTMLElement {
  const line = make('p', 'key');
  line.setAttribute('aria-hidden', 'true');
  for (const [name, text] of [
    ['small', 'too small'],
    ['fits', 'fits'],
    ['large', 'too large'],
  ] as const) {
    const part = make('span', '', text);
    part.prepend(make('i', name));
    line.append(part);
  }
  return line;
}

if (globalThis.customElements && !customElements.get('inseam-advice')) {
  customElements.define('inseam-advice', InseamAdvice);
}

declare global {
  interface HTMLElementTagNameMap {
    'inseam-advice': InseamAdvice;
  }
  interface HTMLElementEventMap {
    'inseam-advice': CustomEvent<AdviceDetail>;
  }
}
