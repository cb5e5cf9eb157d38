/**
 * `<inseam-advice model="/fit/shop.inseam" article="SKU-123">Size chart</inseam-advice>` shows size
 * advice in one line, and, behind a button, the chances of every size, the reasons and one
 * question. Importing this module registers the element. The tag's own content is shown until there
 * is advice, and if there is no script, no WebAssembly or no model; otherwise at the end of the
 * details.
 *
 * Attributes, each of which is a property too (`in-stock` is `inStock`; a list can be an array):
 *
 * - `model`: URL of the model: its file, a folder of its parts, or a pointer to either (see
 *   {@link Inseam.open}).
 * - `keys`: public keys of the shop, separated by spaces. A model that none of them has signed is
 *   not used.
 * - `article`: the shop's article id; if absent, the one in the page's JSON-LD.
 * - `record`: the article's record, as `inseam record` prints it. The article then needs no
 *   request.
 * - `for`: id of the element that contains the size buttons (radio buttons, options or buttons).
 *   The advice follows their stock, and the shopper can choose the advised size. The page may
 *   replace the element, or add it later. A button's size is found in its text, its label or its
 *   value, however the shop writes it: `36`, `EU 36`, `36 / Black`. Where that does not do,
 *   `data-size` on the button states it. A button is sold out if it is `disabled`, or has
 *   `aria-disabled="true"`, `data-available="false"`, a class such as `sold-out`, or says so. If no
 *   button names a size of the article, the stock counts as unknown, and the console says so.
 * - `preselect`: chooses the advised size in `for`, as long as none is chosen.
 * - `in-stock`: size labels in stock, separated by `|`; if absent, those of `for`, else those in
 *   the page's JSON-LD about this article, else all.
 * - `lost-sale`, `spare`, `hesitant`: the shop's costs, in units of one return (see {@link Costs}).
 *   With any of them, the advice is what can be expected to cost least: one size, two sizes to
 *   order together, or none.
 * - `brands`: brands that the shopper may know, separated by `|`. The question may be about them as
 *   well as the article's own.
 * - `system`: size system that the shopper knows (`EU`, `UK` ...). Its label is shown beside the
 *   article's.
 * - `storage`: key of the shopper's file in local storage; `inseam.shopper` if absent.
 * - `shopper`, `texts`: the properties of these names as JSON, for pages that a server renders:
 *   React sets no objects on an element that a server has rendered.
 * - `timeout`: milliseconds after which the element says that there is no advice, 10,000 if absent.
 *   Advice that comes later is still shown.
 * - `whole-limit`: see {@link OpenOptions.wholeLimit}.
 * - `lang`: language of texts and numbers; if absent, that of the page around the element, which is
 *   followed.
 * - `open`: shows the details from the start.
 *
 * Events that bubble and cross shadow roots: `inseam-advice` follows each advice. `inseam-accept`
 * follows when the shopper takes a size, or two to order together; its default action chooses the
 * (first) size in `for`, unless the page prevents it. `inseam-feedback` follows when the shopper
 * has answered something. Events of the element alone, as with images: `ready` when it first shows
 * advice on an article, `loaderror` when it can't, with the reason as `detail.error`. While it
 * waits for advice it has `aria-busy="true"`.
 *
 * Parts: `line`, `icon`, `size`, `actions`, `accept`, `toggle`, `whom`, `profile`, `details`,
 * `heading`, `chart`, `row`, `label`, `bar`, `share`, `key`, `reasons`, `answered`, `facts`,
 * `edit`, `close`, `asking`, `form`, `inputs`, `field`, `unit`, `notice`, `answer`, `wear`,
 * `small-print`, `forget`.
 *
 * @module
 */
