/** The forms of a new shopper: what fits them elsewhere and, if they like, their measurements. */
import { GROUPS } from '../catalogue.js';
import { h } from '../html.js';
import * as state from '../state.js';

const unique = (list) => [...new Set(list)];

function select(label, id) {
  const box = h('select', { id });
  return { box, field: h('label', { class: 'field', for: id }, h('span', {}, label), box) };
}

const fill = (box, values) =>
  box.replaceChildren(...values.map((v) => h('option', { value: v }, v)));

/**
 * @param {import('../catalogue.js').Article[]} catalogue
 * @param {string} [first] the group that is selected first
 */
export function elsewhereForm(catalogue, first = GROUPS[0]) {
  const group = select('Garment', 'tell-group');
  const brand = select('Brand', 'tell-brand');
  const size = select('Size that fits', 'tell-size');
  const articles = () =>
    catalogue.filter((a) => a.group === group.box.value && a.brand === brand.box.value);
  const sizes = () => fill(size.box, unique(articles().flatMap((a) => a.sizes)));
  const brands = () => {
    fill(
      brand.box,
      unique(catalogue.filter((a) => a.group === group.box.value).map((a) => a.brand)).sort(),
    );
    sizes();
  };
  fill(group.box, GROUPS);
  group.box.value = first;
  brands();
  group.box.addEventListener('change', brands);
  brand.box.addEventListener('change', sizes);
  const add = (event) => {
    event.preventDefault();
    const system = articles().find((a) => a.sizes.includes(size.box.value))?.system;
    state.add({
      brand: brand.box.value,
      group: group.box.value,
      size: size.box.value,
      system,
      outcome: 'kept',
    });
  };
  return h(
    'form',
    { class: 'elsewhere', onsubmit: add },
    group.field,
    brand.field,
    size.field,
    h('button', { class: 'second' }, 'This fits me'),
  );
}

const MEASUREMENTS = [
  ['height_cm', 'Height', 'cm', 130, 210],
  ['weight_kg', 'Weight', 'kg', 35, 180],
  ['age', 'Age', 'years', 14, 100],
];

export function bodyForm() {
  const field = ([name, label, unit, min, max]) => {
    const read = (event) => {
      const box = event.target;
      const usable = box.value !== '' && box.checkValidity();
      box.setAttribute('aria-invalid', String(box.value !== '' && !usable));
      const value = usable ? Number(box.value) : undefined;
      if (state.body()[name] !== value) state.setBody(name, value);
    };
    return h(
      'label',
      { class: 'field', for: `tell-${name}` },
      h('span', {}, `${label}, ${unit}`),
      h('input', {
        id: `tell-${name}`,
        type: 'number',
        inputmode: 'numeric',
        min,
        max,
        step: 'any',
        value: state.body()[name],
        placeholder: 'optional',
        oninput: read,
      }),
    );
  };
  return h(
    'form',
    { class: 'body', onsubmit: (event) => event.preventDefault() },
    ...MEASUREMENTS.map(field),
  );
}
