// The class of the element: its properties, attributes and events, and the order of its work.

import { inseamError } from '../errors.js';
import { speakerFor } from '../texts/index.js';
import type { Speaker, Texts } from '../texts/texts.js';
import type { ShopperDetails } from '../types.js';
import { yieldToPage } from '../yield.js';
import { advise, type Findings, type PageRequest } from './advise.js';
import { AttributeProperties } from './attribute-properties.js';
import { languageOf, listAttribute, numberAttribute, REFLECTED } from './attributes.js';
import type { AcceptDetail, AdviceDetail, FeedbackDetail } from './events.js';
import type { LineContent } from './line-view.js';
import { mayAdvise, pageRequest } from './page-request.js';
import { PageShopper } from './page-shopper.js';
import type { PanelContent, PanelListeners } from './panel.js';
import { type AdviceLine, adviceLine } from './sentences.js';
import { TakenSizes } from './taken-sizes.js';
import { View } from './view.js';
import { warn } from './warn.js';

/** What the element has found out, and tells the page. */
type Outcome = AdviceDetail & Findings;

/** Milliseconds after which the element says that there is no advice. */
const TIMEOUT = 10_000;

const nonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

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

  readonly #shopper = new PageShopper(this, () => this.refresh());
  #texts: Partial<Texts> = {};
  #result: Outcome | undefined;
  /** The model and article that the element shows advice on, or waits for. */
  #subject = '';
  #nonce = '';
  readonly #sizes = new TakenSizes();
  #open = false;
  /** Counts the updates, so that a slow one does not overwrite a later one. */
  #updates = 0;
  #queued = false;
  #shownLanguage = '';
  readonly #languageObserver = new MutationObserver(() => this.#followLanguage());

  #view: View | undefined;
  #inOwnSystem: LineContent['inOwnSystem'] | undefined;
  /** What the console has been told already. */
  readonly #warned = new Set<string>();

  /**
   * The shopper's details; undefined to read them from the shopper's file. To change them, set
   * another object, or its JSON.
   */
  get shopper(): ShopperDetails | undefined {
    return this.#shopper.given;
  }

  set shopper(details: ShopperDetails | string | null | undefined) {
    this.#shopper.given = this.#fromJson('shopper', details);
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
    if (!open) this.#view?.closeDetails();
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
    this.#shopper.close();
    this.#sizes.stopFollowing();
  }

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === 'shopper') this.shopper = now;
    if (name === 'texts') this.texts = now;
    if (name === 'storage') this.#shopper.close();
    if (name === 'for') this.#sizes.stopFollowing();
    // The old advice must not be taken for the new article.
    if (name === 'article' || name === 'model') this.#clear();
    this.refresh();
  }

  /** Gets the advice again. Several calls in one task cost one update. */
  refresh(): void {
    if (this.#queued || !this.isConnected) return;
    this.#queued = true;
    void this.#updateSoon();
  }

  async #updateSoon(): Promise<void> {
    if (this.#view) await undefined;
    else {
      // The page's own scripts run first. Then the size buttons are read, before the element makes
      // the page's layout out of date.
      await yieldToPage();
      this.#open ||= this.hasAttribute('open');
      if (this.isConnected) this.#followSizes();
      await yieldToPage();
      if (mayAdvise(this)) void this.#shown;
      await yieldToPage();
    }
    this.#queued = false;
    if (this.isConnected) await this.#update();
  }

  #followSizes(): void {
    const page = this.getRootNode() as Document | ShadowRoot;
    this.#sizes.follow(page, this.getAttribute('for'), () => this.refresh());
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

  #followLanguage(): void {
    if (this.#shownLanguage && languageOf(this) !== this.#shownLanguage) this.refresh();
  }

  /** What the shopper sees, built when it is first needed. */
  get #shown(): View {
    this.#view ??= new View(this.attachShadow({ mode: 'open' }), {
      onToggle: () => {
        this.open = !this.#open;
      },
      onClose: () => {
        this.open = false;
      },
      onAccept: (sizes) => this.#accept(sizes),
      onProfile: (id) => this.#shopper.file?.use(id),
      onFeedback: this.#onFeedback,
      onOtherQuestion: () => this.refresh(),
    });
    return this.#view;
  }

  /** Takes away what is shown about an earlier article, and keeps its space. */
  #clear(): void {
    this.#subject = '';
    this.#updates++;
    this.#sizes.clear();
    if (!this.#view || !this.#result) return;
    this.#result = undefined;
    this.#view.clear();
  }

  /** Gets the advice and shows it, unless a later update has started meanwhile. */
  async #update(): Promise<void> {
    this.#followSizes();
    const begun = ++this.#updates;
    const request = await pageRequest(this, this.#sizes.stated, this.#shopper.details);
    if (begun !== this.#updates || !this.isConnected) return;
    if (!request) return this.#showMistake(begun);
    const subject = JSON.stringify([request.url, request.article]);
    if (subject !== this.#subject) {
      this.#clear();
      this.#subject = subject;
      this.#nonce = nonce();
      this.#shown.busy = true;
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
      if (!isCurrent() || !first) return;
      this.#showFailure({ ...detail, error }, speaker);
      await this.#warnOfMistakes({ ...detail, error });
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
    await this.#warnOfMistakes(detail);
    if (!isCurrent()) return;
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
    const line = adviceLine(detail.advice, detail.options?.offered !== undefined);
    this.#inOwnSystem = await this.#ownSizes(detail);
    await this.#shown.prepare(this.#shopper.file?.data.profiles.length ?? 0);
    const chosen = this.#sizes.chosen(detail);
    if (isNew) await yieldToPage();
    if (!isCurrent()) return;
    this.#result = Object.assign(detail, { state: line.state, takes: line.takes });
    this.#showLine(line, speaker);
    await yieldToPage();
    if (this.#open) await this.#showPanel(request, speaker, isCurrent);
    if (!isCurrent()) return;
    if (isNew) this.#dispatch('ready', undefined, { bubbles: false });
    this.#dispatch('inseam-advice', detail);
    this.#preselect(line);
    this.#sizes.settle();
    // The page may have chosen a size when it got the event, without an event of its buttons.
    if (this.#sizes.chosen(detail) !== chosen) this.#showLine(line, speaker);
  }

  /** Translates sizes into the size system that the shopper knows, if the page states one. */
  async #ownSizes({ facts, model }: Outcome): Promise<LineContent['inOwnSystem'] | undefined> {
    const system = this.getAttribute('system');
    if (!system || !facts || !model) return undefined;
    const own = await import('./own-system.js').catch(() => undefined);
    return own && ((size) => own.inOwnSystem(size, facts, model.scales(facts.group), system));
  }

  /** Shows that there is no advice, and the page's own content. */
  #showFailure(detail: Outcome, speaker: Speaker): void {
    // The detail says already that there is no advice.
    this.#result = detail;
    this.#showLine(adviceLine(undefined), speaker);
    this.#dispatch('loaderror', { error: detail.error }, { bubbles: false });
    this.#dispatch('inseam-advice', detail);
  }

  /**
   * Says what the page has to state, and leaves the page's own content: as it was, or in the place
   * of advice on an article that the page has taken away.
   */
  async #showMistake(update: number): Promise<void> {
    const { missingAttribute } = await import('./mistakes.js');
    const speaker = await speakerFor(languageOf(this));
    if (update !== this.#updates || !this.isConnected) return;
    if (this.#view) this.#showLine({ state: 'failed', sentences: [], takes: [] }, speaker);
    const error = inseamError('InseamInput', missingAttribute(this));
    if (this.#warn(error.message)) this.#dispatch('loaderror', { error }, { bubbles: false });
  }

  /** Tells the console something once. Whether it was new. */
  #warn(message: string): boolean {
    if (this.#warned.has(message)) return false;
    this.#warned.add(message);
    warn(message);
    return true;
  }

  /** Tells the console what the page states wrongly, or why there is no advice. */
  async #warnOfMistakes(detail: Outcome): Promise<void> {
    const id = this.getAttribute('for');
    const isFound = !id || (this.getRootNode() as Document | ShadowRoot).getElementById(id);
    if (detail.facts && detail.sizes?.misread.length === 0 && isFound) return;
    const mistakes = await import('./mistakes.js').catch(() => undefined);
    for (const message of mistakes?.mistakesOf(this, detail, !isFound) ?? []) this.#warn(message);
  }

  #dispatch<T>(type: string, detail: T, init: EventInit = {}): boolean {
    const general = { bubbles: true, composed: init.bubbles !== false };
    return this.dispatchEvent(new CustomEvent<T>(type, { detail, ...general, ...init }));
  }

  /** Chooses the advised size if the page wants that and none is chosen. */
  #preselect({ takes }: AdviceLine): void {
    const known: Partial<Outcome> = this.#result ?? {};
    const size = known.advice?.size;
    if (!this.hasAttribute('preselect') || size === undefined || !takes.includes(size)) return;
    if (this.#sizes.chosen(known) === undefined) this.#sizes.choose(known, size);
  }

  /** Shows the line of advice, and its buttons. */
  #showLine(line: AdviceLine, speaker: Speaker): void {
    const known: Partial<Outcome> = this.#result ?? {};
    const choices = this.#sizes.choices(known);
    const chosen = choices.find((choice) => choice.chosen)?.size;
    const { data } = this.#shopper.file ?? {};
    this.#shownLanguage = languageOf(this);
    this.#shown.showLine(
      {
        line,
        chosen,
        hasButtons: choices.length > 0,
        taken: this.#sizes.takenWith(chosen),
        inOwnSystem: this.#inOwnSystem,
        hasDetails: (known.advice?.outcomes.length ?? 0) > 0,
        open: this.#open,
        profiles: data?.profiles ?? [],
        profile: data?.current ?? '',
      },
      speaker,
    );
  }

  /** The shopper takes sizes: the page gets an event, and its buttons the first of them. */
  #accept(sizes: readonly string[]): void {
    const [size] = sizes;
    if (!this.#result || size === undefined) return;
    const { article, model } = this.#result;
    const detail = { article, size, sizes, nonce: this.#nonce, model: model?.name ?? '' };
    this.#sizes.want(size);
    if (this.#dispatch<AcceptDetail>('inseam-accept', detail, { cancelable: true }))
      this.#sizes.choose(this.#result, size);
    // The page has taken care of an order of two by itself.
    else if (sizes.length > 1) this.#sizes.take(sizes);
    this.refresh();
  }

  /** Fills the panel and shows it. */
  async #showPanel(
    { article, details }: PageRequest,
    speaker: Speaker,
    isCurrent: () => boolean,
  ): Promise<void> {
    const { advice, takes = [], shopper, model, facts, options = {} } = this.#result ?? {};
    if (!advice || !shopper || !model || !facts || advice.outcomes.length === 0) return;
    const content: PanelContent = {
      article,
      advice,
      takes,
      shopper,
      model,
      facts,
      options,
      brands: listAttribute(this, 'brands') ?? [],
      ownSystem: this.getAttribute('system'),
      details,
      file: this.#shopper.file,
    };
    await this.#shown.showPanel(content, speaker, isCurrent);
  }

  /** Stores what the shopper told the panel, and tells the page. */
  readonly #onFeedback: PanelListeners['onFeedback'] = (change, feedback) => {
    this.#shopper.update(change);
    this.refresh();
    this.#dispatch<FeedbackDetail>('inseam-feedback', feedback);
  };
}
