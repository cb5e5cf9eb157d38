// The details behind the button: the chances of every size, the reasons, one question, and the
// preference for closer or looser.
import type { Inseam } from '../model/model.js';
import type { Shopper } from '../model/shopper.js';
import type { Speaker } from '../texts/texts.js';
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Purchase,
  Question,
  ShopperDetails,
} from '../types.js';
import { chart } from './chart.js';
import { button, make } from './dom.js';
import { showPreference } from './preference.js';
import { separationOffer } from './profiles.js';
import { type Answer, MIN_NATS, questionForm } from './question-form.js';
import { reasonTexts } from './reasons.js';

/**
 * What the shopper did: they answered a question, set a preference in steps, or took back all
 * answers.
 */
export type Feedback = Answer | { kind: 'wear'; preference: number } | { kind: 'forget' };

/** What the panel shows. */
export interface PanelContent {
  article: string;
  advice: Advice;
  /** The sizes that the line of advice tells the shopper to take. */
  takes: readonly string[];
  shopper: Shopper;
  model: Inseam;
  facts: ArticleFacts;
  options: AdviseOptions;
  /** If the history looks like that of several people, what the shopper can do about it. */
  separation: { onSeparate: () => void; onKeepTogether: () => void } | undefined;
  /** Brands that the question may be about, besides the article's own. */
  brands: readonly string[];
  /** What is known about the shopper. */
  details: ShopperDetails;
}

/** What the panel tells the element. */
export interface PanelListeners {
  /** The shopper's details have changed by their feedback. */
  onFeedback: (details: ShopperDetails, feedback: Feedback) => void;
  /** A question was skipped, so the panel has to be shown again. */
  onSkip: () => void;
}

/** Whether the shopper has answered anything here: the account's own purchases are of articles. */
const hasAnswers = ({ history = [], body = {}, preference = 0 }: ShopperDetails): boolean =>
  preference !== 0 ||
  Object.keys(body).length > 0 ||
  history.some(({ article }) => article === undefined);

/** A shopper's details with an answer added. */
function withAnswer(details: ShopperDetails, answer: Answer): ShopperDetails {
  const { history = [], body = {} } = details;
  if (answer.kind === 'measurement')
    return { ...details, body: { ...body, [answer.name]: answer.value } };
  const { kind: _, ...purchase } = answer;
  return { ...details, history: [...history, { ...purchase, outcome: 'kept' }] };
}

/** A shopper's details without all answers. */
const withoutAnswers = ({ history = [] }: ShopperDetails): ShopperDetails => ({
  history: history.filter(({ article }) => article !== undefined),
  body: {},
  preference: 0,
});

/**
 * The panel. Its parts are updated one by one, so that the focus and what the shopper has typed
 * stay.
 */
export class Panel {
  readonly #smallPrint: HTMLElement;
  readonly #chances = make('div');
  readonly #reasons = make('div', 'reasons');
  readonly #separation = make('div');
  readonly #question = make('div');
  readonly #preference = make('div');
  /** Names of the questions that the shopper has skipped. */
  readonly #skipped = new Set<string>();
  readonly #listeners: PanelListeners;
  /** What the question's form was built from. */
  #questionKey = '';
  /** As shown last. A form that was built earlier must not undo what has changed since. */
  #details: ShopperDetails = {};

  /**
   * @param place the element to show the panel in
   * @param smallPrint its last child, which comes after the shop's own content
   */
  constructor(place: HTMLElement, smallPrint: HTMLElement, listeners: PanelListeners) {
    this.#smallPrint = smallPrint;
    this.#listeners = listeners;
    place.prepend(this.#chances, this.#reasons, this.#separation, this.#question, this.#preference);
  }

  async show(content: PanelContent, speaker: Speaker): Promise<void> {
    this.#details = content.details;
    await this.#showAdvice(content, speaker);
    this.#showSeparation(content, speaker);
    this.#showQuestion(await this.#nextQuestion(content), content, speaker);
    showPreference(this.#preference, content.details.preference ?? 0, speaker, (preference) =>
      this.#feedback({ ...this.#details, preference }, { kind: 'wear', preference }),
    );
    this.#showSmallPrint(speaker);
  }

  /** The chances and the reasons. */
  async #showAdvice(content: PanelContent, speaker: Speaker): Promise<void> {
    const { article, advice, takes, shopper, model, facts, options, details } = content;
    const influences = await shopper.explain(article, options);
    const { inStock } = options;
    const isInStock = inStock && ((size: string) => inStock.includes(size));
    this.#chances.replaceChildren(chart(advice.outcomes, takes, isInStock, speaker));
    const brandOf = ({ article: bought, brand }: Purchase) =>
      (bought === undefined ? undefined : model.article(bought)?.brand) || brand;
    const history = details.history ?? [];
    const texts = reasonTexts({ advice, influences, history, facts, brandOf }, speaker);
    const list = make('ul', '', ...texts.map((text) => make('li', '', text)));
    this.#reasons.replaceChildren(make('h3', 'heading', speaker.say('because')), list);
  }

  #showSeparation({ separation }: PanelContent, speaker: Speaker): void {
    this.#separation.replaceChildren(
      ...(separation
        ? [separationOffer(speaker, separation.onSeparate, separation.onKeepTogether)]
        : []),
    );
    this.#separation.hidden = separation === undefined;
  }

  /** The most informative question that was not skipped. */
  async #nextQuestion(content: PanelContent): Promise<Question | undefined> {
    const { article, model, facts, details } = content;
    const brands = new Set([facts.brand, ...content.brands]);
    brands.delete('');
    const questions = await model.questions(details, article, [...brands]);
    return questions.find(({ nats, name }) => nats >= MIN_NATS && !this.#skipped.has(name));
  }

  #showQuestion(
    question: Question | undefined,
    { facts, model }: PanelContent,
    speaker: Speaker,
  ): void {
    const labels = facts.sizes.map(({ size }) => size);
    const key = question
      ? JSON.stringify([question.kind, question.name, labels, speaker.say('askOne')])
      : '';
    // The same form stays, as the shopper may be filling it in.
    if (key === this.#questionKey) return;
    this.#questionKey = key;
    this.#question.hidden = !question;
    this.#question.replaceChildren();
    if (!question) return;
    const form = {
      question,
      facts,
      measurements: model.measurements,
      onAnswer: (answer: Answer) => this.#feedback(withAnswer(this.#details, answer), answer),
      onSkip: () => {
        this.#skipped.add(question.name);
        this.#listeners.onSkip();
      },
    };
    this.#question.append(questionForm(form, speaker));
  }

  #showSmallPrint(speaker: Speaker): void {
    this.#smallPrint.replaceChildren(make('span', '', speaker.say('private')));
    if (!hasAnswers(this.#details)) return;
    const forget = () => this.#feedback(withoutAnswers(this.#details), { kind: 'forget' });
    this.#smallPrint.append(button('forget', speaker.say('forget'), forget));
  }

  #feedback(details: ShopperDetails, feedback: Feedback): void {
    this.#listeners.onFeedback(details, feedback);
  }
}
