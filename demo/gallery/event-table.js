import { el } from './element.js';

export const EVENTS = [
  'booking-availability',
  'booking-open',
  'booking-close',
  'booking-slot-select',
  'booking-ready',
  'booking-booked',
  'booking-error',
  'booking-retry',
  'booking-timing',
];

const MOST_ROWS = 100;

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

/** A report's own fields, flat: its marks are what one looks for. */
const flat = ([name, value]) =>
  name === 'report'
    ? Object.entries(value).flatMap(flat)
    : name === 'marks'
      ? Object.entries(value)
      : [[name, value]];

/** What an event says, as its class documents it. */
export const fieldsOf = (event) =>
  Object.entries(event)
    .filter(([name, value]) => name !== 'isTrusted' && value !== undefined)
    .flatMap(flat);

const fieldList = (event) =>
  el(
    'ul',
    { class: 'fields' },
    ...fieldsOf(event).map(([name, value]) => el('li', {}, el('span', {}, name), ' ', String(value))),
  );

/**
 * A live table of the widget's events in a document, newest first. Returns what empties it and what adds another
 * document (a frame's).
 */
export function eventTable(place) {
  const rows = el('tbody');
  const nothing = el('p', { class: 'quiet' }, 'Nothing yet.');
  const table = el(
    'table',
    { hidden: true },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, 'After'),
        el('th', { scope: 'col' }, 'Event'),
        el('th', { scope: 'col' }, 'Fields'),
      ),
    ),
    rows,
  );
  const counts = Object.fromEntries(EVENTS.map((type) => [type, 0]));
  /** How often each was heard, where the page asks for all nine to be named. */
  const tally = new Map(place.dataset.events === 'all' ? EVENTS.map((type) => [type, el('b', {}, '0')]) : []);
  let start = 0;
  const add = (event) => {
    nothing.hidden = true;
    table.hidden = false;
    const { id } = event.target;
    if (tally.has(event.type)) tally.get(event.type).textContent = String(++counts[event.type]);
    rows.prepend(
      el(
        'tr',
        { 'data-event': event.type },
        el('td', {}, seconds(performance.now() - start)),
        el('td', {}, el('code', {}, event.type), id && el('small', {}, ` #${id}`)),
        el('td', {}, fieldList(event)),
      ),
    );
    while (rows.children.length > MOST_ROWS) rows.lastElementChild.remove();
  };
  const watch = (target) => {
    for (const type of EVENTS) target.addEventListener(type, add);
  };
  const clear = () => {
    start = performance.now();
    for (const [type, count] of tally) {
      counts[type] = 0;
      count.textContent = '0';
    }
    rows.replaceChildren();
    nothing.hidden = false;
    table.hidden = true;
  };
  place.classList.add('events');
  const parts = [
    el(
      'div',
      { class: 'bar' },
      el('h2', {}, 'Events'),
      el('button', { type: 'button', click: clear }, 'Clear'),
    ),
    tally.size > 0 &&
      el(
        'ul',
        { class: 'tally' },
        ...[...tally].map(([type, count]) => el('li', {}, el('code', {}, type), ' ', count)),
      ),
    el('div', { class: 'scroller', role: 'region', tabindex: '0', 'aria-label': 'Events' }, nothing, table),
  ];
  place.append(...parts.filter(Boolean));
  watch(document);
  return { clear, watch };
}
