/** Who is shopping, and what they bought. Kept in this browser alone. */
import { storeShopper } from '../dist/element.js';
import { SHOPPERS } from './shoppers.js';

const KEY = 'hem-and-harbour';

/** @typedef {{ history: object[], body: Record<string, number> }} Session what a shopper has added to their sample history */

const fresh = () => ({
  shopper: 'ada',
  sessions: Object.fromEntries(SHOPPERS.map(({ id }) => [id, { history: [], body: {} }])),
});

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (
      SHOPPERS.every(({ id }) => Array.isArray(kept.sessions[id].history)) &&
      kept.sessions[kept.shopper]
    )
      return kept;
  } catch {
    // Nothing kept, or nothing of ours.
  }
  return fresh();
}

let state = read();
const listeners = new Set();

/** Calls back at every change until the returned function is called. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(what) {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Without storage the shop forgets at the next visit, and works all the same.
  }
  for (const listener of listeners) listener(what);
  storeShopper(details());
}

/** The sample shopper who is here now. */
export const shopper = () => SHOPPERS.find(({ id }) => id === state.shopper);

const session = () => state.sessions[state.shopper];

/** Their purchases, oldest first; those that they can take back have an index into their session. */
export const history = () => [
  ...shopper().history.map((purchase) => ({ purchase, index: -1 })),
  ...session().history.map((purchase, index) => ({ purchase, index })),
];

export const body = () => session().body;

/** What the model is told. */
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

/** Tells the elements on the page who is here; for the start. */
export const announce = () => storeShopper(details());
