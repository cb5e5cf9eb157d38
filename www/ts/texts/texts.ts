// What the element can say, and how a text is filled in. The texts themselves are one module a
// language.

/**
 * A text with places in braces, `Take {size}.`; or one for each of the language's plural forms,
 * chosen by `count`. `other` is always there.
 */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** Everything that `<inseam-advice>` says. A shop can replace any of it: see the element's property `texts`. */
export interface Texts {
  /** The advice. Place: `size`. */
  take: Text;
  /** How often it fits. Place: `count`, 1 to 9. */
  fitsOf: Text;
  /** As `fitsOf`, where it fits more than 95 of 100. */
  fitsMost: Text;
  /** After `fitsOf`, where misfits are mostly to one side. */
  elseSmall: Text;
  elseLarge: Text;
  /** Two sizes are about as good, or the first is what they would take and the other fits better. Places: `size`, `other`. */
  between: Text;
  /** How the two differ. Places: `smaller`, `larger`. */
  betweenHow: Text;
  /** Two sizes to order together, where that costs the shop least. Places: `size`, `other`. */
  both: Text;
  bothHow: Text;
  /** Too little is known. */
  unsure: Text;
  /** The model has never met the article. */
  unknown: Text;
  /** There is no model. */
  failed: Text;
  /** The advised size can't be had. Place: `size`. */
  soldOut: Text;
  /** Another one would do. Places: `other`, `count`. */
  wouldDo: Text;
  /** No other would. */
  wouldNotDo: Text;
  /** The button that opens the details; the one that closes them. */
  why: Text;
  hide: Text;
  /** The button that opens the question. */
  ask: Text;
  /** The button that takes the advised size; what stands there once it is taken. Place: `size`. */
  choose: Text;
  chosen: Text;
  /** Heading of the chances; the three outcomes. */
  chart: Text;
  tooSmall: Text;
  fits: Text;
  tooLarge: Text;
  /** One size's chances, for those who listen. Places: `size`, `small`, `fit`, `large`, as percentages. */
  row: Text;
  /** Said of a size in the chart: it is the one advised; it can't be had. */
  ours: Text;
  gone: Text;
  /** Heading of the reasons. */
  because: Text;
  /** So many purchases of this kind. Place: `count`. */
  history: Text;
  /** None of this kind, so many of others. Place: `count`. */
  otherKinds: Text;
  measurements: Text;
  nothing: Text;
  /** The shopper's own purchases. Places: `size`, `count`. */
  kept: Text;
  wasSmall: Text;
  wasLarge: Text;
  /** What the advice would be without the reason before it. Place: `size`. */
  without: Text;
  /** How the article or its brand runs. Places: `amount`, `brand`. */
  pieceSmall: Text;
  pieceLarge: Text;
  brandSmall: Text;
  brandLarge: Text;
  /** Amounts: a quarter of a size, half, one, more. */
  bit: Text;
  half: Text;
  one: Text;
  more: Text;
  /** Heading of the question; a brand in it. Place: `brand`. */
  askOne: Text;
  askBrand: Text;
  /** The button that sends the answer to nowhere but this page. */
  answer: Text;
  /** Not any of these; I don't know. */
  skip: Text;
  /** Names of measurements, by the first part of their name in the model. */
  measure: Record<string, string>;
  /** How the shopper likes to wear it. */
  wear: Text;
  closer: Text;
  usual: Text;
  looser: Text;
  /** Whom the advice is for, before the choice of profiles; what the first is called, who needs no name, and one that was told apart. */
  whom: Text;
  me: Text;
  someone: Text;
  /** The history looks like that of several persons; to make profiles of them; that they are one. */
  several: Text;
  apart: Text;
  allMine: Text;
  /** Takes back what was answered here. */
  forget: Text;
  /** Nothing leaves the device. */
  private: Text;
}

/** Values for the places of a text. */
export type Values = Readonly<Record<string, string | number>>;

/** Languages whose numbers below a thousand JavaScript writes as Intl does. */
const PLAIN = /^(de|en|es|fr|it|nl|pl|sv)(-[a-z]{2})?$/i;

/** A text and the language it is in. */
export class Speaker {
  readonly #language: string;
  readonly #texts: Texts;
  readonly #plural: Intl.PluralRules;
  #number: Intl.NumberFormat | undefined;
  #percent: Intl.NumberFormat | undefined;

  constructor(language: string, texts: Texts) {
    this.#language = language;
    this.#texts = texts;
    this.#plural = new Intl.PluralRules(language);
  }

  /** The first of Intl's formats of numbers holds a page up for as long as all the rest of a line of advice: it is made where one is needed. */
  #write(value: number): string {
    if (PLAIN.test(this.#language) && Number.isInteger(value) && value >= 0 && value < 1000)
      return String(value);
    this.#number ??= new Intl.NumberFormat(this.#language);
    return this.#number.format(value);
  }

  /** A text cut at its places, each place with its name: for those who put elements there. */
  pieces(
    name: Exclude<keyof Texts, 'measure'>,
    values: Values = {},
  ): { place?: string; text: string }[] {
    const text = this.#texts[name];
    const form =
      typeof values['count'] === 'number' ? this.#plural.select(values['count']) : 'other';
    const chosen = typeof text === 'string' ? text : (text[form] ?? text.other);
    // Every second piece is the name of a place.
    return chosen.split(/\{(\w+)\}/).map((piece, i) => {
      if (i % 2 === 0) return { text: piece };
      const value = values[piece] ?? '';
      return { place: piece, text: typeof value === 'number' ? this.#write(value) : value };
    });
  }

  /** A text with its places filled. */
  say(name: Exclude<keyof Texts, 'measure'>, values: Values = {}): string {
    return this.pieces(name, values)
      .map(({ text }) => text)
      .join('');
  }

  percent(share: number): string {
    this.#percent ??= new Intl.NumberFormat(this.#language, { style: 'percent' });
    return this.#percent.format(share);
  }

  /** What people call a measurement of this name: `height_cm` is a height, in centimetres. */
  measure(name: string): string {
    const [first = name, unit] = name.split('_');
    const known = this.#texts.measure[first] ?? name.replaceAll('_', ' ');
    return unit && this.#texts.measure[first] ? `${known} (${unit})` : known;
  }
}