import { advise, type Findings, type PageRequest } from './element/advise.js';
import { AttributeProperties, type AttributeValue } from './element/attribute-properties.js';
import {
  costsOf,
  languageOf,
  listAttribute,
  numberAttribute,
  REFLECTED,
} from './element/attributes.js';
import {
  closeDetails,
  focusAnchor,
  isNarrow,
  onDismiss,
  openDetails,
} from './element/details-view.js';
import { findProduct } from './element/json-ld.js';
import { clearLine, releaseSpace, showLine } from './element/line-view.js';
import { inOwnSystem } from './element/own-system.js';
import type { Feedback, Panel, PanelContent } from './element/panel.js';
import { showProfiles } from './element/profiles.js';
import { type AdviceLine, adviceLine, type State } from './element/sentences.js';
import { buildShadowRoot, type Parts } from './element/shadow-root.js';
import { choose, SizeButtons } from './element/size-buttons.js';
import { type SizeChoice, sizeChoices } from './element/size-choices.js';
import { warn } from './element/warn.js';
import { inseamError } from './errors.js';
import type { Inseam } from './model/model.js';
import type { Shopper } from './model/shopper.js';
import { schemaName } from './model/size-names.js';
import { ShopperFile } from './shopper.js';
import { browserStorage, STORAGE_KEY } from './shopper-file/storage.js';
import { speakerFor } from './texts/index.js';
import type { Speaker, Texts } from './texts/texts.js';
import type { Advice, ArticleFacts, ShopperDetails } from './types.js';
import { yieldToPage } from './yield.js';

export type { Answer } from './element/answers.js';
export type { AttributeValue } from './element/attribute-properties.js';
export type { State } from './element/sentences.js';
export { sharedModel, storedShopper, storeShopper } from './element/shared.js';
export { SHOPPER_EVENT, STORAGE_KEY } from './shopper-file/storage.js';
export { LANGUAGES } from './texts/index.js';
export type { Text, Texts } from './texts/texts.js';

/** The detail of the event `inseam-advice`. */
export interface AdviceDetail {
  /** What the element shows. */
  state: State;
  /** The shop's own article id. */
  article: string;
  /**
   * A random number of this element's advice on this article. `inseam-accept` repeats it, so that
   * analytics can join the two. It tells nothing about the shopper.
   */
  nonce: string;
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
  /** The label of the size that the shopper takes; the first where they order two together. */
  size: string;
  /** All sizes that the shopper takes. */
  sizes: readonly string[];
  /** See {@link AdviceDetail.nonce}. */
  nonce: string;
  /** The model's name: see {@link Inseam.name}. */
  model: string;
}

/**
 * The detail of the event `inseam-feedback`: an answer, one that was removed, a preference in
 * steps, or that the shopper takes back all answers. The shopper's file has it already.
 */
export type FeedbackDetail = Feedback;

/** The detail of the event `loaderror`. */
export interface LoadErrorDetail {
  /** Why there is no advice. */
  error: unknown;
}

/**
 * What a page can set on the element in a framework, as properties or attributes. `inseam/react`,
 * `inseam/vue`, `inseam/svelte` and `inseam/solid` are these types for the framework's templates.
 */
export interface InseamProps extends Partial<Record<keyof typeof REFLECTED, AttributeValue>> {
  'in-stock'?: string | undefined;
  'lost-sale'?: string | number | undefined;
  'whole-limit'?: string | number | undefined;
  shopper?: ShopperDetails | string | undefined;
  texts?: Partial<Texts> | string | undefined;
  open?: boolean | undefined;
}

/** The element's events as handlers in a template, behind the framework's prefix. */
export type InseamHandlers<Prefix extends string> = {
  [Name in keyof InseamEvents as `${Prefix}${Name}`]?: (event: InseamEvents[Name]) => void;
};

/** The element's own events. */
export interface InseamEvents {
  'inseam-advice': CustomEvent<AdviceDetail>;
  'inseam-accept': CustomEvent<AcceptDetail>;
  'inseam-feedback': CustomEvent<FeedbackDetail>;
  ready: CustomEvent<undefined>;
  loaderror: CustomEvent<LoadErrorDetail>;
}

/** What the element has found out, and tells the page. */
type Outcome = AdviceDetail & Findings;

/** Milliseconds after which the element says that there is no advice. */
const TIMEOUT = 10_000;

const nonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** The events of the element. */
export interface InseamAdviceEventMap extends HTMLElementEventMap, InseamEvents {}

/**
 * The custom element `<inseam-advice>`: see the beginning of this chapter for its attributes,
 * events and parts.
 */
export class InseamAdvice extends AttributeProperties {
  /** The attributes that the element follows. */
  static readonly observedAttributes: readonly string[] = [
    ...Object.values(REFLECTED),
    'lang',
    'shopper',
    'texts',
  ];

