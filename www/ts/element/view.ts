// What the shopper sees of one element: its line, buttons and details. It knows the shadow root,
// and nothing about models.
import type { Profile } from '../shopper-file/file.js';
import type { Speaker } from '../texts/texts.js';
import { clearLine, type LineContent, releaseSpace, showLine } from './line-view.js';
import type { Panel, PanelContent, PanelListeners } from './panel.js';
import { buildShadowRoot, type Parts } from './shadow-root.js';

/** What the shopper can do. */
export interface ViewListeners {
  /** They open the details, or close them. */
  onToggle: () => void;
  onClose: () => void;
  /** They take sizes: several where they order two together. */
  onAccept: LineContent['onAccept'];
  /** They choose another profile, by its id. */
  onProfile: (id: string) => void;
  /** They tell the panel something. */
  onFeedback: PanelListeners['onFeedback'];
  /** See {@link PanelListeners.onOtherQuestion}. */
  onOtherQuestion: () => void;
}

/** The line, and whether there are details behind its button. */
export interface ShownLine extends Omit<LineContent, 'onAccept'> {
  hasDetails: boolean;
  /** Whether the details are to be open. */
  open: boolean;
  profiles: readonly Profile[];
  /** The id of the profile that advice is for. */
  profile: string;
}

/** What the shopper sees of one element. */
export class View {
  readonly #root: ShadowRoot;
  readonly #parts: Parts;
  readonly #listeners: ViewListeners;
  #panel: Promise<Panel> | undefined;
  #showProfiles: typeof import('./profiles.js').showProfiles | undefined;
  /** Whether the details are shown over the page, as the shopper opened them on a phone. */
  #asSheet = false;
  #open = false;
  /** Whether the button offers a question, and whether the shopper wants to see it. */
  #offersQuestion = false;
  #wantsQuestion = false;

  constructor(root: ShadowRoot, listeners: ViewListeners) {
    this.#root = root;
    this.#listeners = listeners;
    this.#parts = buildShadowRoot(root);
    const { toggle } = this.#parts;
    toggle.addEventListener('click', () => {
      // On a phone they would push the page's own buttons away.
      this.#asSheet = matchMedia('(max-width: 40em)').matches;
      this.#wantsQuestion = this.#offersQuestion;
      listeners.onToggle();
    });
    for (const type of ['pointerenter', 'focus'])
      toggle.addEventListener(type, () => this.#loadPanel());
  }

  /** Loads what {@link showLine} needs for so many profiles. Most shoppers have one. */
  async prepare(profiles: number): Promise<void> {
    if (profiles < 2 || this.#showProfiles) return;
    const loaded = await import('./profiles.js').catch(() => undefined);
    this.#showProfiles = loaded?.showProfiles;
  }

  /**
   * Tells assistive technology that the line is about to change. It is not said on the host: a
   * framework that takes over a page's markup would find an attribute there that it did not render.
   */
  set busy(busy: boolean) {
    this.#parts.summary.setAttribute('aria-busy', String(busy));
  }

  /** Shows the line of advice, and its buttons. */
  showLine(shown: ShownLine, speaker: Speaker): void {
    const { line, hasDetails, open } = shown;
    this.#open = open;
    this.#offersQuestion = line.state === 'unsure';
    this.busy = false;
    const { summary, actions, toggle, profiles, details, small, slot } = this.#parts;
    const { onAccept, onProfile } = this.#listeners;
    const focused = this.#root.activeElement;
    showLine(this.#parts, { ...shown, onAccept }, speaker);
    toggle.hidden = !hasDetails;
    const isBeside = open && !this.#asSheet;
    toggle.textContent = speaker.say(isBeside ? 'hide' : this.#offersQuestion ? 'ask' : 'why');
    toggle.setAttribute('aria-expanded', String(open && hasDetails));
    this.#showProfiles?.(profiles, shown.profiles, shown.profile, speaker, onProfile);
    summary.hidden = line.sentences.length === 0;
    // Without a size to take the shop's own content, such as its size chart, stays in sight.
    if (line.takes.length > 0) (details.querySelector('.reasons') ?? small).before(slot);
    else (summary.hidden ? this.#root : actions).prepend(slot);
    // The details only appear once the panel has been filled.
    if (!open || !hasDetails) {
      if (details.open) details.close();
      releaseSpace(this.#parts);
    }
    if (focused && !focused.isConnected) this.#keepFocus();
    details.setAttribute('aria-label', speaker.say('why'));
  }

  /** Fills the details and shows them. */
  async showPanel(
    content: PanelContent,
    speaker: Speaker,
    isCurrent: () => boolean,
  ): Promise<void> {
    const panel = await this.#loadPanel().catch(() => undefined);
    await panel?.show(content, speaker, isCurrent);
    if (!isCurrent()) return;
    if (this.#open) panel?.open(this.#asSheet);
    releaseSpace(this.#parts);
    if (this.#wantsQuestion) panel?.showQuestion();
    this.#wantsQuestion = false;
  }

  /** Takes away what is shown about an earlier article, and keeps its space. */
  clear(): void {
    this.busy = true;
    clearLine(this.#parts);
  }

  closeDetails(): void {
    this.#open = false;
    const { details } = this.#parts;
    if (details.open) details.close();
  }

  #keepFocus(): void {
    const { details, toggle } = this.#parts;
    // Behind a sheet nothing can have the focus.
    const close = details.matches(':modal') && details.querySelector<HTMLElement>('.close');
    (close || toggle).focus();
  }

  #dismiss(): void {
    this.#listeners.onClose();
    this.#parts.toggle.focus();
  }

  /**
   * Loads the panel's code. Most shoppers never open the panel, so this waits until they come near
   * the button.
   */
  #loadPanel(): Promise<Panel> {
    const { onFeedback, onOtherQuestion } = this.#listeners;
    // The panel needs it at once.
    void import('../model/explain.js').catch(() => undefined);
    this.#panel ??= import('./panel.js').then(
      ({ Panel }) =>
        new Panel(this.#parts.details, this.#parts.small, {
          onFeedback,
          onOtherQuestion,
          keepFocus: () => this.#keepFocus(),
          onClose: () => this.#dismiss(),
        }),
    );
    this.#panel.catch(() => {
      this.#panel = undefined;
    });
    return this.#panel;
  }
}
