import { el } from '../element.js';
import { announce, copyButton, field } from './controls.js';
import { readSnippet } from './read-snippet.js';
import { change, current } from './store.js';
import { DEFAULTS } from './state.js';

/** Sharing the choices, and reading them from a snippet that is already on a site. */
export function reuseView() {
  const said = el('p', { class: 'read-result', role: 'status' });
  const pasted = el('textarea', { rows: '3', spellcheck: 'false', placeholder: '<booking-widget src="…">…' });
  const read = () => {
    const state = readSnippet(pasted.value);
    if (!state) {
      said.className = 'read-result mistake';
      said.textContent = 'There is no snippet of the widget in this text.';
      return;
    }
    // Most places take the same form: then the chosen place stays.
    change({ ...state, to: state.to === DEFAULTS.to ? current().to : state.to });
    said.className = 'read-result good';
    said.textContent = 'All fields show the choices of this snippet.';
    announce(said.textContent);
  };
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': 'reuse-title' },
    el('h2', { id: 'reuse-title' }, 'Share and edit'),
    el(
      'p',
      { class: 'hint' },
      'The address of this page holds all choices. Nothing is sent anywhere: no account, no tracking.',
    ),
    el(
      'div',
      { class: 'actions' },
      copyButton(() => location.href, 'Copy the address'),
      el('button', { type: 'button', click: () => change(DEFAULTS) }, 'Start again'),
    ),
    field('Edit a snippet that you have', pasted),
    el('div', { class: 'actions' }, el('button', { type: 'button', click: read }, 'Read the snippet'), said),
  );
}