  #givenDetails: ShopperDetails | undefined;
  #texts: Partial<Texts> = {};
  #file: ShopperFile | undefined;
  #stopWatching: (() => void) | undefined;
  #sizeButtons: SizeButtons | undefined;
  #result: Outcome | undefined;
  /** The model and article that the element shows advice on, or waits for. */
  #subject = '';
  #nonce = '';
  /** The sizes of an order of two that the shopper wants, and those that the page then chose. */
  readonly #wanted = new Set<string>();
  readonly #taken = new Set<string>();
  #open = false;
  /** Whether the details are shown over the page, as the shopper opened them on a phone. */
  #asSheet = false;
  /** Counts the updates, so that a slow one does not overwrite a later one. */
  #updates = 0;
  #queued = false;
  #shownLanguage = '';
  readonly #languageObserver = new MutationObserver(() => this.#followLanguage());

  #parts: Parts | undefined;
  #panel: Promise<Panel> | undefined;
  /** What the console has been told already. */
  #warned = '';

  /**
   * The shopper's details; undefined to read them from the shopper's file. To change them, set
   * another object, or its JSON.
   */
  get shopper(): ShopperDetails | undefined {
    return this.#givenDetails;
  }

  set shopper(details: ShopperDetails | string | null | undefined) {
    this.#givenDetails = this.#fromJson('shopper', details);
    this.refresh();
  }

  /** The shop's own texts. Each replaces the package's text of the same name. */
  get texts(): Partial<Texts> {
    return this.#texts;
  }

  set texts(texts: Partial<Texts> | string | null | undefined) {
    this.#texts = this.#fromJson('texts', texts) ?? {};
    this.refresh();
  }

  /** Whether the details are shown. */
  get open(): boolean {
    return this.#open;
  }

