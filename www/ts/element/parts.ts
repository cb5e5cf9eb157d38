// What is in the element's shadow root from the start.
import { make, tape } from './make.js';
import { style } from './style.js';

/** The line's words, what can be done about it, and the place of what is behind the button. */
export type Parts = ReturnType<typeof build>;

/** Fills a shadow root. */
export function build(root: ShadowRoot) {
  const words = make('span');
  const line = make('p', 'line', tape(), words);
  line.setAttribute('role', 'status');
  const toggle = make('button', 'toggle');
  toggle.type = 'button';
  toggle.hidden = true;
  toggle.setAttribute('aria-controls', 'details');
  const profiles = make('span');
  const actions = make('div', 'actions', toggle, profiles);
  const said = make('div', 'said', line, actions);
  const small = make('div', 'small-print');
  const details = make('div', 'details', small);
  details.id = 'details';
  details.hidden = true;
  root.adoptedStyleSheets = [sheet()];
  root.append(said, details);
  return { said, words, actions, toggle, profiles, details, small, slot: make('slot') };
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
