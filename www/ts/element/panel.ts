// What is behind the button: the chances of every size, the reasons, the one question, the wish for
// closer or looser.
import type { Inseam, Shopper } from '../model.js';
import type { Speaker } from '../texts/texts.js';
import type { Advice, AdviseOptions, ArticleFacts, Question, ShopperDetails } from '../types.js';
import { type Answer, asking, WORTH_ASKING } from './asking.js';
import { chart } from './chart.js';
import { button, make } from './make.js';
import { type BrandOf, reasons } from './reasons.js';
import { wear } from './wear.js';
import { offer } from './whom.js';

/** An answer, a wish for closer or looser in steps, or that all answers are taken back. */
export type Feedback = Answer | { kind: 'wear'; preference: number } | { kind: 'forget' };

/** What is shown. */
export interface Shown {
  article: string;
  advice: Advice;
  /** The sizes that the line names as good to take. */
  takes: readonly string[];
  shopper: Shopper;
  model: Inseam;
  facts: ArticleFacts;
  options: AdviseOptions;
  /** Where the history looks like several persons', and nobody has said otherwise: to make profiles of them, or that they are one. */
  several: { apart: () => void; alone: () => void } | undefined;
  /** Brands that may be asked about. */
  brands: readonly string[];
  /** What is known of the shopper. */
  details: ShopperDetails;
}

/** What the shopper does here: what is known of them changes, and why. */
export type Heard = (change: ShopperDetails, feedback: Feedback) => void;

/** Whether anything is known that the shopper has said in a panel: the account's purchases are of articles. */
const answered = ({ history = [], body = {}, preference = 0 }: ShopperDetails): boolean =>
  preference !== 0 ||
  Object.keys(body).length > 0 ||
  history.some(({ article }) => article === undefined);

/** The panel. Its parts are brought up to date one by one, so that nobody loses their place or what they have typed. */
export class Panel {
  readonly #small: HTMLElement;
  readonly #chances = make('div');
  readonly #why = make('div', 'reasons');
  readonly #several = make('div');
  readonly #asking = make('div');
  readonly #wear = make('div');
  readonly #skipped = new Set<string>();
  readonly #heard: Heard;
  readonly #again: () => void;
  #asked = '';
  /** As last shown: what the shopper does builds on what is known now, not on what was when a field was made. */
  #details: ShopperDetails = {};

  /**
   * @param place where all of it stands
   * @param small where the small print does, in it; the shop's own content comes before that
   * @param heard gets what the shopper says
   * @param again is called where the panel has to be shown anew: a question was skipped
   */
  constructor(place: HTMLElement, small: HTMLElement, heard: Heard, again: () => void) {
    this.#small = small;
    this.#heard = heard;
    this.#again = again;
    place.prepend(this.#chances, this.#why, this.#several, this.#asking, this.#wear);
  }

  async show(shown: Shown, speaks: Speaker): Promise<void> {
    const { article, advice, takes, shopper, model, facts, options, several, brands, details } =
      shown;
    this.#details = details;
    const influences = await shopper.explain(article, options);
    const { inStock } = options;
    const has = inStock && ((size: string) => inStock.includes(size));
    this.#chances.replaceChildren(chart(advice.outcomes, takes, has, speaks));
    const brandOf: BrandOf = ({ article: bought, brand }) =>
      (bought === undefined ? undefined : model.article(bought)?.brand) || brand;
    const why = reasons(advice, influences, details.history ?? [], brandOf, facts, speaks);
    const list = make('ul', '', ...why.map((text) => make('li', '', text)));
    this.#why.replaceChildren(make('h3', 'heading', speaks.say('because')), list);
    this.#several.replaceChildren(
      ...(several ? [offer(speaks, several.apart, several.alone)] : []),
    );
    this.#several.hidden = several === undefined;
    const known = [...new Set([facts.brand, ...brands])].filter((brand) => brand !== '');
    const questions = await model.questions(details, article, known);
    const question = questions.find(
      ({ nats, name }) => nats >= WORTH_ASKING && !this.#skipped.has(name),
    );
    this.#ask(question, shown, speaks);
    wear(this.#wear, details.preference ?? 0, speaks, (preference) =>
      this.#heard({ ...this.#details, preference }, { kind: 'wear', preference }),
    );
    this.#small.replaceChildren(make('span', '', speaks.say('private')));
    if (answered(details))
      this.#small.append(button('forget', speaks.say('forget'), () => this.#forget()));
  }

  #forget(): void {
    const { history = [] } = this.#details;
    const bought = history.filter(({ article }) => article !== undefined);
    this.#heard({ history: bought, body: {}, preference: 0 }, { kind: 'forget' });
  }

  #ask(question: Question | undefined, { facts, model }: Shown, speaks: Speaker): void {
    const labels = facts.sizes.map(({ size }) => size);
    const asked = question
      ? JSON.stringify([question.kind, question.name, labels, speaks.say('askOne')])
      : '';
    // The form stays while the shopper is at it.
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#asking.hidden = !question;
    this.#asking.replaceChildren();
    if (!question) return;
    const said = (answer: Answer) => {
      const { history = [], body = {} } = this.#details;
      if (answer.kind === 'measurement') {
        this.#heard({ ...this.#details, body: { ...body, [answer.name]: answer.value } }, answer);
      } else {
        const { kind: _, ...purchase } = answer;
        this.#heard(
          { ...this.#details, history: [...history, { ...purchase, outcome: 'kept' }] },
          answer,
        );
      }
    };
    const skipped = () => {
      this.#skipped.add(question.name);
      this.#again();
    };
    this.#asking.append(asking(question, facts, model.measurements, speaks, said, skipped));
  }
}
