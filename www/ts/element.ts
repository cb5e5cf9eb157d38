/**
 * `<inseam-advice model="/fit/shop.inseam" article="SKU-123">Size chart</inseam-advice>`: one quiet
 * line of size advice, with the chances of every size, the reasons and one question behind a
 * button. Importing this module registers the element; what stands inside the tag is shown where
 * there is no script, no WebAssembly or no model, and at the end of the details elsewhere.
 *
 * | attribute   | what |
 * | ----------- | ---- |
 * | `model`     | URL of the model's file, of a folder of its parts, or of a pointer to either |
 * | `keys`      | public keys of the shop, separated by spaces: a model that none of them has signed is not used |
 * | `record`    | the article's record, as `inseam record` prints it: its block need not be fetched then |
 * | `article`   | the shop's article id; from the page's JSON-LD if absent |
 * | `for`       | id of the element that holds the size buttons (radio buttons, options, buttons): their stock is followed, and the advised size can be chosen there |
 * | `preselect` | chooses the advised size there, as long as none is chosen |
 * | `in-stock`  | size labels that can be had, separated by `\|`; goes before `for` and JSON-LD; all of them if none of the three says |
 * | `lost-sale`, `spare`, `hesitant` | what things cost the shop, in returns: see {@link Costs}. With any of them it is decided by cost whether to name one size, two to order together, or none |
 * | `brands`    | brands that shoppers know, separated by `\|`: what they may be asked about beside the article's own |
 * | `system`    | size system that the shopper thinks in (`EU`, `UK`, ...): its label stands beside the article's |
 * | `storage`   | key in local storage of the shopper's file; `inseam.shopper` if absent |
 * | `lang`      | language of the texts and numbers; that of the page around it if absent |
 * | `open`      | shows the details from the start |
 *
 * Events, all of which bubble and cross shadow roots: `inseam-advice` after each advice,
 * `inseam-accept` when the shopper takes a size (its default, choosing the size in `for`, can be
 * prevented), `inseam-feedback` when they have answered something. Parts: `line`, `icon`, `size`,
 * `actions`, `accept`, `toggle`, `whom`, `profile`, `details`, `heading`, `chart`, `row`, `label`,
 * `bar`, `share`, `key`, `reasons`, `asking`, `field`, `answer`, `wear`, `small-print`, `forget`.
 *
 * @module
 */
import { breathe } from './breathe.js';
import { button, make } from './element/make.js';
import { inOwnSystem } from './element/own.js';
import type { Feedback, Panel, Shown } from './element/panel.js';
import { build, type Parts } from './element/parts.js';
import { product } from './element/product.js';
import { Sizes } from './element/sizes.js';
import { type State, statement } from './element/statement.js';
import { whom } from './element/whom.js';
import type { Inseam, Shopper } from './model.js';
import { sharedModel } from './shared.js';
import { ShopperFile } from './shopper.js';
import { browserStorage, SHOPPER_EVENT, STORAGE_KEY } from './storage.js';
import { speaker } from './texts/index.js';
import type { Speaker, Texts } from './texts/texts.js';
import type { Advice, AdviseOptions, ArticleFacts, Costs, ShopperDetails } from './types.js';

export type { Answer } from './element/asking.js';
export type { State } from './element/statement.js';
export { sharedModel, storedShopper, storeShopper } from './shared.js';
export { SHOPPER_EVENT, STORAGE_KEY } from './storage.js';
export { LANGUAGES } from './texts/index.js';
export type { Text, Texts } from './texts/texts.js';

/** What the event `inseam-advice` carries. */
export interface AdviceDetail {
  /** What the element says. */
  state: State;
  /** The sizes that the line names as good to take. */
  takes: readonly string[];
  /** On the sizes in stock. */
  advice?: Advice;
  shopper?: Shopper;
  model?: Inseam;
  facts?: ArticleFacts | undefined;
  /** Why there is no advice. */
  error?: unknown;
}

/** What the event `inseam-accept` carries. */
export interface AcceptDetail {
  article: string;
  size: string;
}

