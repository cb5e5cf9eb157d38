/** Shows the snippets, which the tests build and run. */
import { h } from '../html.js';

const SNIPPETS = [
  ['plain.html', 'Plain HTML'],
  ['react.tsx', 'React and Next'],
  ['vue.vue', 'Vue and Nuxt'],
  // The plugin's own file.
  ['size-advice.liquid', 'Shopify theme block', '../shopify/'],
];

async function card([file, name, folder = 'snippets/']) {
  const response = await fetch(folder + file);
  const text = response.ok ? await response.text() : 'The snippet did not load.';
  const status = h('span', { role: 'status' });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    status.textContent = 'Copied. ';
  };
  return h(
    'section',
    { 'aria-labelledby': file },
    h(
      'div',
      { class: 'bar' },
      h('h2', { id: file }, name),
      h('span', {}, status, h('button', { type: 'button', onclick: copy }, 'Copy')),
    ),
    // It scrolls sideways, so it has to be reachable by keyboard.
    h('pre', { tabindex: '0', 'aria-labelledby': file }, h('code', {}, text)),
  );
}

document.querySelector('#snippets').append(...(await Promise.all(SNIPPETS.map(card))));
