// English is loaded with the element: the texts of the line here, those of the details with the
// panel.
import type { Texts } from './texts.js';

export const texts = {
  take: 'Take {size}.',
  fitsOf: 'Fits {count} in 10 people like you.',
  fitsMost: 'Fits almost everyone like you.',
  elseSmall: 'If not, it’s usually too small.',
  elseLarge: 'If not, it’s usually too large.',
  between: 'You are between {size} and {other}.',
  betweenHow: '{smaller} fits closer, {larger} looser.',
  betweenFits: 'Most people like you take {usual}; {fitter} fits more often.',
  both: 'We can’t decide between {size} and {other}: order both.',
  bothHow: 'Send back the one that doesn’t fit.',
  unsure: 'We don’t know your size yet.',
  noFit: 'None of these sizes is likely to fit you.',
  unknown: 'There is no size advice for this item yet.',
  failed: 'There is no size advice right now.',
  soldOut: '{size} is your size, but it is sold out.',
  unavailable: '{size} is your size, but it is not available.',
  substitute: '{other} is the next best: it fits {count} in 10 people like you.',
  noSubstitute: 'No other size comes close.',
  why: 'Sizes and reasons',
  hide: 'Hide',
  ask: 'Find my size',
  choose: 'Choose {size}',
  chosen: '{size} chosen',
  chooseBoth: 'Choose {size} and {other}',
  thenOther: 'Then {other}, once the first is in your bag',
  whom: 'For',
  me: 'me',
} satisfies Partial<Texts>;
