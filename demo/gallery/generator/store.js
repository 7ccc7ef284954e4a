// @ts-check
import { complete, fromHash, toHash } from './state.js';

/** @typedef {import('./state.js').State} State */

/** @type {Set<(state: State) => void>} */
const listeners = new Set();

let state = fromHash(location.hash);

/** The state as it is now. */
export const current = () => state;

/**
 * Calls the listener now and after every change.
 *
 * @param {(state: State) => void} listener
 */
export function subscribe(listener) {
  listeners.add(listener);
  listener(state);
}

/** @param {State} next */
function adopt(next) {
  state = next;
  for (const listener of listeners) listener(state);
}

/**
 * Changes some fields. The page's address follows, so that it can be shared; the history gets no entry for each key.
 *
 * @param {Partial<State>} fields
 */
export function change(fields) {
  const next = complete({ ...state, ...fields });
  const hash = toHash(next);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  adopt(next);
}

// Somebody has pasted a shared address while the page was open, or has gone back.
addEventListener('hashchange', () => adopt(fromHash(location.hash)));
