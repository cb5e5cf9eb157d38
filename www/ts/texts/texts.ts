// The names of the element's texts, and how a text is filled in. Each language is a module of its
// own.

/**
 * A text with placeholders in braces, such as `Take {size}.`; or one for each plural form of the
 * language, chosen by the value of `count`. `other` is always there.
 */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/**
 * Every text of `<inseam-advice>`. A shop can replace any of them: see the element's property
 * `texts`.
 */
export interface Texts {
  /** The size to take. Placeholder: `size`. */
  take: Text;
  /** Of ten shoppers like this one, how many it fits. Placeholder: `count`, from 1 to 9. */
  fitsOf: Text;
  /** In place of `fitsOf` if it fits more than 95 of 100. */
  fitsMost: Text;
  /** After `fitsOf`, if most misfits are too small. */
  elseSmall: Text;
  /** After `fitsOf`, if most misfits are too large. */
  elseLarge: Text;
  /** Two sizes are about equally good. Placeholders: `size`, `other`. */
  between: Text;
  /** How these two differ. Placeholders: `smaller`, `larger`. */
  betweenHow: Text;
  /** How they differ if one is usual, the other fits more often. With `usual`, `fitter`. */
  betweenFits: Text;
  /** Two sizes to order together. Placeholders: `size`, `other`. */
  both: Text;
  /** What to do with the second of these. */
  bothHow: Text;
  /** Too little is known about the shopper. */
  unsure: Text;
  /** No size is likely to fit. */
  noFit: Text;
  /** The model does not know the article. */
  unknown: Text;
  /** There is no model. */
  failed: Text;
  /** The advised size is sold out. Placeholder: `size`. */
  soldOut: Text;
  /**
   * In place of `soldOut`, if the page states the sizes in stock alone: the size may never have
   * been made. Placeholder: `size`.
   */
  unavailable: Text;
  /**
   * After these, if another size is an acceptable substitute. Placeholders: `other`, `count`.
   */
  substitute: Text;
  /** After `soldOut` or `unavailable`, if no other size is an acceptable substitute. */
  noSubstitute: Text;
  /** The button that opens the details. */
  why: Text;
  /** The button that closes the details. */
  hide: Text;
  /** The button that opens the question, if too little is known about the shopper. It is short. */
  ask: Text;
  /** The button that chooses the advised size. Placeholder: `size`. */
  choose: Text;
  /** In place of that button, once the size is chosen. Placeholder: `size`. */
  chosen: Text;
  /** The button that begins an order of two sizes. Placeholders: `size`, `other`. */
  chooseBoth: Text;
  /** The button for the second of these, once the first is chosen. Placeholder: `other`. */
  thenOther: Text;
  /** Heading of the chances. */
  chart: Text;
  /** In place of `chart`, if nothing is known about the shopper: the chances are everybody's. */
  chartOfAll: Text;
  /** An outcome, in the key of the chances. */
  tooSmall: Text;
  /** An outcome, in the key of the chances. */
  fits: Text;
  /** An outcome, in the key of the chances. */
  tooLarge: Text;
  /** What hatching means, in the key of the chances, where a size has no figure. */
  uncertain: Text;
  /**
   * One size's chances, for screen readers. Placeholders: `size`, and `small`, `fit` and `large` as
   * percentages.
   */
  row: Text;
  /** A size (`size`) too far from the likely ones for the shop's history to support its chances. */
  rowUnknown: Text;
  /** After `row`: the size is advised. */
  ours: Text;
  /** After `row`: the size is sold out. */
  gone: Text;
  /** In place of `gone`, as `unavailable`. */
  notHere: Text;
  /** Heading of the reasons. */
  because: Text;
  /** Reason: purchases of this kind of garment. Placeholder: `count`. */
  history: Text;
  /** Reason: no purchases of this kind of garment, but of others. Placeholder: `count`. */
  otherKinds: Text;
  /** Reason: the shopper's body measurements. */
  measurements: Text;
  /** Reason: nothing is known about the shopper. */
  nothing: Text;
  /** Reason: only what the shopper answered. */
  answered: Text;
  /** Reason: the size that the shopper usually wears. Placeholder: `size`. */
  stated: Text;
  /** Reason: purchases that were kept. Placeholders: `size`, `count`. */
  kept: Text;
  /** Reason: purchases that were too small. Placeholders: `size`, `count`. */
  wasSmall: Text;
  /** Reason: purchases that were too large. Placeholders: `size`, `count`. */
  wasLarge: Text;
  /** After a reason: the size that would be advised without it. Placeholder: `size`. */
  without: Text;
  /** Reason: the article runs small. Placeholder: `amount`. */
  pieceSmall: Text;
  /** Reason: the article runs large. Placeholder: `amount`. */
  pieceLarge: Text;
  /** Reason: the brand runs small. Placeholders: `brand`, `amount`. */
  brandSmall: Text;
  /** Reason: the brand runs large. Placeholders: `brand`, `amount`. */
  brandLarge: Text;
  /** Amount: about a quarter of a size. */
  bit: Text;
  /** Amount: about half a size. */
  half: Text;
  /** Amount: about one size. */
  one: Text;
  /** Amount: more than one size. */
  more: Text;
  /** Heading of the question. */
  askOne: Text;
  /** Heading of the question for two measurements. */
  askTwo: Text;
  /** The question for the size in a brand. Placeholder: `brand`. */
  askBrand: Text;
  /** The button that submits the answer, to this page alone. */
  answer: Text;
  /** The button that skips the question. */
  skip: Text;
  /** Heading of the shopper's answers. */
  answers: Text;
  /** The button that changes an answer. */
  change: Text;
  /** The button that removes an answer. */
  remove: Text;
  /** The button that leaves an answer as it is. */
  cancel: Text;
  /** The name of the list of units, for screen readers. */
  unit: Text;
  /** Asks which of several values is meant, for an unusual one; buttons with the values follow. */
  check: Text;
  /** What was entered is no value of this measurement. */
  noNumber: Text;
  /** The shopper wants to answer, but has entered nothing. */
  empty: Text;
  /**
   * The names of body measurements, by the first word of their name in the model: `height` for
   * `height_cm`; and their words, such as `female`.
   */
  measure: Record<string, string>;
  /** Before the choice of how the shopper likes to wear things. */
  wear: Text;
  /** Choice: half a size smaller. */
  closer: Text;
  /** Choice: their size. */
  usual: Text;
  /** Choice: half a size larger. */
  looser: Text;
  /** Before the choice of the profile that advice is for. */
  whom: Text;
  /** The name of a profile without a name: the shopper's own. */
  me: Text;
  /** The name of a profile made by `apart`. */
  someone: Text;
  /** The history looks like that of several people. */
  several: Text;
  /** The button that makes a profile for each of them. */
  apart: Text;
  /** The button that answers that all purchases are the shopper's own. */
  allMine: Text;
  /** The button that takes back all answers. */
  forget: Text;
  /** Nothing leaves the device. */
  private: Text;
  /** After `private`, if the browser stores nothing. */
  notStored: Text;
}

