/**
 * `<inseam-advice model="/fit/shop.inseam" article="SKU-123">Size chart</inseam-advice>` shows size
 * advice in one line, and, behind a button, the chances of every size, the reasons and one
 * question. Importing this module registers the element. The tag's own content is shown if there is
 * no script, no WebAssembly or no model, and otherwise at the end of the details.
 *
 * Attributes:
 *
 * - `model`: URL of the model: its file, a folder of its parts, or a pointer to either (see
 *   {@link Inseam.open}).
 * - `keys`: public keys of the shop, separated by spaces. A model that none of them has signed is
 *   not used.
 * - `article`: the shop's article id; if absent, the one in the page's JSON-LD.
 * - `record`: the article's record, as `inseam record` prints it. The article then needs no
 *   request.
 * - `for`: id of the element that contains the size buttons (radio buttons, options or buttons).
 *   The advice follows their stock, and the shopper can choose the advised size.
 * - `preselect`: chooses the advised size in `for`, as long as none is chosen.
 * - `in-stock`: size labels in stock, separated by `|`; if absent, those of `for`, else those in
 *   the page's JSON-LD, else all.
 * - `lost-sale`, `spare`, `hesitant`: the shop's costs, in units of one return (see {@link Costs}).
 *   With any of them, the advice is what can be expected to cost least: one size, two sizes to
 *   order together, or none.
 * - `brands`: brands that the shopper may know, separated by `|`. The question may be about them as
 *   well as the article's own.
 * - `system`: size system that the shopper knows (`EU`, `UK` ...). Its label is shown beside the
 *   article's.
 * - `storage`: key of the shopper's file in local storage; `inseam.shopper` if absent.
 * - `lang`: language of texts and numbers; if absent, that of the page around the element.
 * - `open`: shows the details from the start.
 *
 * All events bubble and cross shadow roots. `inseam-advice` follows each advice. `inseam-accept`
 * follows when the shopper takes a size; its default action chooses the size in `for`, unless the
 * page prevents it. `inseam-feedback` follows when the shopper has answered something. Parts:
 * `line`, `icon`, `size`, `actions`, `accept`, `toggle`, `whom`, `profile`, `details`, `heading`,
 * `chart`, `row`, `label`, `bar`, `share`, `key`, `reasons`, `asking`, `field`, `answer`, `wear`,
 * `small-print`, `forget`.
 *
 * @module
 */
import { advise, type PageRequest } from './element/advise.js';
import { button, make } from './element/dom.js';
import { findProduct } from './element/json-ld.js';
import { inOwnSystem } from './element/own-system.js';
import type { Feedback, Panel, PanelContent } from './element/panel.js';
import { showProfiles } from './element/profiles.js';
import { type AdviceLine, adviceLine, type State } from './element/sentences.js';
import { buildShadowRoot, type Parts } from './element/shadow-root.js';
import { SizeButtons } from './element/size-buttons.js';
import type { Inseam } from './model/model.js';
import type { Shopper } from './model/shopper.js';
import { ShopperFile } from './shopper.js';
import { browserStorage, SHOPPER_EVENT, STORAGE_KEY } from './shopper-file/storage.js';
import { speakerFor } from './texts/index.js';
import type { Speaker, Texts } from './texts/texts.js';
import type { Advice, ArticleFacts, Costs, ShopperDetails } from './types.js';
import { yieldToPage } from './yield.js';

export type { Answer } from './element/question-form.js';
export type { State } from './element/sentences.js';
export { sharedModel, storedShopper, storeShopper } from './element/shared.js';
export { SHOPPER_EVENT, STORAGE_KEY } from './shopper-file/storage.js';
export { LANGUAGES } from './texts/index.js';
export type { Text, Texts } from './texts/texts.js';

/** The detail of the event `inseam-advice`. */
export interface AdviceDetail {
  /** What the element shows. */
  state: State;
  /** The sizes that the line tells the shopper to take. */
  takes: readonly string[];
  /** The advice on the sizes in stock. */
  advice?: Advice;
  /** The shopper that the advice is for. */
  shopper?: Shopper;
  /** The model that the advice comes from. */
  model?: Inseam;
  /** What the model knows about the article; undefined if it does not know it. */
  facts?: ArticleFacts | undefined;
  /** Why there is no advice; absent if there is. */
  error?: unknown;
}

/** The detail of the event `inseam-accept`. */
export interface AcceptDetail {
  /** The shop's own article id. */
  article: string;
  /** The label of the size that the shopper takes. */
  size: string;
}

/**
 * The detail of the event `inseam-feedback`: an answer, a preference in steps, or that the shopper
 * takes back all answers. The shopper's file has it already.
 */
