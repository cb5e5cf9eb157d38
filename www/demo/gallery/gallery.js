/** Every state of the element, each with a shopper and an article that lead to it, found on the demo shop's own model. */
import { LANGUAGES, sharedModel } from '../../dist/element.js';
import { browserStorage, ShopperFile } from '../../dist/shopper.js';
import { loadCatalogue } from '../catalogue.js';
import { h } from '../html.js';
import { SHOPPERS } from '../shoppers.js';

const MODEL = '/fit/shop.inseam';
const stranger = { history: [] };
/** The address's words go before the form's own, so that a view can be linked to. */
const asked = new URLSearchParams(location.search);

/** The first shopper and article of which `leads` is true; undefined if there are none. */
async function find(model, catalogue, leads) {
  for (const { history } of SHOPPERS) {
    for (const article of catalogue) {
      const advice = await model.shopper({ history }).advise(article.id);
      if (history.length > 0 && (await leads(advice, model.shopper({ history }), article))) {
        return { article, shopper: { history } };
      }
    }
  }
  return undefined;
}

const without = (article, size) => article.sizes.filter((one) => one !== size);

/** What things cost this shop, where it says so. */
const COSTS = { lostSale: 3, spare: 0.4 };

/** A file of this page's own, with two profiles. */
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

/** @returns {Promise<{ name: string, about: string, article?: object, stock?: string[], shopper?: object, storage?: string, costs?: object, model?: string }[]>} */
async function states() {
  const catalogue = await loadCatalogue('../catalogue.csv');
  const model = await sharedModel(MODEL);
  const sure = (advice) => advice.status === 'advised' && advice.size !== undefined;
  const advised = await find(model, catalogue, sure);
  const between = await find(model, catalogue, ({ status }) => status === 'between');
  const both = await find(
    model,
    catalogue,
    async (_, shopper, { id }) => (await shopper.advise(id, { costs: COSTS })).status === 'both',
  );
  const left = (wouldDo) => async (advice, shopper, article) => {
    const { missed } = await shopper.advise(article.id, { inStock: without(article, advice.size) });
    return sure(advice) && missed?.wouldDo === wouldDo;
  };
  const soldOut = async (found) =>
    found && {
      ...found,
      stock: without(
        found.article,
        (await model.shopper(found.shopper).advise(found.article.id)).size,
      ),
    };
  const other = await soldOut(await find(model, catalogue, left(true)));
  const none = await soldOut(await find(model, catalogue, left(false)));
  const [dress] = catalogue;
  return [
    { name: 'advised', about: 'One size stands out.', ...advised },
    { name: 'between', about: 'Two neighbours are about as good.', ...between },
    {
      name: 'both',
      about: 'A shop that weighs a lost sale against a return.',
      costs: COSTS,
      ...both,
    },
    {
      name: 'unsure',
      about: 'Too little is known: one question.',
      article: dress,
      shopper: stranger,
    },
    { name: 'sold-out', about: 'The best size is gone, its neighbour would do.', ...other },
    { name: 'sold-out-none', about: 'The best size is gone, and no other would do.', ...none },
    {
      name: 'unknown',
      about: 'The model has never met the article.',
      article: { ...dress, id: 'new' },
      shopper: stranger,
    },
    {
      name: 'failed',
      about: 'The model can’t be had.',
      article: dress,
      shopper: stranger,
      model: '/fit/none.inseam',
    },
    {
      name: 'profiles',
      about: 'A file with two profiles: whom it is for can be chosen.',
      article: catalogue.find(({ group }) => group === 'footwear'),
      storage: family(),
    },
  ].filter(({ article }) => article);
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
for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
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
