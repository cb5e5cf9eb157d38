// Takes advised sizes in the shop's own size buttons, and knows which of them the page has chosen.
import type { AdviceDetail } from './events.js';
import { choose, SizeButtons } from './size-buttons.js';
import { type Choice, type SizeChoice, sizeChoices } from './size-choices.js';

/** The article whose sizes the buttons stand for. */
type Known = Partial<Pick<AdviceDetail, 'model' | 'article' | 'facts'>>;

/** The sizes that the shopper takes on a page. */
export class TakenSizes {
  #buttons: SizeButtons | undefined;
  /** The sizes that the shopper wants, and those of them that the page then chose. */
  readonly #wanted = new Set<string>();
  readonly #taken = new Set<string>();

  /** Follows the size buttons in the element with an id; none where there is no id. */
  follow(page: Document | ShadowRoot, id: string | null, onChange: () => void): void {
    if (id && !this.#buttons) this.#buttons = new SizeButtons(page, id, onChange);
  }

  stopFollowing(): void {
    this.#buttons?.stop();
    this.#buttons = undefined;
  }

  /** The page's choices as they are now, whatever they stand for. */
  get stated(): Choice[] {
    return this.#buttons?.choices ?? [];
  }

  /** The article's sizes that the choices stand for. */
  choices({ model, article, facts }: Known): SizeChoice[] {
    if (!model || !facts || article === undefined || !this.#buttons) return [];
    return sizeChoices(this.stated, model.sizeFinder(article));
  }

  /** The size that is chosen on the page. */
  chosen(known: Known): string | undefined {
    return this.choices(known).find(({ chosen }) => chosen)?.size;
  }

  /** The sizes of an order of two that have been taken, the one that is chosen now included. */
  takenWith(chosen: string | undefined): ReadonlySet<string> {
    if (chosen !== undefined && this.#wanted.has(chosen)) this.#taken.add(chosen);
    return this.#taken;
  }

  /** Notes that the shopper wants a size. */
  want(size: string): void {
    this.#wanted.add(size);
  }

  /** Notes that the page has taken care of sizes by itself. */
  take(sizes: readonly string[]): void {
    for (const size of sizes) this.#taken.add(size);
  }

  /** Chooses a size in the page's buttons. */
  choose(known: Known, size: string): void {
    choose(this.choices(known), size);
  }

  /** Takes the buttons as they are now as known: the page has changed them in reply to an event. */
  settle(): void {
    this.#buttons?.settle();
  }

  /** Forgets the sizes of an earlier article. */
  clear(): void {
    this.#wanted.clear();
    this.#taken.clear();
  }
}