export type FeedbackDetail = Feedback;

// On a server that renders pages there is no DOM, and the import must still succeed.
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * The custom element `<inseam-advice>`: see the beginning of this chapter for its attributes,
 * events and parts.
 */
export class InseamAdvice extends Base {
  /** The attributes that the element follows. */
  static readonly observedAttributes = [
    'model',
    'keys',
    'record',
    'article',
    'for',
    'preselect',
    'in-stock',
    'system',
    'brands',
    'lost-sale',
    'spare',
    'hesitant',
    'storage',
    'lang',
  ];

  #givenDetails: ShopperDetails | undefined;
  #texts: Partial<Texts> = {};
  #file: ShopperFile | undefined;
  #sizeButtons: SizeButtons | undefined;
  #result: AdviceDetail | undefined;
  #open = false;
  /** Counts the updates, so that a slow one does not overwrite a later one. */
  #updates = 0;
  #queued = false;

  #parts: Parts | undefined;
  #panel: Promise<Panel> | undefined;

  /**
   * The shopper's details; undefined to read them from the shopper's file. To change them, set
   * another object.
   */
  get shopper(): ShopperDetails | undefined {
    return this.#givenDetails;
  }

  set shopper(details: ShopperDetails | undefined) {
    this.#givenDetails = details;
    this.refresh();
  }

  /** The shop's own texts. Each replaces the package's text of the same name. */
  get texts(): Partial<Texts> {
    return this.#texts;
  }

  set texts(texts: Partial<Texts>) {
    this.#texts = texts;
    this.refresh();
  }

  /** Whether the details are shown. */
  get open(): boolean {
    return this.#open;
  }

  set open(open: boolean) {
    this.#open = open;
    this.refresh();
  }

  /** The detail of the last `inseam-advice`, for code that was not listening yet. */
  get result(): AdviceDetail | undefined {
    return this.#result;
  }

  /** @internal */
  connectedCallback(): void {
    window.addEventListener(SHOPPER_EVENT, this.#onShopperEvent);
    window.addEventListener('storage', this.#onStorageEvent);
    this.refresh();
  }

  /** @internal */
  disconnectedCallback(): void {
    window.removeEventListener(SHOPPER_EVENT, this.#onShopperEvent);
    window.removeEventListener('storage', this.#onStorageEvent);
    this.#stopFollowing();
  }

  /** @internal */
  attributeChangedCallback(name: string): void {
    if (name === 'storage') this.#file = undefined;
    if (name === 'for') this.#stopFollowing();
    this.refresh();
  }

  /** Gets the advice again. Several calls in one task cost one update. */
  refresh(): void {
    if (this.#queued || !this.isConnected) return;
    this.#queued = true;
    void this.#updateSoon();
  }

  async #updateSoon(): Promise<void> {
    if (this.#parts) await undefined;
    else {
      // The page's own scripts run first.
      await yieldToPage();
      void this.#shown;
      await yieldToPage();
    }
    this.#queued = false;
    if (this.isConnected) await this.#update();
  }

  readonly #onShopperEvent = (event: Event): void => {
    const { key, file } = (event as CustomEvent<{ key: string; file: ShopperFile }>).detail;
    if (key !== this.#storageKey) return;
    this.#file = file;
    this.refresh();
  };

  readonly #onStorageEvent = (event: StorageEvent): void => {
    if (event.key !== null && event.key !== this.#storageKey) return;
    this.#file?.reload();
    this.refresh();
  };

  #stopFollowing(): void {
    this.#sizeButtons?.stop();
    this.#sizeButtons = undefined;
  }

  get #storageKey(): string {
    return this.getAttribute('storage') || STORAGE_KEY;
  }

  get #shopperFile(): ShopperFile {
    this.#file ??= new ShopperFile(browserStorage(this.#storageKey));
    return this.#file;
  }

  get #details(): ShopperDetails {
    return this.#givenDetails ?? this.#shopperFile.details;
  }

  get #language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || 'en';
  }

