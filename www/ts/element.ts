/**
 * `<inseam-advice model="/fit/shop.inseam" article="SKU-123">Size chart</inseam-advice>`: one quiet line of size advice, with the
 * chances of every size, the reasons and one question behind a button. Importing this module registers the element; what stands inside the tag
 * is shown where there is no script, no WebAssembly or no model, and at the end of the details elsewhere.
 *
 * | attribute   | what |
 * | ----------- | ---- |
 * | `model`     | URL of the model's file |
 * | `article`   | the shop's article id; from the page's JSON-LD if absent |
 * | `for`       | id of the element that holds the size buttons (radio buttons, options, buttons): their stock is followed, and the advised size can be chosen there |
 * | `preselect` | chooses the advised size there, as long as none is chosen |
 * | `in-stock`  | size labels that can be had, separated by `\|`; goes before `for` and JSON-LD; all of them if none of the three says |
 * | `brands`    | brands that shoppers know, separated by `\|`: what they may be asked about beside the article's own |
 * | `storage`   | key in local storage of the shopper's file; `inseam.shopper` if absent |
 * | `lang`      | language of the texts and numbers; that of the page around it if absent |
 * | `open`      | shows the details from the start |
 *
 * Events, all of which bubble and cross shadow roots: `inseam-advice` after each advice, `inseam-accept` when the shopper takes a size (its default, choosing
 * the size in `for`, can be prevented), `inseam-feedback` when they have answered something. Parts: `line`, `icon`, `size`, `actions`, `accept`, `toggle`,
 * `details`, `heading`, `chart`, `row`, `label`, `bar`, `share`, `key`, `reasons`, `asking`, `field`, `answer`, `wear`, `small-print`, `forget`.
 *
 * @module
 */
import { type Answer, asking, WORTH_ASKING } from './element/asking.js';
import { chart } from './element/chart.js';
import { button, make, tape } from './element/make.js';
import { product } from './element/product.js';
import { reasons } from './element/reasons.js';
import { Sizes } from './element/sizes.js';
import { type State, statement } from './element/statement.js';
import { style } from './element/style.js';
import { wear } from './element/wear.js';
import type { Inseam, Shopper } from './model.js';
import { sharedModel } from './shared.js';
import { ShopperFile } from './shopper.js';
import { browserStorage, SHOPPER_EVENT, STORAGE_KEY } from './storage.js';
import { speaker } from './texts/index.js';
import type { Speaker, Texts } from './texts/texts.js';
import type { Advice, ArticleFacts, Question, ShopperDetails } from './types.js';

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
export type FeedbackDetail = Answer | { kind: 'wear'; preference: number } | { kind: 'forget' };

// Where there is no DOM (a server that renders pages) the import must still succeed.
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** The custom element; see the module. */
export class InseamAdvice extends Base {
  static readonly observedAttributes = [
    'model',
    'article',
    'for',
    'preselect',
    'in-stock',
    'brands',
    'storage',
    'lang',
  ];

  #given: ShopperDetails | undefined;
  #texts: Partial<Texts> = {};
  #file: ShopperFile | undefined;
  #sizes: Sizes | undefined;
  #result: AdviceDetail | undefined;
  #open = false;
  readonly #skipped = new Set<string>();
  #turn = 0;
  #queued = false;

