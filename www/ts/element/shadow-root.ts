// Builds what the element's shadow root contains from the start.
import { make, tape } from './dom.js';
import { lineStyle } from './style.js';

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
  profiles.hidden = true;
  const slot = make('slot');
  const actions = make('div', 'actions', slot, toggle, profiles);
  const summary = make('div', 'summary', line, actions);
  const small = make('div', 'small-print');
  const details = make('dialog', 'details', small);
  details.id = 'details';
  adoptStyle(root, lineStyle);
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

const sheets = new Map<string, CSSStyleSheet>();

/**
 * Adds a style to a shadow root, with one style sheet for all elements. It is constructed, as a
 * page's Content-Security-Policy may forbid inline styles.
 */
export function adoptStyle(root: ShadowRoot, style: string): void {
  const sheet = sheets.get(style) ?? new CSSStyleSheet();
  if (!sheets.has(style)) sheet.replaceSync(style);
  sheets.set(style, sheet);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