/** Values for the placeholders of a text. */
export type Values = Readonly<Record<string, string | number>>;

/** Languages in which `Intl` writes whole numbers below a thousand as JavaScript does. */
const PLAIN_NUMBERS = /^(de|en|es|fr|it|nl|pl|sv)(-[a-z]{2})?$/i;

/** Fills in the texts of one language. */
export class Speaker {
  readonly language: string;
  readonly texts: Partial<Texts>;
  readonly #plural: Intl.PluralRules;
  #number: Intl.NumberFormat | undefined;

  constructor(language: string, texts: Partial<Texts>) {
    this.language = language;
    this.texts = texts;
    this.#plural = new Intl.PluralRules(language);
  }

  /**
   * Writes a number. Making the first `Intl.NumberFormat` takes as long as all the rest of a line
   * of advice, so one is only made when needed.
   */
  number(value: number): string {
    if (PLAIN_NUMBERS.test(this.language) && Number.isInteger(value) && value >= 0 && value < 1000)
      return String(value);
    this.#number ??= new Intl.NumberFormat(this.language);
    return this.#number.format(value);
  }

  /**
   * A text in pieces: those that fill a placeholder have its name, so that elements can be put
   * there.
   */
  pieces(
    name: Exclude<keyof Texts, 'measure'>,
    values: Values = {},
  ): { placeholder?: string; text: string }[] {
    const text = this.texts[name] ?? '';
    const form =
      typeof values['count'] === 'number' ? this.#plural.select(values['count']) : 'other';
    const chosen = typeof text === 'string' ? text : (text[form] ?? text.other);
    // Every second piece is the name of a placeholder.
    return chosen.split(/\{(\w+)\}/).map((piece, i) => {
      if (i % 2 === 0) return { text: piece };
      const value = values[piece] ?? '';
      return { placeholder: piece, text: typeof value === 'number' ? this.number(value) : value };
    });
  }

  /** A text with its placeholders filled in. */
  say(name: Exclude<keyof Texts, 'measure'>, values: Values = {}): string {
    return this.pieces(name, values)
      .map(({ text }) => text)
      .join('');
  }
}
