/** Three sample shoppers and a new one. They differ only in their histories. */

const bought = (article, size, outcome = 'kept') => ({ article, size, outcome });

/**
 * @typedef {object} SampleShopper
 * @property {string} id
 * @property {string} name
 * @property {string} about
 * @property {string} tint colour of their initial
 * @property {import('../dist/types.js').Purchase[]} history
 */

/** @type {SampleShopper[]} */
export const SHOPPERS = [
  {
    id: 'ada',
    name: 'Ada',
    about: 'small-boned, likes things neat',
    tint: '#d9b8a4',
    history: [
      bought('LA-D01', '36'),
      bought('TW-T02', 'S', 'too_large'),
      bought('TW-T02', 'XS'),
      bought('LA-T01', 'S'),
      bought('LA-B02', '36'),
      bought('LA-F01', '37'),
    ],
  },
  {
    id: 'beatrice',
    name: 'Béatrice',
    about: 'in between, sends back what pinches',
    tint: '#a9bfae',
    history: [
      bought('VE-D04', '44'),
      bought('SB-T03', '44', 'too_small'),
      bought('SB-T03', '48'),
      bought('VE-B05', '46'),
      bought('SB-F03', '39', 'too_small'),
      bought('LA-F01', '39'),
    ],
  },
  {
    id: 'carmen',
    name: 'Carmen',
    about: 'tall, curvy, in love with Kestrel Row',
    tint: '#b3b4cf',
    history: [
      bought('KR-D06', '16'),
      bought('MI-D05', '42', 'too_small'),
      bought('KR-T04', 'XL'),
      bought('KR-B01', 'W32', 'too_small'),
      bought('KR-B01', 'W34'),
      bought('KR-F04', '8'),
    ],
  },
  {
    id: 'new',
    name: 'Someone new',
    about: 'tells us what fits elsewhere',
    tint: '#dcd3c3',
    history: [],
  },
];

export const OUTCOME_WORDS = {
  kept: 'Kept',
  too_small: 'Too small',
  too_large: 'Too large',
  other_reason: 'Sent back',
  pending: 'On its way',
};