  readonly #parts = globalThis.document && {
    said: make('div', 'said'),
    line: make('p', 'line'),
    actions: make('div', 'actions'),
    details: make('div', 'details'),
    toggle: button('toggle', '', () => this.#show(!this.#open)),
    chances: make('div'),
    why: make('div', 'reasons'),
    asking: make('div'),
    wear: make('div'),
    small: make('div', 'small-print'),
    slot: make('slot'),
  };

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
    if (!this.shadowRoot) this.#build();
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
    queueMicrotask(() => {
      this.#queued = false;
      void this.#advise();
    });
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
    return this.getAttribute(name)?.split('|');
  }

  #build(): void {
    const { said, line, actions, details, chances, why, asking, wear, slot, small, toggle } = this.#parts;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet()];
    line.setAttribute('role', 'status');
    toggle.hidden = true;
    toggle.setAttribute('aria-controls', 'details');
    details.id = 'details';
    details.append(chances, why, asking, wear, slot, small);
    actions.append(toggle);
    said.append(line, actions);
    root.append(said, details);
    this.#open = this.hasAttribute('open');
    details.hidden = !this.#open;
  }

  async #advise(): Promise<void> {
    const turn = ++this.#turn;
    const page = product(document);
    const [url, article] = [this.getAttribute('model'), this.getAttribute('article') || page?.article];
    if (!url || !article) return;
    const target = this.getAttribute('for');
    const held = target ? (this.getRootNode() as Document | ShadowRoot).getElementById(target) : null;
    if (held && !this.#sizes) this.#sizes = new Sizes(held, () => this.refresh());
    const inStock = this.#list('in-stock') ?? this.#sizes?.inStock ?? page?.inStock;
    const language = this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || 'en';
    const voice = speaker(language, this.#texts);
    const detail: AdviceDetail = { state: 'failed', takes: [] };
    let whole: Advice | undefined;
    try {
      detail.model = await sharedModel(url);
      detail.facts = detail.model.article(article);
      detail.shopper = detail.model.shopper(this.#details);
      detail.advice = await detail.shopper.advise(article, inStock ? { inStock } : {});
      whole = inStock ? await detail.shopper.advise(article) : detail.advice;
    } catch (error) {
      detail.error = error;
    }
    const speaks = await voice;
    // A later question may have been answered first.
    if (turn !== this.#turn || !this.isConnected) return;
    const said = statement(detail.advice, whole);
    Object.assign(detail, { state: said.state, takes: said.takes });
    this.#result = detail;
    const chosen = this.#sizes?.chosen;
    this.#say(said.says, said.takes, article, speaks);
    if (this.#open) await this.#explain(speaks, inStock);
    if (turn !== this.#turn) return;
    this.dispatchEvent(new CustomEvent<AdviceDetail>('inseam-advice', { detail, bubbles: true, composed: true }));
    const first = detail.advice?.size;
    if (this.hasAttribute('preselect') && first !== undefined && said.takes.includes(first)) {
      if (this.#sizes?.chosen === undefined) this.#sizes?.choose(first);
    }
    // The page may have chosen a size on hearing the advice, without a word to its own buttons.
    if (this.#sizes?.chosen !== chosen) this.#say(said.says, said.takes, article, speaks);
  }

  /** The line, and what can be done about it. */
  #say(says: ReturnType<typeof statement>['says'], takes: string[], article: string, speaks: Speaker): void {
    const { line, actions, toggle, details } = this.#parts;
    const words = make('span');
    for (const [i, [name, values]] of says.entries()) {
      const sentence = make('span', i > 0 ? 'rest' : '');
      for (const { place, text } of speaks.pieces(name, values)) {
        sentence.append(i === 0 && place && place !== 'count' ? make('b', 'size', text) : text);
      }
      words.append(i > 0 ? ' ' : '', sentence);
    }
    line.replaceChildren(tape(), words);
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
    toggle.textContent = speaks.say(this.#open ? 'hide' : this.#result?.state === 'unsure' ? 'ask' : 'why');
    toggle.setAttribute('aria-expanded', String(this.#open && outcomes > 0));
    // The toggle stays where it is: taken out and put back it would lose the focus.
    for (const old of [...actions.children]) if (old !== toggle) old.remove();
    toggle.before(...buttons);
    details.hidden = !(this.#open && outcomes > 0);
    // Without advice the shop's own content takes its place.
    if (outcomes > 0) details.append(this.#parts.slot, this.#parts.small);
    else this.#parts.said.append(this.#parts.slot);
    if (hadFocus && !hadFocus.isConnected) toggle.focus();
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

  /** What is behind the button; worked out only when it is open. */
  async #explain(speaks: Speaker, inStock: readonly string[] | undefined): Promise<void> {
    const { advice, shopper, model, facts } = this.#result ?? {};
    if (!advice || !shopper || !model || !facts || advice.outcomes.length === 0) return;
    const article = this.getAttribute('article') || product(document)?.article || '';
    const known = this.#details;
    const influences = await shopper.explain(article, inStock ? { inStock } : {});
    const why = reasons(advice, influences, known.history ?? [], facts, speaks);
    const { chances, asking, wear: wish, small, why: because } = this.#parts;
    const best = advice.status === 'unsure' ? [] : advice.size === undefined ? [] : [advice.size];
    const has = inStock && ((size: string) => inStock.includes(size));
    chances.replaceChildren(chart(advice.outcomes, best, has, speaks));
    const list = make('ul');
    list.append(...why.map((text) => make('li', '', text)));
    because.replaceChildren(make('h3', 'heading', speaks.say('because')), list);
    const brands = [facts.brand, ...(this.#list('brands') ?? [])].filter(
      (brand, i, all) => brand && all.indexOf(brand) === i,
    );
    const questions = model.questions(known, article, brands);
    const question = questions.find(({ nats, name }) => nats >= WORTH_ASKING && !this.#skipped.has(name));
    this.#ask(asking, question, facts, model, speaks);
    wear(wish, known.preference ?? 0, speaks, (preference) => {
      this.#remember({ preference });
      this.#tell({ kind: 'wear', preference });
    });
    small.replaceChildren(make('span', '', speaks.say('private')));
    if (!this.#given && this.#answered(known)) {
      small.append(
        button('forget', speaks.say('forget'), () => {
          const history = (known.history ?? []).filter(({ article: bought }) => bought !== undefined);
          this.#remember({ history, body: {}, preference: 0 });
          this.#tell({ kind: 'forget' });
        }),
      );
    }
  }

  /** Whether anything is known that the shopper has said here. */
  #answered({ history = [], body = {}, preference = 0 }: ShopperDetails): boolean {
    return preference !== 0 || Object.keys(body).length > 0 || history.some(({ article }) => article === undefined);
  }

  #ask(place: HTMLElement, question: Question | undefined, facts: ArticleFacts, model: Inseam, speaks: Speaker): void {
    const key = question
      ? JSON.stringify([question.kind, question.name, facts.sizes.map(({ size }) => size), speaks.say('askOne')])
      : '';
    // The form stays while the shopper is at it.
    if (place.dataset['key'] === key) return;
    place.dataset['key'] = key;
    place.hidden = !question;
    if (!question) {
      place.replaceChildren();
      return;
    }
    const answered = (answer: Answer) => {
      const { history = [], body = {} } = this.#details;
      if (answer.kind === 'measurement') {
        this.#remember({ body: { ...body, [answer.name]: answer.value } });
      } else {
        const { kind: _, ...purchase } = answer;
        this.#remember({ history: [...history, { ...purchase, outcome: 'kept' }] });
      }
      this.#parts.toggle.focus();
      this.#tell(answer);
    };
    const skipped = () => {
      this.#skipped.add(question.name);
      this.#parts.toggle.focus();
      this.refresh();
    };
    place.replaceChildren(asking(question, facts, model.measurements, speaks, answered, skipped));
  }

  #remember(change: Partial<ShopperDetails>): void {
    const details = { ...this.#details, ...change };
    if (this.#given) this.shopper = details;
    else this.#shopperFile.replace(details);
  }

  #tell(detail: FeedbackDetail): void {
    this.dispatchEvent(new CustomEvent<FeedbackDetail>('inseam-feedback', { detail, bubbles: true, composed: true }));
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
