// Builds what the element's shadow root contains from the start.
import { make, tape } from './dom.js';
import { style } from './style.js';

/** The elements of the shadow root that later code changes. */
export type Parts = ReturnType<typeof buildShadowRoot>;

/**
 * Fills a shadow root with the line of advice, its buttons, and the place for the details. Until
 * there is advice it shows the page's own content.
 */
export function buildShadowRoot(root: ShadowRoot) {
  const words = make('span');
  const line = make('p', 'line', tape(), words);
  const toggle = make('button', 'toggle');
  toggle.type = 'button';
  toggle.hidden = true;
  toggle.setAttribute('aria-controls', 'details');
  const profiles = make('span');
  const actions = make('div', 'actions', toggle, profiles);
  const slot = make('slot');
  const summary = make('div', 'summary', line, actions, slot);
  const small = make('div', 'small-print');
  const details = make('div', 'details', small);
  details.id = 'details';
  details.hidden = true;
  root.adoptedStyleSheets = [sheet()];
  root.append(summary, details);
  announceWhileUsed(root, line);
  return { summary, words, actions, toggle, profiles, details, small, slot };
}

/**
 * Announces the line to screen readers while the shopper uses the element: it then changes by what
 * they do. A page can have fifty elements, which must not all talk.
 */
function announceWhileUsed(root: ShadowRoot, line: HTMLElement): void {
  root.addEventListener('focusin', () => line.setAttribute('role', 'status'));
  root.addEventListener('focusout', (event) => {
    const { relatedTarget } = event as FocusEvent;
    if (!(relatedTarget instanceof Node && root.contains(relatedTarget)))
      line.removeAttribute('role');
  });
}

let shared: CSSStyleSheet | undefined;

/**
 * One style sheet for all elements. It is constructed, as a page's Content-Security-Policy may
 * forbid inline styles.
 */
function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(style);
  }
  return shared;
}
