// The details behind the button: the chances of every size, the reasons, one question, and the
// preference for closer or looser.
import type { Inseam } from '../model/model.js';
import type { Shopper } from '../model/shopper.js';
import { schemaName } from '../model/size-names.js';
import type { StoredFile } from '../shopper-file/stored-file.js';
import { PanelSpeaker } from '../texts/panel-speaker.js';
import type { Speaker } from '../texts/texts.js';
import type {
  Advice,
  AdviseOptions,
  ArticleFacts,
  Influence,
  Measurement,
  Purchase,
  Question,
  ShopperDetails,
} from '../types.js';
import { answerList } from './answer-list.js';
import {
  type Answer,
  answersFor,
  hasAnswers,
  questionOf,
  withAnswer,
  withoutAnswer,
  withoutAnswers,
} from './answers.js';
import { statedBrand, systemsOf } from './brand-systems.js';
import { chart } from './chart.js';
import { onDismiss, openDetails } from './details-view.js';
import { button, make } from './dom.js';
import { panelStyle } from './panel-style.js';
import { showPreference } from './preference.js';
import { besideIt, MIN_NATS, questionForm } from './question-form.js';
import { reasonTexts } from './reasons.js';
import { separationOffer } from './separation.js';
import { adoptStyle } from './shadow-root.js';

/**
 * What the shopper did: they answered a question, removed an answer, set a preference in steps, or
 * took back all answers.
 */
export type Feedback =
  | Answer
  | { kind: 'remove'; answer: Answer }
  | { kind: 'wear'; preference: number }
  | { kind: 'forget' };

/** A change of the shopper's details by their feedback. */
type Change = (details: ShopperDetails) => ShopperDetails;

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
  /** Brands that the question may be about, besides the article's own: see {@link statedBrand}. */
  brands: readonly string[];
  /** The size system that the shopper knows; null if the page does not state it. */
  ownSystem: string | null;
  /** What is known about the shopper. */
  details: ShopperDetails;
  /** The shopper's file; undefined if the page states the details. */
  file: StoredFile | undefined;
}

/** What the panel tells the element. */
export interface PanelListeners {
  /** The shopper gave feedback, which changes their details. */
  onFeedback: (change: Change, feedback: Feedback) => void;
  /** Another question is to be shown, or none, so the panel has to be shown again. */
  onOtherQuestion: () => void;
  onClose: () => void;
  /** What may have the focus disappears: it moves to what stays. */
  keepFocus: () => void;
}

/**
 * The panel. Its parts are updated one by one, so that the focus and what the shopper has typed
 * stay.
 */
export class Panel {
  readonly #place: HTMLDialogElement;
  readonly #smallPrint: HTMLElement;
  /** Closes the sheet; beside the details the toggle does. */
  readonly #close = button('close', '', () => this.#listeners.onClose());
  readonly #chances = make('div');
  readonly #reasons = make('div', 'reasons');
  readonly #separation = make('div');
  readonly #answers = make('div', 'answered');
  readonly #question = make('div');
  readonly #preference = make('div');
  /** Names of the questions that the shopper has skipped. */
  readonly #skipped = new Set<string>();
  readonly #listeners: PanelListeners;
  /** What the question's form was built from. */
  #questionKey = '';
  /** The answer that the shopper is changing. */
  #changing: Answer | undefined;

