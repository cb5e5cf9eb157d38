/**
 * Every state of the element, with fixed advice: pictures change only if the element does, not if a
 * model does. `?theme=dark&lang=de&dir=rtl&details=open` sets how they are shown; `&state=advised`
 * shows one of them alone.
 */
import { Inseam } from '/dist/index.js';
import '/dist/element.js';

const SIZES = ['36', '38', '40', '42', '44'];

const facts = {
  brand: 'Lund & Aske',
  category: '',
  group: 'dresses',
  system: 'WearableSizeSystemEurope',
  sizes: SIZES.map((size, i) => ({ size, position: i, runs: -0.5 })),
  offset: { mean: -0.5, sd: 0.1 },
  spread: { mean: 0, sd: 0.1 },
};

/** The chances of every size: a bell curve around the one that fits best. */
const outcomes = (best, fits) =>
  SIZES.map((size, i) => {
    const apart = i - best;
    const share = fits * 0.55 ** (apart * apart);
    const tooSmall = (1 - share) / (1 + Math.exp(2 * apart));
    return {
      size,
      tooSmall,
      fits: share,
      tooLarge: 1 - share - tooSmall,
      chosen: 0.2,
      position: i,
      runs: -0.5,
      supported: Math.abs(apart) < 2,
    };
  });

const learned = [
  { kind: 'history', purchases: 4 },
  { kind: 'articleRuns', steps: -0.5 },
];
const advised = {
  size: '40',
  alternative: '38',
  status: 'advised',
  outcomes: outcomes(2, 0.87),
  reasons: learned,
};
const between = {
  size: '40',
  alternative: '38',
  status: 'between',
  outcomes: outcomes(1.5, 0.7),
  reasons: learned,
};
const unsure = {
  size: '40',
  status: 'unsure',
  outcomes: outcomes(2, 0.4),
  reasons: [{ kind: 'noHistory' }],
};
const unknown = { status: 'unsure', outcomes: [], reasons: [{ kind: 'unknownArticle' }] };

const history = [
  { article: 'A', size: '38', outcome: 'kept' },
  { article: 'B', size: '38', outcome: 'kept' },
  { article: 'C', size: '42', outcome: 'too_large' },
  { article: 'D', size: '36', outcome: 'too_small' },
];
const influences = [
  { of: 'purchases', purchases: [0, 1], size: '42', status: 'advised', steps: -0.6 },
  { of: 'brand', purchases: [], size: '38', status: 'advised', steps: -0.5 },
  { of: 'purchases', purchases: [2], size: '40', status: 'advised', steps: -0.2 },
  { of: 'purchases', purchases: [3], size: '40', status: 'advised', steps: 0.2 },
];

/** The advice, the sizes in stock and the history of each state. */
const STATES = {
  advised: { advice: advised, history },
  between: { advice: between, history },
  both: { advice: { ...between, status: 'both' }, history },
  unsure: { advice: unsure, history: [] },
  'no-fit': { advice: { ...advised, outcomes: outcomes(2, 0.25) }, history },
  'sold-out': {
    stock: ['36', '38', '42', '44'],
    advice: {
      ...advised,
      size: '42',
      outcomes: outcomes(2.35, 0.8),
      missed: { size: '40', substituteAcceptable: true },
    },
    history,
  },
  'sold-out-none': {
    stock: ['36', '44'],
    advice: { ...advised, size: '44', missed: { size: '40', substituteAcceptable: false } },
    history,
  },
  unknown: { advice: unknown, history: [] },
  failed: { history: [] },
  // A file with two profiles, the first of which looks like two people's.
  profiles: { advice: advised, history, several: true },
};

Inseam.open = async (url) => {
  const { advice, several } = STATES[new URL(url).pathname.split('/').at(-1)];
  if (!advice) throw new Error('there is no model');
  const shopper = {
    advise: async () => advice,
    personas: () => [{ purchases: [0, 1] }, ...(several ? [{ purchases: [2, 3] }] : [])],
    explain: async () => influences,
  };
  return {
    load: async () => {},
    loadFor: async () => {},
    sizeFinder: () => (text) => SIZES.find((size) => size === text),
    article: () => facts,
    shopper: () => shopper,
    measurements: [{ name: 'height_cm' }],
    questions: async () => [{ kind: 'measurement', name: 'height_cm', nats: 0.4 }],
    scales: () => [],
  };
};

const query = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = query.get('theme') ?? 'light';
root.lang = query.get('lang') ?? 'en';
root.dir = query.get('dir') ?? 'ltr';

for (const [name, { stock = SIZES, history, several }] of Object.entries(STATES)) {
  if (query.has('state') && query.get('state') !== name) continue;
  const sizes = document.createElement('fieldset');
  sizes.id = `sizes-${name}`;
  sizes.hidden = true;
  for (const size of SIZES) {
    const button = document.createElement('button');
    button.dataset.size = size;
    button.disabled = !stock.includes(size);
    sizes.append(button);
  }
  const element = document.createElement('inseam-advice');
  element.id = name;
  for (const [attribute, value] of Object.entries({
    model: `/${name}`,
    article: 'X',
    for: sizes.id,
  }))
    element.setAttribute(attribute, value);
  element.open = query.get('details') === 'open';
  if (several) {
    const profile = (id, name, history) => ({ id, name, history, body: {}, preference: 0 });
    const profiles = [profile('p1', '', history), profile('p2', 'Mia', [])];
    localStorage.setItem(name, JSON.stringify({ version: 1, current: 'p1', profiles }));
    element.setAttribute('storage', name);
  } else element.shopper = { history };
  element.append('Size chart');
  document.body.append(sizes, element);
}
