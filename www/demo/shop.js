/** The shop: opens the page that the address names, for the chosen shopper. */
import { GROUPS, loadCatalogue } from './catalogue.js';
import { h } from './html.js';
import * as state from './state.js';
import { grid } from './views/grid.js';
import { product } from './views/product.js';
import { shopperSwitch } from './views/shoppers.js';

const MODEL = '/fit/shop.inseam';

const main = document.querySelector('main');
let page;

function open(catalogue) {
  const [, first, id] = location.hash.split('/');
  const article =
    first === 'article' && catalogue.find((a) => a.id === decodeURIComponent(id ?? ''));
  const group = GROUPS.includes(first) ? first : undefined;
  page?.stop();
  page = article ? product(catalogue, article, MODEL) : grid(catalogue, group, MODEL);
  main.replaceChildren(page.element);
  for (const link of document.querySelectorAll('nav a')) {
    const here = link.getAttribute('href') === `#/${article ? article.group : (group ?? '')}`;
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${article ? article.name : (group ?? 'Hem & Harbour')} · a shop that knows your size`;
}

try {
  state.announce();
  document.querySelector('#who').append(shopperSwitch());
  document.querySelector('#again').addEventListener('click', state.startOver);
  const catalogue = await loadCatalogue();
  open(catalogue);
  addEventListener('hashchange', () => {
    open(catalogue);
    scrollTo(0, 0);
    // Screen readers continue at the new page's heading.
    const heading = main.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  });
} catch (error) {
  console.error(error);
  main.replaceChildren(
    h('p', { class: 'hero' }, 'The shop is closed at the moment. Please come back later.'),
  );
}