  /** An attribute whose value is a list separated by `|`. */
  #listAttribute(name: string): string[] | undefined {
    return this.getAttribute(name)
      ?.split('|')
      .filter((word) => word !== '');
  }

  get #costs(): Costs | undefined {
    const attributes = { lostSale: 'lost-sale', spare: 'spare', hesitant: 'hesitant' };
    const given = Object.entries(attributes).filter(([, name]) => this.hasAttribute(name));
    if (given.length === 0) return undefined;
    // An empty attribute is not a number, and the model refuses it.
    const cost = (name: string) => Number(this.getAttribute(name) || Number.NaN);
    return Object.fromEntries(given.map(([key, name]) => [key, cost(name)]));
  }

  /** The shadow root's elements, built when they are first needed. */
  get #shown(): Parts {
    if (this.#parts) return this.#parts;
    const parts = buildShadowRoot(this.attachShadow({ mode: 'open' }));
    parts.toggle.addEventListener('click', () => {
      this.open = !this.#open;
    });
    for (const type of ['pointerenter', 'focus'])
      parts.toggle.addEventListener(type, () => this.#loadPanel());
    this.#open ||= this.hasAttribute('open');
    this.#parts = parts;
    return parts;
  }

  /** What the page wants advice on now; undefined if it does not state a model or an article. */
  #pageRequest(): PageRequest | undefined {
    const product = findProduct(document);
    const url = this.getAttribute('model');
    const article = this.getAttribute('article') || product?.article;
    if (!url || !article) return undefined;
    this.#followSizeButtons();
    const inStock =
      this.#listAttribute('in-stock') ?? this.#sizeButtons?.inStock ?? product?.inStock;
    const costs = this.#costs;
    return {
      url,
      keys: this.getAttribute('keys')?.trim().split(/\s+/),
      article,
      record: this.getAttribute('record'),
      options: { ...(inStock && { inStock }), ...(costs && { costs }) },
      details: this.#details,
    };
  }

  /** Follows the size buttons that the attribute `for` names. */
  #followSizeButtons(): void {
    const id = this.getAttribute('for');
    if (!id || this.#sizeButtons) return;
    const element = (this.getRootNode() as Document | ShadowRoot).getElementById(id);
    if (element) this.#sizeButtons = new SizeButtons(element, () => this.refresh());
  }

  /** Gets the advice and shows it, unless a later update has started meanwhile. */
  async #update(): Promise<void> {
    const update = ++this.#updates;
    const isCurrent = () => update === this.#updates && this.isConnected;
    const request = this.#pageRequest();
    if (!request) return;
    const first = this.#result === undefined;
    const pause = async () => (first ? yieldToPage() : undefined);
    const loadingSpeaker = speakerFor(this.#language, this.#texts);
    const detail: AdviceDetail = { state: 'failed', takes: [] };
    await pause();
    try {
      for await (const _ of advise(request, first, detail)) await pause();
    } catch (error) {
      detail.error = error;
    }
    const speaker = await loadingSpeaker;
    await pause();
    if (!isCurrent()) return;
    const line = adviceLine(detail.advice);
    this.#result = Object.assign(detail, { state: line.state, takes: line.takes });
    const chosen = this.#sizeButtons?.chosen;
    this.#showLine(line, request.article, speaker);
    await pause();
    if (this.#open) await this.#showPanel(request, speaker);
    if (!isCurrent()) return;
    this.#dispatch('inseam-advice', detail);
    this.#preselect(line);
    // The page may have chosen a size when it got the event, without an event of its buttons.
    if (this.#sizeButtons?.chosen !== chosen) this.#showLine(line, request.article, speaker);
  }

  #dispatch<T>(type: string, detail: T, cancelable = false): boolean {
    return this.dispatchEvent(
      new CustomEvent<T>(type, { detail, bubbles: true, composed: true, cancelable }),
    );
  }

  /** Chooses the advised size if the page wants that and none is chosen. */
  #preselect({ takes }: AdviceLine): void {
    const size = this.#result?.advice?.size;
    if (!this.hasAttribute('preselect') || size === undefined || !takes.includes(size)) return;
    if (this.#sizeButtons?.chosen === undefined) this.#sizeButtons?.choose(size);
  }

  /** Shows the line of advice, and its buttons. */
  #showLine(line: AdviceLine, article: string, speaker: Speaker): void {
    const { summary, words, toggle, profiles, details, small, slot } = this.#shown;
    words.replaceChildren(...this.#sentences(line, speaker));
    const focused = this.shadowRoot?.activeElement;
    const hasSizes = (this.#result?.advice?.outcomes.length ?? 0) > 0;
    toggle.hidden = !hasSizes;
    toggle.textContent = speaker.say(this.#open ? 'hide' : line.state === 'unsure' ? 'ask' : 'why');
    toggle.setAttribute('aria-expanded', String(this.#open && hasSizes));
    this.#showSizeActions(line, article, speaker);
    const { data } = this.#givenDetails ? {} : this.#shopperFile;
    showProfiles(profiles, data?.profiles ?? [], data?.current ?? '', speaker, (id) =>
      this.#shopperFile.use(id),
    );
    // The details only appear once the panel has been filled.
    if (!this.#open || !hasSizes) details.hidden = true;
    // Without advice the shop's own content is shown in the line's place.
    if (hasSizes) small.before(slot);
    else summary.append(slot);
    if (focused && !focused.isConnected) toggle.focus();
  }

  /** The line's sentences as elements, with the sizes to take set apart. */
  #sentences({ sentences, takes }: AdviceLine, speaker: Speaker): (Node | string)[] {
    return sentences.flatMap(([name, values], i) => {
      const sentence = make('span', i > 0 ? 'rest' : '');
      for (const { placeholder, text } of speaker.pieces(name, values)) {
        const isSize = (placeholder === 'size' || placeholder === 'other') && takes.includes(text);
        const own = isSize ? this.#inOwnSystem(text) : undefined;
        sentence.append(isSize ? make('b', 'size', text) : text, own ? ` (${own})` : '');
      }
      return i > 0 ? [' ', sentence] : [sentence];
    });
  }

  /** A button for each size to take; a note for the one that is chosen. */
  #showSizeActions({ takes }: AdviceLine, article: string, speaker: Speaker): void {
    const { actions, toggle, profiles } = this.#shown;
    const chosen = this.#sizeButtons?.chosen;
    const elements = (this.#sizeButtons ? takes : []).map((size) =>
      size === chosen
        ? make('span', 'chosen', speaker.say('chosen', { size }))
        : button('accept', speaker.say('choose', { size }), () => this.#accept(article, size)),
    );
    // The toggle is never taken out, as it would lose the focus.
    for (const old of [...actions.children]) if (old !== toggle && old !== profiles) old.remove();
    toggle.before(...elements);
  }

  #inOwnSystem(size: string): string | undefined {
    const { facts, model } = this.#result ?? {};
    const scales = facts && model ? model.scales(facts.group) : [];
    return inOwnSystem(size, facts, scales, this.getAttribute('system'));
  }

  #accept(article: string, size: string): void {
    if (this.#dispatch<AcceptDetail>('inseam-accept', { article, size }, true))
      this.#sizeButtons?.choose(size);
  }

  /**
   * Loads the panel's code. Most shoppers never open the panel, so this waits until they come near
   * the button.
   */
  #loadPanel(): Promise<Panel> {
    this.#panel ??= import('./element/panel.js').then(
      ({ Panel }) =>
        new Panel(this.#shown.details, this.#shown.small, {
          onFeedback: (details, feedback) => this.#onFeedback(details, feedback),
          onSkip: () => {
            this.#shown.toggle.focus();
            this.refresh();
          },
        }),
    );
    this.#panel.catch(() => {
      this.#panel = undefined;
    });
    return this.#panel;
  }

  /** Fills the panel and shows it. */
  async #showPanel({ article, options }: PageRequest, speaker: Speaker): Promise<void> {
    const { advice, takes = [], shopper, model, facts } = this.#result ?? {};
    if (!advice || !shopper || !model || !facts || advice.outcomes.length === 0) return;
    const content: PanelContent = {
      article,
      advice,
      takes,
      shopper,
      model,
      facts,
      options,
      separation: this.#separation(shopper, speaker),
      brands: this.#listAttribute('brands') ?? [],
      details: this.#details,
    };
    const panel = await this.#loadPanel().catch(() => undefined);
    await panel?.show(content, speaker);
    this.#shown.details.hidden = !this.#open || panel === undefined;
  }

  /**
   * What to do about a file that looks like several people's, unless the shopper has already
   * decided.
   */
  #separation(shopper: Shopper, speaker: Speaker): PanelContent['separation'] {
    if (this.#givenDetails || this.#shopperFile.current.alone) return undefined;
    const [, ...others] = shopper.personas();
    if (others.length === 0) return undefined;
    const name = (i: number) => `${speaker.say('someone')}${others.length > 1 ? ` ${i + 1}` : ''}`;
    const persons = others.map(({ purchases }, i) => ({ name: name(i), purchases }));
    const changeFile = (change: (file: ShopperFile) => void) => () => {
      change(this.#shopperFile);
      this.#shown.toggle.focus();
    };
    return {
      onSeparate: changeFile((file) => file.separate(persons)),
      onKeepTogether: changeFile((file) => file.keepTogether()),
    };
  }

  /** Stores what the shopper told the panel, and tells the page. */
  #onFeedback(details: ShopperDetails, feedback: FeedbackDetail): void {
    if (this.#givenDetails) this.shopper = details;
    else this.#shopperFile.replace(details);
    // The answered question disappears, so the focus moves to the panel's button.
    if (feedback.kind !== 'wear') this.#shown.toggle.focus();
    this.#dispatch<FeedbackDetail>('inseam-feedback', feedback);
  }
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
    'inseam-accept': CustomEvent<AcceptDetail>;
    'inseam-feedback': CustomEvent<FeedbackDetail>;
  }
}
