/** The snippets, as the tests run them. */
import { h } from '../html.js';

const SNIPPETS = [
  ['plain.html', 'Plain HTML'],
  ['react.jsx', 'React'],
  ['vue.vue', 'Vue'],
  ['shopify.liquid', 'Shopify theme block'],
];

async function card([file, name]) {
  const response = await fetch(`snippets/${file}`);
  const text = response.ok ? await response.text() : 'Not to be had right now.';
  const said = h('span', { role: 'status' });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    said.textContent = 'Copied. ';
  };
  return h(
    'section',
    { 'aria-labelledby': file },
    h(
      'div',
      { class: 'bar' },
      h('h2', { id: file }, name),
      h('span', {}, said, h('button', { type: 'button', onclick: copy }, 'Copy')),
    ),
    // It scrolls sideways, so the keyboard has to reach it.
    h('pre', { tabindex: '0', 'aria-labelledby': file }, h('code', {}, text)),
  );
}

document.querySelector('#snippets').append(...(await Promise.all(SNIPPETS.map(card))));
