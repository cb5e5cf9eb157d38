/** Who is shopping, and what they bought. Stored in this browser only. */
import { storeShopper } from '../dist/element.js';
import { SHOPPERS } from './shoppers.js';

const KEY = 'hem-and-harbour';

/**
 * @typedef {object} Session what a shopper has added to their sample history
 * @property {object[]} history
 * @property {Record<string, number>} body
 */

const fresh = () => ({
  shopper: 'ada',
  sessions: Object.fromEntries(SHOPPERS.map(({ id }) => [id, { history: [], body: {} }])),
});

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY));
    if (
      SHOPPERS.every(({ id }) => Array.isArray(stored.sessions[id].history)) &&
      stored.sessions[stored.shopper]
    )
      return stored;
  } catch {
    // Nothing stored, or not by this shop.
  }
  return fresh();
}

let state = read();
const listeners = new Set();

/** Calls the listener at every change, until the returned function is called. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(what) {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Without storage the shop works, and forgets at the next visit.
  }
  for (const listener of listeners) listener(what);
  storeShopper(details());
}

/** The sample shopper who is here now. */
export const shopper = () => SHOPPERS.find(({ id }) => id === state.shopper);

const session = () => state.sessions[state.shopper];

/**
 * Their purchases, oldest first, each with its index in their session; -1 for those of the sample,
 * which can't be removed.
 */
export const history = () => [
  ...shopper().history.map((purchase) => ({ purchase, index: -1 })),
  ...session().history.map((purchase, index) => ({ purchase, index })),
];

export const body = () => session().body;

/** The shopper's details, for the model. */
export const details = () => ({ history: history().map(({ purchase }) => purchase), body: body() });

export function switchTo(id) {
  state.shopper = id;
  changed('shopper');
}

export function add(purchase) {
  session().history.push(purchase);
  changed('history');
  return session().history.length - 1;
}

export function settle(index, outcome) {
  session().history[index].outcome = outcome;
  changed('history');
}

export function remove(index) {
  session().history.splice(index, 1);
  changed('history');
}

export function setBody(name, value) {
  if (value === undefined) delete session().body[name];
  else session().body[name] = value;
  changed('history');
}

export function startOver() {
  const { shopper: who } = state;
  state = { ...fresh(), shopper: who };
  changed('shopper');
}

/** The purchase of this article whose outcome is still open. */
export const open = (article) => {
  const index = session().history.findLastIndex(
    (p) => p.article === article && p.outcome === 'pending',
  );
  return index < 0 ? undefined : { purchase: session().history[index], index };
};

/** Tells the elements on the page who is here, when the shop opens. */
export const announce = () => storeShopper(details());
