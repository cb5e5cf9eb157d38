/**
 * Shows every state of the element, with a shopper and an article that lead to it. They are
 * searched for with the demo shop's model.
 */
import { LANGUAGES, sharedModel } from '../../dist/element.js';
import { browserStorage, ShopperFile } from '../../dist/shopper.js';
import { loadCatalogue } from '../catalogue.js';
import { h } from '../html.js';
import { SHOPPERS } from '../shoppers.js';

const MODEL = '/fit/shop.inseam';
const stranger = { history: [] };
/** The address can set the form, so that a view can be linked to. */
const query = new URLSearchParams(location.search);

const without = (article, size) => article.sizes.filter((one) => one !== size);

/** The shop's costs in the state `both`. */
const COSTS = { lostSale: 3, spare: 0.4 };

/**
 * @typedef {object} Found
 * @property {import('../catalogue.js').Article} article
 * @property {object} shopper
 * @property {string[]} [stock]
 */

/**
 * What leads to states that depend on the model: each takes a shopper, their usual advice and an
 * article.
 */
const SEARCHES = {
  advised: (_, advice) => isSure(advice) && {},
  between: (_, { status }) => status === 'between' && {},
  both: async (shopper, _, { id }) =>
    (await shopper.advise(id, { costs: COSTS })).status === 'both' && {},
  'sold-out': (...found) => soldOut(true, ...found),
  'sold-out-none': (...found) => soldOut(false, ...found),
};

const isSure = ({ status, size }) => status === 'advised' && size !== undefined;

/**
 * The sizes left when the advised one is sold out, if a substitute is then acceptable, or is not.
 */
async function soldOut(acceptable, shopper, advice, article) {
  const stock = without(article, advice.size);
  const { missed } = await shopper.advise(article.id, { inStock: stock });
  return isSure(advice) && missed?.substituteAcceptable === acceptable && { stock };
}

/**
 * The first shopper and article for which a search succeeds; undefined if there are none.
 * @returns {Promise<Found | undefined>}
 */
async function find(model, catalogue, search) {
  for (const { history } of SHOPPERS.filter((shopper) => shopper.history.length > 0)) {
    const shopper = model.shopper({ history });
    for (const article of catalogue) {
      const found = await search(shopper, await shopper.advise(article.id), article);
      if (found) return { article, shopper: { history }, ...found };
    }
  }
  return undefined;
}

/** Stores a file with two profiles, for this page alone, and returns its key. */
function family() {
  const storage = browserStorage('inseam.gallery');
  const file = new ShopperFile(storage);
  file.clear();
  const [ada, , carmen] = SHOPPERS;
  file.replace({ history: ada.history });
  file.addProfile('Carmen');
  file.replace({ history: carmen.history });
  file.use('p1');
  return storage.key;
}

/** Every state, in the order of the page, with what leads to it where no search is needed. */
const STATES = (catalogue) => {
  const [dress] = catalogue;
  const footwear = catalogue.find(({ group }) => group === 'footwear');
  return [
    { name: 'advised', about: 'One size stands out.' },
    { name: 'between', about: 'Two neighbouring sizes are about equally good.' },
    { name: 'both', about: 'Ordering two sizes costs this shop least.', costs: COSTS },
    {
      name: 'unsure',
      about: 'Too little is known about the shopper, so there is one question.',
      article: dress,
      shopper: stranger,
    },
    {
      name: 'no-fit',
      about: 'The shopper weighs 150 kg, and the article ends at a smaller size.',
      article: dress,
      shopper: { body: { weight_kg: 150 } },
    },
    { name: 'sold-out', about: 'The best size is sold out; another is a good substitute.' },
    { name: 'sold-out-none', about: 'The best size is sold out, and no other is good enough.' },
    {
      name: 'unknown',
      about: 'The model does not know the article.',
      article: { ...dress, id: 'new' },
      shopper: stranger,
    },
    {
      name: 'failed',
      about: 'The model does not load.',
      article: dress,
      shopper: stranger,
      model: '/fit/none.inseam',
    },
    {
      name: 'profiles',
      about: 'Two profiles: the shopper chooses who the advice is for.',
      article: footwear,
      storage: family(),
    },
  ];
};

/** The states, each with an article; a state that no search leads to is left out. */
async function states() {
  const catalogue = await loadCatalogue('../catalogue.csv');
  const model = await sharedModel(MODEL);
  const found = [];
  for (const state of STATES(catalogue)) {
    const search = SEARCHES[state.name];
    found.push({ ...state, ...(search && (await find(model, catalogue, search))) });
  }
  return found.filter(({ article }) => article);
}

function card({
  name,
  about,
  article,
  stock = article.sizes,
  shopper,
  storage,
  costs,
  model = MODEL,
}) {
  const radios = article.sizes.map((size) =>
    h(
      'label',
      {},
      h('input', { type: 'radio', name, value: size, disabled: !stock.includes(size) }),
      h('span', {}, size),
    ),
  );
  const element = h(
    'inseam-advice',
    {
      model,
      article: article.id,
      for: `sizes-${name}`,
      storage,
      brands: 'Lund & Aske|Tidewell',
      'lost-sale': costs?.lostSale,
      spare: costs?.spare,
    },
    h('a', { href: '#states' }, 'Size chart'),
  );
  if (shopper) element.shopper = shopper;
  const title = h('h2', { id: `state-${name}` }, name);
  return h(
    'section',
    { 'aria-labelledby': title.id, 'data-state': name },
    title,
    h('p', {}, `${about} ${article.name}, ${article.brand}.`),
    h('fieldset', { id: `sizes-${name}` }, h('legend', {}, article.system), ...radios),
    element,
  );
}

const form = document.querySelector('#how');
form.elements.lang.append(...LANGUAGES.map((language) => new Option(language)));
form.elements.theme.value = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
for (const [name, value] of query) if (form.elements[name]) form.elements[name].value = value;
const main = document.querySelector('#states');
const cards = (await states()).map(card);
const apply = () => {
  const { lang, theme, dir, details } = form.elements;
  const root = document.documentElement;
  root.dataset.theme = theme.value;
  main.lang = lang.value;
  main.dir = dir.value;
  for (const element of main.querySelectorAll('inseam-advice')) {
    element.lang = lang.value;
    element.open = details.value === 'open';
  }
};
main.append(...cards);
form.addEventListener('change', apply);
apply();