  /**
   * @param place the element to show the panel in
   * @param smallPrint its last child, which comes after the shop's own content
   */
  constructor(place: HTMLDialogElement, smallPrint: HTMLElement, listeners: PanelListeners) {
    this.#smallPrint = smallPrint;
    this.#listeners = listeners;
    this.#place = place;
    const root = place.getRootNode() as ShadowRoot;
    adoptStyle(root, panelStyle);
    onDismiss(place, root, listeners.onClose);
    const parts = [this.#reasons, this.#separation, this.#answers, this.#question];
    place.prepend(this.#close, this.#chances);
    // The shop's own content, such as its size chart, is between the chances and the reasons.
    smallPrint.before(...parts, this.#preference);
  }

  /** @param isCurrent whether there is nothing newer to show */
  async show(content: PanelContent, of: Speaker, isCurrent: () => boolean): Promise<void> {
    const speaker = new PanelSpeaker(of);
    const influences = await content.shopper.explain(content.article, content.options);
    const question = await this.#nextQuestion(content);
    if (!isCurrent()) return;
    this.#close.textContent = speaker.say('hide');
    this.#showAdvice(content, influences, speaker);
    this.#showSeparation(content, speaker);
    this.#showAnswers(content, speaker);
    this.#showQuestion(question, content, speaker);
    showPreference(this.#preference, content.details.preference ?? 0, speaker, (preference) =>
      this.#feedback((details) => ({ ...details, preference }), { kind: 'wear', preference }),
    );
    this.#showSmallPrint(content, speaker);
  }

  /** Shows the panel, as a sheet over the page or where it is. */
  open(asSheet: boolean): void {
    openDetails(this.#place, asSheet);
  }

  /** Scrolls the question into sight, without moving the page around the panel. */
  showQuestion(): void {
    const top = (element: Element) => element.getBoundingClientRect().top;
    if (!this.#question.hidden) this.#place.scrollTop += top(this.#question) - top(this.#place);
  }

  /** The chances and the reasons. */
  #showAdvice(
    content: PanelContent,
    influences: readonly Influence[],
    speaker: PanelSpeaker,
  ): void {
    const { advice, takes, model, facts, options, details } = content;
    this.#chances.replaceChildren(chart(advice, takes, options, speaker));
    const brandOf = ({ article: bought, brand }: Purchase) =>
      (bought === undefined ? undefined : model.article(bought)?.brand) || brand;
    const history = details.history ?? [];
    const texts = reasonTexts({ advice, takes, influences, history, facts, brandOf }, speaker);
    const list = make('ul', '', ...texts.map((text) => make('li', '', text)));
    this.#reasons.replaceChildren(make('h3', 'heading', speaker.say('because')), list);
  }

  #showSeparation({ file, shopper }: PanelContent, speaker: PanelSpeaker): void {
    const offer = file && separationOffer(file, shopper, speaker, this.#listeners.keepFocus);
    this.#separation.replaceChildren(...(offer ? [offer] : []));
    this.#separation.hidden = !offer;
  }

  #showAnswers({ facts, model, details }: PanelContent, speaker: PanelSpeaker): void {
    const answers = answersFor(facts.group, model.measurements, details);
    const remove = (answer: Answer) => {
      this.#changing = undefined;
      this.#feedback((now) => withoutAnswer(now, answer), { kind: 'remove', answer });
    };
    this.#answers.replaceChildren(
      ...answerList(answers, speaker, (answer) => this.#change(answer), remove),
    );
    this.#answers.hidden = answers.length === 0;
  }

  /** Shows the form for an answer that is there, or the next question again. */
  #change(answer: Answer | undefined): void {
    this.#changing = answer;
    this.#listeners.keepFocus();
    this.#listeners.onOtherQuestion();
  }

  /** The question whose answer is being changed, else the most informative one that is open. */
  async #nextQuestion(content: PanelContent): Promise<Pick<Question, 'kind' | 'name'> | undefined> {
    if (this.#changing) return questionOf(this.#changing);
    const { article, model, facts, details } = content;
    const stated = content.brands.map((entry) => statedBrand(entry).name);
    const brands = new Set([facts.brand, ...stated]);
    const answered = answersFor(facts.group, [], details).map((answer) => questionOf(answer).name);
    for (const brand of ['', ...answered]) brands.delete(brand);
    const questions = await model.questions(details, article, [...brands]);
    return questions.find(({ nats, name }) => nats >= MIN_NATS && !this.#skipped.has(name));
  }

  /** The measurement that is asked for in the same step. */
  #secondOf(
    question: Pick<Question, 'kind' | 'name'> | undefined,
    measurements: readonly Measurement[],
    { body = {} }: ShopperDetails,
  ): string | undefined {
    const open = ({ name }: Measurement) =>
      (body[name] ?? undefined) === undefined && !this.#skipped.has(name);
    if (question?.kind !== 'measurement') return undefined;
    return besideIt(question.name, measurements.filter(open));
  }

  /** The systems in which the shopper can state their size in a brand. */
  #systemsOf(brand: string, { brands, facts, model, ownSystem, details }: PanelContent) {
    const stated = brands.map(statedBrand).find(({ name }) => name === brand);
    const bought = details.history?.flatMap(({ article }) =>
      article === undefined ? [] : (model.article(article) ?? []),
    );
    return systemsOf(
      stated ?? { name: brand, systems: [] },
      facts.group,
      [facts, ...(bought ?? [])],
      model.scales(facts.group),
      ownSystem ? schemaName(ownSystem) : undefined,
    );
  }

  #showQuestion(
    question: Pick<Question, 'kind' | 'name'> | undefined,
    content: PanelContent,
    speaker: PanelSpeaker,
  ): void {
    const { facts, model, details } = content;
    const answer = this.#changing;
    const second = answer ? undefined : this.#secondOf(question, model.measurements, details);
    const labels = facts.sizes.map(({ size }) => size);
    const askOne = speaker.say('askOne');
    const key = question
      ? JSON.stringify([question.kind, question.name, second, answer, labels, askOne])
      : '';
    this.#question.hidden = !question;
    // The same form stays, as the shopper may be filling it in.
    if (key === this.#questionKey) return;
    this.#questionKey = key;
    this.#question.replaceChildren();
    if (!question) return;
    const form = {
      question,
      second,
      answer,
      facts,
      systems: question.kind === 'brand' ? this.#systemsOf(question.name, content) : [],
      measurements: model.measurements,
      onAnswer: (answers: readonly Answer[]) => {
        this.#changing = undefined;
        // The answer changes what is above.
        this.#place.scrollTop = 0;
        for (const given of answers) this.#feedback((now) => withAnswer(now, given), given);
      },
      onSkip: () => {
        if (!answer) for (const name of [question.name, second ?? '']) this.#skipped.add(name);
        this.#change(undefined);
      },
    };
    this.#question.append(questionForm(form, speaker));
    if (answer) this.#question.querySelector<HTMLElement>('input, select')?.focus();
  }

  #showSmallPrint({ details, file }: PanelContent, speaker: PanelSpeaker): void {
    const isStored = file?.stored ?? true;
    const notes = isStored ? ['private' as const] : ['private' as const, 'notStored' as const];
    const text = notes.map((name) => speaker.say(name)).join(' ');
    this.#smallPrint.replaceChildren(make('span', '', text));
    if (!hasAnswers(details)) return;
    const forget = () => this.#feedback(withoutAnswers, { kind: 'forget' });
    this.#smallPrint.append(button('forget', speaker.say('forget'), forget));
  }

  #feedback(change: Change, feedback: Feedback): void {
    // The answered question disappears.
    if (feedback.kind !== 'wear') this.#listeners.keepFocus();
    this.#listeners.onFeedback(change, feedback);
  }
}
