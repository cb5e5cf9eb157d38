/**
 * Makes an element. Text stays text and is never parsed as markup. Attributes whose value is a
 * function are listeners (`onclick`); those that are false or undefined are left out.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | false | undefined | null)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(
    ...children.flat().filter((child) => child !== false && child !== undefined && child !== null),
  );
  return element;
}

/** An element from markup. Only for the shop's own drawings, never for data. */
export function drawing(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return template.content.firstElementChild;
}

export const money = (euros) => `€ ${euros}`;
