import './gallery.js';
import { service } from '/service.js';
import { el } from './element.js';
import { eventTable } from './event-table.js';
import { freshHost } from './examples.js';
import { choices, failures } from './failure-list.js';
import { snippetOf } from './snippet.js';

/** Short enough to watch; a real page leaves both out. */
const SHORT = { timeout: '4s', retries: '1' };

const list = document.querySelector('[data-failures]');
const stage = document.querySelector('[data-stage]');
const what = document.querySelector('[data-what]');
const patience = document.querySelector('#patience');
const log = eventTable(document.querySelector('[data-log]'));

let host = '';

/** Sends a control request to the scheduling service. An offline browser cannot send one and needs none, so errors are ignored. */
const control = (path, body) =>
  fetch(`${service.control}${path}`, { method: 'POST', body: JSON.stringify(body) }).catch(() => undefined);

function widget({ attributes = {} }) {
  const src = `${service.cal}/${host}/30min`;
  const all = { src, provider: 'cal', api: service.cal, ...(patience.checked ? {} : SHORT), ...attributes };
  return el('booking-widget', all, el('a', { href: src }, 'Book a time'));
}

/** Makes a frame with a separate page; the events of that page appear in this table as well. */
function framed({ page, title }) {
  const query = new URLSearchParams({ host, ...(patience.checked ? { patience: 'real' } : {}) });
  const frame = el('iframe', { class: 'broken', src: `${page}?${query}`, title });
  // The initial empty document is replaced when the page loads.
  const watch = () => log.watch(frame.contentDocument);
  frame.addEventListener('load', watch, { once: true });
  return frame;
}

async function start() {
  const choice = choices.find(({ id }) => id === list.elements.failure.value);
  history.replaceState(null, '', `?failure=${choice.id}`);
  what.replaceChildren(
    el('h2', {}, choice.title),
    el('p', {}, choice.what),
    el('p', {}, el('b', {}, 'Ends in: '), choice.ends),
  );
  stage.replaceChildren();
  const former = host;
  host = freshHost();
  const own = host;
  if (former) void control('/reset', { match: former });
  if (choice.knobs) await control('', { match: host, knobs: choice.knobs });
  // The visitor has chosen another failure meanwhile.
  if (own !== host) return;
  log.clear();
  if (choice.page) {
    stage.replaceChildren(framed(choice));
    return;
  }
  const example = el('div', { class: 'example' }, widget(choice));
  stage.replaceChildren(example, snippetOf(example));
}

const radio = ({ id, title }) =>
  el('label', {}, el('input', { type: 'radio', name: 'failure', value: id }), el('span', {}, title));

list.prepend(
  ...failures.map(({ title, choices: inside }) =>
    el('fieldset', {}, el('legend', {}, title), ...inside.map(radio)),
  ),
);
const wanted = new URLSearchParams(location.search).get('failure');
list.elements.failure.value = choices.some(({ id }) => id === wanted) ? wanted : 'hang';
list.addEventListener('change', start);
// Where the widget is below the list, a click scrolls to it; a choice by keyboard does not scroll.
list.addEventListener('click', ({ detail, target }) => {
  const box = what.getBoundingClientRect();
  if (detail > 0 && target.closest('fieldset') && box.top > innerHeight / 2) what.scrollIntoView();
});
document.querySelector('[data-again]').addEventListener('click', start);
await start();