  set open(open: boolean) {
    this.#open = open;
    if (!open && this.#parts) closeDetails(this.#parts.details);
    this.refresh();
  }

  /** The detail of the last `inseam-advice`, for code that was not listening yet. */
  get result(): AdviceDetail | undefined {
    return this.#result;
  }

  /** @internal */
  connectedCallback(): void {
    this.upgradeProperties();
    this.#languageObserver.observe(this.ownerDocument, {
      subtree: true,
      attributeFilter: ['lang'],
    });
    this.refresh();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#languageObserver.disconnect();
    this.#closeFile();
    this.#stopFollowing();
  }

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === 'shopper') this.shopper = now;
    if (name === 'texts') this.texts = now;
    if (name === 'storage') this.#closeFile();
    if (name === 'for') this.#stopFollowing();
    // The old advice must not be taken for the new article.
    if (name === 'article' || name === 'model') this.#clear();
    this.refresh();
  }

  override addEventListener<K extends keyof InseamAdviceEventMap>(
    type: K,
    listener: (this: InseamAdvice, event: InseamAdviceEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** As on every element, with the element's own events. */
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
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

  /** A value, or its JSON, as pages that a server renders can only state texts. */
  #fromJson<T>(name: string, value: T | string | null | undefined): T | undefined {
    if (typeof value !== 'string') return value ?? undefined;
    try {
      return JSON.parse(value) as T;
    } catch {
      this.#warn(`<inseam-advice> needs JSON in ${name}="...", not ${value.slice(0, 60)}`);
      return undefined;
    }
  }

  #closeFile(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#file = undefined;
  }

  #stopFollowing(): void {
    this.#sizeButtons?.stop();
    this.#sizeButtons = undefined;
  }

  #followLanguage(): void {
    if (this.#shownLanguage && languageOf(this) !== this.#shownLanguage) this.refresh();
  }

  get #shopperFile(): ShopperFile {
    if (!this.#file) {
      this.#file = new ShopperFile(browserStorage(this.getAttribute('storage') || STORAGE_KEY));
      this.#stopWatching = this.#file.watch(() => this.refresh());
    }
    return this.#file;
  }

  get #details(): ShopperDetails {
    return this.#givenDetails ?? this.#shopperFile.details;
  }

  /** The shadow root's elements, built when they are first needed. */
  get #shown(): Parts {
    if (this.#parts) return this.#parts;
    const root = this.attachShadow({ mode: 'open' });
    const parts = buildShadowRoot(root);
    onDismiss(parts.details, root, () => this.#closeDetails());
    parts.toggle.addEventListener('click', () => {
      this.#asSheet = isNarrow();
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
    const product = findProduct(document, this.getAttribute('article'));
    const url = this.getAttribute('model');
    const article = this.getAttribute('article') || product?.article;
    if (!url || !article) return undefined;
    this.#followSizeButtons();
    const keys = this.getAttribute('keys')?.trim().split(/\s+/);
    const wholeLimit = numberAttribute(this, 'whole-limit');
    return {
      url,
      open: { ...(keys && { keys }), ...(wholeLimit !== undefined && { wholeLimit }) },
      article,
      record: this.getAttribute('record'),
      sizes: {
        listed: listAttribute(this, 'in-stock'),
        choices: this.#sizeButtons?.choices ?? [],
        described: product?.inStock,
      },
      costs: costsOf(this),
      details: this.#details,
    };
  }

  /** Follows the size buttons that the attribute `for` names. */
  #followSizeButtons(): void {
    const id = this.getAttribute('for');
    if (!id || this.#sizeButtons) return;
    const page = this.getRootNode() as Document | ShadowRoot;
    this.#sizeButtons = new SizeButtons(page, id, () => this.refresh());
  }

  /** Takes away what is shown about an earlier article, and keeps its space. */
  #clear(): void {
    this.#subject = '';
    this.#updates++;
    this.#wanted.clear();
    this.#taken.clear();
    if (!this.#parts || !this.#result) return;
    this.#result = undefined;
    this.setAttribute('aria-busy', 'true');
    clearLine(this.#parts);
  }

  /** Gets the advice and shows it, unless a later update has started meanwhile. */
  async #update(): Promise<void> {
    const request = this.#pageRequest();
    if (!request) return this.#showMistake();
    const subject = JSON.stringify([request.url, request.article]);
    if (subject !== this.#subject) {
      this.#clear();
      this.#subject = subject;
      this.#nonce = nonce();
      this.setAttribute('aria-busy', 'true');
    }
    const first = this.#result === undefined;
    const isNew = this.#result?.advice === undefined;
    const update = ++this.#updates;
    const isCurrent = () => update === this.#updates && this.isConnected;
    const pause = async () => (first ? yieldToPage() : undefined);
    const { article } = request;
    const detail: Outcome = { state: 'failed', article, nonce: this.#nonce, takes: [] };
    const loadingSpeaker = speakerFor(languageOf(this), this.#texts);
    const wait = numberAttribute(this, 'timeout') ?? TIMEOUT;
    const late = setTimeout(async () => {
      const error = inseamError('InseamUnreachable', `no advice within ${wait} ms`);
      const speaker = await loadingSpeaker;
      if (isCurrent() && first) this.#showFailure({ ...detail, error }, speaker);
    }, wait);
    await pause();
    try {
      for await (const _ of advise(request, first, detail)) await pause();
    } catch (error) {
      detail.error = error;
    } finally {
      clearTimeout(late);
    }
    const speaker = await loadingSpeaker;
    await pause();
    if (!isCurrent()) return;
    this.#warnOfMisreading(detail);
    if (detail.error !== undefined) return this.#showFailure(detail, speaker);
    await this.#showAdvice(detail, request, speaker, isCurrent, isNew);
  }

  async #showAdvice(
    detail: Outcome,
    request: PageRequest,
    speaker: Speaker,
    isCurrent: () => boolean,
    isNew: boolean,
  ): Promise<void> {
    const line = adviceLine(detail.advice);
    this.#result = Object.assign(detail, { state: line.state, takes: line.takes });
    const chosen = this.#chosen;
    this.#showLine(line, speaker);
    await yieldToPage();
    if (this.#open) await this.#showPanel(request, speaker, isCurrent);
    if (!isCurrent()) return;
    if (isNew) this.#dispatch('ready', undefined, { bubbles: false });
    this.#dispatch('inseam-advice', detail);
    this.#preselect(line);
    this.#sizeButtons?.settle();
    // The page may have chosen a size when it got the event, without an event of its buttons.
    if (this.#chosen !== chosen) this.#showLine(line, speaker);
  }

  /** Shows that there is no advice, and the page's own content. */
  #showFailure(detail: Outcome, speaker: Speaker): void {
    const line = adviceLine(undefined);
    this.#result = Object.assign(detail, { state: line.state, takes: line.takes });
    this.#showLine(line, speaker);
    this.#dispatch('loaderror', { error: detail.error }, { bubbles: false });
    this.#dispatch('inseam-advice', detail);
  }

  /** Says what the page has to state, and leaves the page's own content. */
  #showMistake(): void {
    this.removeAttribute('aria-busy');
    const missing = this.hasAttribute('model')
      ? 'article="...", or JSON-LD on the page with the id of its product'
      : 'model="...", the address of a model';
    const error = inseamError('InseamInput', `<inseam-advice> needs ${missing}`);
    if (this.#warn(error.message)) this.#dispatch('loaderror', { error }, { bubbles: false });
  }

  /** Tells the console something once. Whether it was new. */
  #warn(message: string): boolean {
    if (this.#warned === message) return false;
    this.#warned = message;
    warn(message);
    return true;
  }

  #warnOfMisreading({ sizes, facts }: Outcome): void {
    if (!facts || !sizes || sizes.misread.length === 0) return;
    const found = sizes.misread.slice(0, 5).join('", "');
    const known = facts.sizes.map(({ size }) => size).join(', ');
    this.#warn(
      `<inseam-advice> finds no size of the article (${known}) in "${found}", so its stock counts as unknown: state each button's size as data-size`,
    );
  }

  #dispatch<T>(type: string, detail: T, init: EventInit = {}): boolean {
    const general = { bubbles: true, composed: init.bubbles !== false };
    return this.dispatchEvent(new CustomEvent<T>(type, { detail, ...general, ...init }));
  }

  /** The article's sizes that the page's buttons stand for, as they are now. */
  get #choices(): SizeChoice[] {
    const { model, article, facts } = this.#result ?? {};
    if (!model || !facts || article === undefined || !this.#sizeButtons) return [];
    return sizeChoices(this.#sizeButtons.choices, model.sizeFinder(article));
  }

  /** The size that is chosen on the page. */
  get #chosen(): string | undefined {
    return this.#choices.find(({ chosen }) => chosen)?.size;
  }

  /** Chooses the advised size if the page wants that and none is chosen. */
  #preselect({ takes }: AdviceLine): void {
    const size = this.#result?.advice?.size;
    if (!this.hasAttribute('preselect') || size === undefined || !takes.includes(size)) return;
    if (this.#chosen === undefined) choose(this.#choices, size);
  }

  /** Shows the line of advice, and its buttons. */
  #showLine(line: AdviceLine, speaker: Speaker): void {
    const parts = this.#shown;
    const { summary, toggle, profiles, details, small, slot } = parts;
    this.#shownLanguage = languageOf(this);
    const focused = this.shadowRoot?.activeElement;
    const choices = this.#choices;
    const chosen = choices.find((choice) => choice.chosen)?.size;
    if (chosen !== undefined && this.#wanted.has(chosen)) this.#taken.add(chosen);
    showLine(
      parts,
      {
        line,
        chosen,
        hasButtons: choices.length > 0,
        taken: this.#taken,
        inOwnSystem: (size) => this.#inOwnSystem(size),
        onAccept: (sizes) => this.#accept(sizes),
      },
      speaker,
    );
    const hasSizes = (this.#result?.advice?.outcomes.length ?? 0) > 0;
    toggle.hidden = !hasSizes;
    const isBeside = this.#open && !this.#asSheet;
    toggle.textContent = speaker.say(isBeside ? 'hide' : line.state === 'unsure' ? 'ask' : 'why');
    toggle.setAttribute('aria-expanded', String(this.#open && hasSizes));
    const { data } = this.#givenDetails ? {} : this.#shopperFile;
    showProfiles(profiles, data?.profiles ?? [], data?.current ?? '', speaker, (id) =>
      this.#shopperFile.use(id),
    );
    // The details only appear once the panel has been filled.
    if (!this.#open || !hasSizes) closeDetails(details);
    // Without advice the shop's own content is shown in the line's place.
    if (hasSizes) small.before(slot);
    else summary.append(slot);
    if (!this.#open || !hasSizes) releaseSpace(parts);
    this.removeAttribute('aria-busy');
    if (focused && !focused.isConnected) this.#focusAnchor();
    details.setAttribute('aria-label', speaker.say('why'));
  }

  #inOwnSystem(size: string): string | undefined {
    const { facts, model } = this.#result ?? {};
    const scales = facts && model ? model.scales(facts.group) : [];
    return inOwnSystem(size, facts, scales, this.getAttribute('system'));
  }

  /** The shopper takes sizes: the page gets an event, and its buttons the first of them. */
  #accept(sizes: readonly string[]): void {
    const { article, model } = this.#result ?? {};
    const [size] = sizes;
    if (article === undefined || size === undefined) return;
    const detail = { article, size, sizes, nonce: this.#nonce, model: model?.name ?? '' };
    this.#wanted.add(size);
    if (this.#dispatch<AcceptDetail>('inseam-accept', detail, { cancelable: true }))
      choose(this.#choices, size);
    // The page has taken care of an order of two by itself.
    else if (sizes.length > 1) for (const each of sizes) this.#taken.add(each);
    this.refresh();
  }

  #focusAnchor(): void {
    focusAnchor(this.#shown.details, this.#shown.toggle);
  }

  #closeDetails(): void {
    this.open = false;
    this.#shown.toggle.focus();
  }

  /**
   * Loads the panel's code. Most shoppers never open the panel, so this waits until they come near
   * the button.
   */
  #loadPanel(): Promise<Panel> {
    this.#panel ??= import('./element/panel.js').then(
      ({ Panel }) =>
        new Panel(this.#shown.details, this.#shown.small, {
          onFeedback: (change, feedback) => this.#onFeedback(change, feedback),
          onOtherQuestion: () => {
            this.#focusAnchor();
            this.refresh();
          },
          onClose: () => this.#closeDetails(),
        }),
    );
    this.#panel.catch(() => {
      this.#panel = undefined;
    });
    return this.#panel;
  }

  /** Fills the panel and shows it. */
  async #showPanel(
    { article, details }: PageRequest,
    speaker: Speaker,
    isCurrent: () => boolean,
  ): Promise<void> {
    const { advice, takes = [], shopper, model, facts, options = {} } = this.#result ?? {};
    if (!advice || !shopper || !model || !facts || advice.outcomes.length === 0) return;
    const system = this.getAttribute('system');
    const content: PanelContent = {
      article,
      advice,
      takes,
      shopper,
      model,
      facts,
      options,
      separation: this.#separation(shopper, speaker),
      brands: listAttribute(this, 'brands') ?? [],
      ownSystem: system && schemaName(system),
      details,
      stored: this.#givenDetails !== undefined || this.#shopperFile.stored,
    };
    const panel = await this.#loadPanel().catch(() => undefined);
    await panel?.show(content, speaker, isCurrent);
    if (!isCurrent()) return;
    if (this.#open && panel) openDetails(this.#shown.details, this.#asSheet);
    releaseSpace(this.#shown);
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
      this.#focusAnchor();
    };
    return {
      onSeparate: changeFile((file) => file.separate(persons)),
      onKeepTogether: changeFile((file) => file.keepTogether()),
    };
  }

  /** Stores what the shopper told the panel, and tells the page. */
  #onFeedback(change: (details: ShopperDetails) => ShopperDetails, feedback: FeedbackDetail): void {
    if (this.#givenDetails) this.shopper = change(this.#givenDetails);
    else this.#shopperFile.update(change);
    // The answered question disappears, so the focus moves to the panel's button.
    if (feedback.kind !== 'wear') this.#focusAnchor();
    this.#dispatch<FeedbackDetail>('inseam-feedback', feedback);
  }
}

if (globalThis.customElements && !customElements.get('inseam-advice')) {
  customElements.define('inseam-advice', InseamAdvice);
  warnOfMisspelling();
}

/** Another `inseam-...` element than ours is a spelling mistake. */
function warnOfMisspelling(): void {
  const wrong = [...document.querySelectorAll(':not(:defined)')].find(({ localName }) =>
    localName.startsWith('inseam'),
  );
  if (wrong) warn(`<${wrong.localName}> is no element of Inseam: it is <inseam-advice>`);
}

declare global {
  interface HTMLElementTagNameMap {
    'inseam-advice': InseamAdvice;
  }
  interface InseamBubblingEvents extends Omit<InseamEvents, 'ready' | 'loaderror'> {}
  interface HTMLElementEventMap extends InseamBubblingEvents {}
  interface DocumentEventMap extends InseamBubblingEvents {}
  interface WindowEventMap extends InseamBubblingEvents {}
}
