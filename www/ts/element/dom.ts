// Makes DOM elements without parsing markup: text stays text.

/** Makes an element with children. `part` becomes its part name and its class. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  part = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (part) {
    element.className = part;
    element.setAttribute('part', part);
  }
  element.append(...children);
  return element;
}

/** Text for screen readers alone. */
export const visuallyHidden = (text: string): HTMLElement => make('span', 'unseen', text);

/** Makes a button. */
export function button(part: string, text: string, onClick: () => void): HTMLButtonElement {
  const element = make('button', part, text);
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}

/** The icon: a measuring tape. */
export function tape(): SVGElement {
  const template = document.createElement('template');
  template.innerHTML =
    '<svg class="tape" part="icon" viewBox="0 0 30 18" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><rect x="1" y="2" width="28" height="14" rx="3"/><path d="M7 2v5M12 2v8M17 2v5M22 2v8"/></svg>';
  return template.content.firstElementChild as SVGElement;
}