/** What the event `inseam-feedback` carries: an answer, a wish for closer or looser in steps, or that all answers are taken back. It is in the shopper's file already. */
export type FeedbackDetail = Feedback;

// Where there is no DOM (a server that renders pages) the import must still succeed.
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** The custom element; see the module. */
export class InseamAdvice extends Base {
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

  #given: ShopperDetails | undefined;
  #texts: Partial<Texts> = {};
  #file: ShopperFile | undefined;
  #sizes: Sizes | undefined;
  #result: AdviceDetail | undefined;
  #open = false;
  #turn = 0;
  #queued = false;

  #parts: Parts | undefined;
  #panel: Promise<Panel> | undefined;

  /** The shopper's details, if not to be read from their file. Set it anew when they change. */
  get shopper(): ShopperDetails | undefined {
    return this.#given;
  }

  set shopper(details: ShopperDetails | undefined) {
    this.#given = details;
    this.refresh();
  }

  /** Texts of the shop's own: each goes before the catalogue's. */
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
    this.#show(open);
  }

  /** What the last `inseam-advice` carried, for those who came too late to hear it. */
  get result(): AdviceDetail | undefined {
    return this.#result;
  }

  connectedCallback(): void {
    window.addEventListener(SHOPPER_EVENT, this.#onShopper);
    window.addEventListener('storage', this.#onStorage);
    this.refresh();
  }

  disconnectedCallback(): void {
    window.removeEventListener(SHOPPER_EVENT, this.#onShopper);
    window.removeEventListener('storage', this.#onStorage);
    this.#sizes?.stop();
    this.#sizes = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (name === 'storage') this.#file = undefined;
    if (name === 'for') {
      this.#sizes?.stop();
      this.#sizes = undefined;
    }
    this.refresh();
  }

  /** Asks for the advice again. Changes made in one go cost one answer. */
  refresh(): void {
    if (this.#queued || !this.isConnected) return;
    this.#queued = true;
    void this.#soon();
  }

  async #soon(): Promise<void> {
    if (!this.#parts) {
      // The page's own script is still at it.
      await breathe();
      void this.#shown;
      await breathe();
    } else await undefined;
    this.#queued = false;
    if (this.isConnected) await this.#advise();
  }

  readonly #onShopper = (event: Event): void => {
    const { key, file } = (event as CustomEvent<{ key: string; file: ShopperFile }>).detail;
    if (key !== this.#key) return;
    this.#file = file;
    this.refresh();
  };

  readonly #onStorage = (event: StorageEvent): void => {
    if (event.key !== null && event.key !== this.#key) return;
    this.#file?.reload();
    this.refresh();
  };

  get #key(): string {
    return this.getAttribute('storage') || STORAGE_KEY;
  }

  get #shopperFile(): ShopperFile {
    this.#file ??= new ShopperFile(browserStorage(this.#key));
    return this.#file;
  }

  get #details(): ShopperDetails {
    return this.#given ?? this.#shopperFile.details;
  }

  #list(name: string): string[] | undefined {
    return this.getAttribute(name)
      ?.split('|')
      .filter((word) => word !== '');
  }

  get #costs(): Costs | undefined {
    const named = { lostSale: 'lost-sale', spare: 'spare', hesitant: 'hesitant' };
    const given = Object.entries(named).filter(([, attribute]) => this.hasAttribute(attribute));
    const read = ([name, attribute]: [string, string]) => [
      name,
      Number(this.getAttribute(attribute) || Number.NaN),
    ];
    return given.length > 0 ? Object.fromEntries(given.map(read)) : undefined;
  }

  /** What is in the shadow root, made when it is first needed. */
  get #shown(): Parts {
    if (this.#parts) return this.#parts;
    const parts = build(this.attachShadow({ mode: 'open' }));
    parts.toggle.addEventListener('click', () => this.#show(!this.#open));
    for (const near of ['pointerenter', 'focus'])
      parts.toggle.addEventListener(near, () => this.#fetchPanel());
    this.#open ||= this.hasAttribute('open');
    this.#parts = parts;
    return parts;
  }

  async #advise(): Promise<void> {
    const turn = ++this.#turn;
    const page = product(document);
    const [url, article] = [
      this.getAttribute('model'),
      this.getAttribute('article') || page?.article,
    ];
    if (!url || !article) return;
    const target = this.getAttribute('for');
    const held = target
      ? (this.getRootNode() as Document | ShadowRoot).getElementById(target)
      : null;
    if (held && !this.#sizes) this.#sizes = new Sizes(held, () => this.refresh());
    const inStock = this.#list('in-stock') ?? this.#sizes?.inStock ?? page?.inStock;
    const costs = this.#costs;
    const options: AdviseOptions = { ...(inStock && { inStock }), ...(costs && { costs }) };
    const language =
      this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || 'en';
    const voice = speaker(language, this.#texts);
    // The first time, each step compiles what it runs: one after the other they would hold up a
    // slow phone's page.
    const pause = this.#result ? undefined : breathe;
    const detail: AdviceDetail = { state: 'failed', takes: [] };
    try {
      await pause?.();
      detail.model = await sharedModel(url, this.getAttribute('keys')?.trim().split(/\s+/));
      const record = this.getAttribute('record');
      // One of another version is of no use: the article is fetched.
      if (record && !detail.model.article(article)) detail.model.addRecord(record);
      const details = this.#details;
      const bought = (details.history ?? []).flatMap((line) => line.article ?? []);
      await detail.model.load([article, ...bought]);
      await pause?.();
      detail.facts = detail.model.article(article);
      await pause?.();
      // Of a shopper of whom nothing is known, and half of what all others need.
      if (pause) detail.model.shopper();
      await pause?.();
      detail.shopper = detail.model.shopper(details);
      await pause?.();
      detail.advice = await detail.shopper.advise(article, options);
    } catch (error) {
      detail.error = error;
    }
    const speaks = await voice;
    await pause?.();
    // A later question may have been answered first.
    if (turn !== this.#turn || !this.isConnected) return;
    const said = statement(detail.advice);
    Object.assign(detail, { state: said.state, takes: said.takes });
    this.#result = detail;
    const chosen = this.#sizes?.chosen;
    this.#say(said.says, said.takes, article, speaks);
    await pause?.();
    if (this.#open) await this.#explain(article, options, speaks);
    if (turn !== this.#turn) return;
    this.dispatchEvent(
      new CustomEvent<AdviceDetail>('inseam-advice', { detail, bubbles: true, composed: true }),
    );
    const first = detail.advice?.size;
    if (this.hasAttribute('preselect') && first !== undefined && said.takes.includes(first)) {
      if (this.#sizes?.chosen === undefined) this.#sizes?.choose(first);
    }
    // The page may have chosen a size on hearing the advice, without a word to its own buttons.
    if (this.#sizes?.chosen !== chosen) this.#say(said.says, said.takes, article, speaks);
  }

  /** The line, and what can be done about it. */
  #say(
    says: ReturnType<typeof statement>['says'],
    takes: string[],
    article: string,
    speaks: Speaker,
  ): void {
    const { said, words, actions, toggle, profiles, details, small, slot } = this.#shown;
    const sentences = says.flatMap(([name, values], i) => {
      const sentence = make('span', i > 0 ? 'rest' : '');
      for (const { place, text } of speaks.pieces(name, values)) {
        // Set apart is what to take, not what is sold out.
        const isSize = (place === 'size' || place === 'other') && takes.includes(text);
        const own = isSize ? this.#own(text) : undefined;
        sentence.append(isSize ? make('b', 'size', text) : text, own ? ` (${own})` : '');
      }
      return i > 0 ? [' ', sentence] : [sentence];
    });
    words.replaceChildren(...sentences);
    const hadFocus = this.shadowRoot?.activeElement;
    const chosen = this.#sizes?.chosen;
    const sizes = this.#sizes ? takes : [];
    const buttons = sizes.map((size) =>
      size === chosen
        ? make('span', 'chosen', speaks.say('chosen', { size }))
        : button('accept', speaks.say('choose', { size }), () => this.#accept(article, size)),
    );
    const outcomes = this.#result?.advice?.outcomes.length ?? 0;
    toggle.hidden = outcomes === 0;
    toggle.textContent = speaks.say(
      this.#open ? 'hide' : this.#result?.state === 'unsure' ? 'ask' : 'why',
    );
    toggle.setAttribute('aria-expanded', String(this.#open && outcomes > 0));
    // The toggle stays where it is: taken out and put back it would lose the focus.
    for (const old of [...actions.children]) if (old !== toggle && old !== profiles) old.remove();
    toggle.before(...buttons);
    const { data } = this.#given ? {} : this.#shopperFile;
    whom(profiles, data?.profiles ?? [], data?.current ?? '', speaks, (id) =>
      this.#shopperFile.use(id),
    );
    // Shown is what is in it: it opens when that is there.
    if (!this.#open || outcomes === 0) details.hidden = true;
    // Without advice the shop's own content takes its place.
    if (outcomes > 0) small.before(slot);
    else said.append(slot);
    if (hadFocus && !hadFocus.isConnected) toggle.focus();
  }

  #own(size: string): string | undefined {
    const { facts, model } = this.#result ?? {};
    return inOwnSystem(
      size,
      facts,
      facts && model ? model.scales(facts.group) : [],
      this.getAttribute('system'),
    );
  }

  #accept(article: string, size: string): void {
    const event = new CustomEvent<AcceptDetail>('inseam-accept', {
      detail: { article, size },
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (this.dispatchEvent(event)) this.#sizes?.choose(size);
  }

  #show(open: boolean): void {
    this.#open = open;
    this.refresh();
  }

  /** Most shoppers take the line's word: what is behind the button is fetched when they come near it. */
  #fetchPanel(): Promise<Panel> {
    this.#panel ??= import('./element/panel.js').then(
      ({ Panel }) =>
        new Panel(
          this.#shown.details,
          this.#shown.small,
          (details, feedback) => this.#heard(details, feedback),
          () => {
            this.#shown.toggle.focus();
            this.refresh();
          },
        ),
    );
    this.#panel.catch(() => {
      this.#panel = undefined;
    });
    return this.#panel;
  }

  /** The panel, worked out only when it is open. */
  async #explain(article: string, options: AdviseOptions, speaks: Speaker): Promise<void> {
    const { advice, takes = [], shopper, model, facts } = this.#result ?? {};
    if (!advice || !shopper || !model || !facts || advice.outcomes.length === 0) return;
    const brands = this.#list('brands') ?? [];
    const several = this.#several(shopper, speaks);
    const panel = await this.#fetchPanel().catch(() => undefined);
    const shown = {
      article,
      advice,
      takes,
      shopper,
      model,
      facts,
      options,
      several,
      brands,
      details: this.#details,
    };
    await panel?.show(shown, speaks);
    this.#shown.details.hidden = !this.#open || panel === undefined;
  }

  /** Where the shopper's own file looks like several persons' and they have not said what to make of it. */
  #several(shopper: Shopper, speaks: Speaker): Shown['several'] {
    if (this.#given || this.#shopperFile.current.alone) return undefined;
    const [, ...others] = shopper.personas();
    if (others.length === 0) return undefined;
    const then = (change: (file: ShopperFile) => void) => () => {
      change(this.#shopperFile);
      this.#shown.toggle.focus();
    };
    const name = (i: number) => `${speaks.say('someone')}${others.length > 1 ? ` ${i + 1}` : ''}`;
    const persons = others.map(({ purchases }, i) => ({ name: name(i), lines: purchases }));
    return { apart: then((file) => file.apart(persons)), alone: then((file) => file.alone()) };
  }

  /** What the shopper says in the panel goes into their file, and the page is told. */
  #heard(details: ShopperDetails, detail: FeedbackDetail): void {
    if (this.#given) this.shopper = details;
    else this.#shopperFile.replace(details);
    // What was answered is gone from the panel; its button is the place to go on from.
    if (detail.kind !== 'wear') this.#shown.toggle.focus();
    this.dispatchEvent(
      new CustomEvent<FeedbackDetail>('inseam-feedback', { detail, bubbles: true, composed: true }),
    );
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
