// Makes DOM elements without parsing markup: text stays text, and pages may forbid markup by
// Trusted Types.

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

/** Makes a button. */
export function button(part: string, text: string, onClick: () => void): HTMLButtonElement {
  const element = make('button', part, text);
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

function makeSvg(tag: string, attributes: Record<string, string>, ...children: Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The icon: a measuring tape. */
export const tape = (): SVGElement =>
  makeSvg(
    'svg',
    {
      class: 'tape',
      part: 'icon',
      viewBox: '0 0 30 18',
      'aria-hidden': 'true',
    },
    makeSvg('rect', { x: '1', y: '2', width: '28', height: '14', rx: '3' }),
    makeSvg('path', { d: 'M7 2v5M12 2v8M17 2v5M22 2v8' }),
  );
