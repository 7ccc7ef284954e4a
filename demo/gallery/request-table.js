import { service } from '/service.js';
import { el } from './element.js';

const origins = [service.cal, service.calendly, service.plain];

/** Where a request belongs: to the widget's files or to the scheduling service; null for the gallery's own. */
function concern({ name, initiatorType }) {
  const { origin, pathname } = new URL(name);
  if (origin === location.origin) return pathname.startsWith('/dist/') ? 'booking-widget' : null;
  if (!origins.includes(origin) || pathname.startsWith('/__control')) return null;
  return initiatorType === 'iframe' ? 'scheduling page' : 'scheduling service';
}

const words = (count, one, many) => `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;

/** Renders a live table of the requests for the widget, from the browser's resource timing entries. */
export function requestTable(place) {
  const rows = el('tbody');
  const sum = el('p', { class: 'sum', role: 'status' });
  const table = el(
    'table',
    {},
    el(
      'thead',
      {},
      el('tr', {}, ...['After', 'File', 'From'].map((head) => el('th', { scope: 'col' }, head))),
    ),
    rows,
  );
  const counts = { own: 0, foreign: 0 };
  const update = () => {
    const own = words(counts.own, 'file', 'files');
    sum.textContent = `So far: ${own} of booking-widget, ${words(counts.foreign, 'request', 'requests')} to the scheduling service`;
    place.dataset.own = String(counts.own);
    place.dataset.foreign = String(counts.foreign);
  };
  const add = (entry) => {
    const from = concern(entry);
    if (!from) return;
    counts[from === 'booking-widget' ? 'own' : 'foreign']++;
    const { pathname } = new URL(entry.name);
    rows.append(
      el(
        'tr',
        {},
        el('td', {}, `${(entry.startTime / 1000).toFixed(2)} s`),
        el('td', {}, el('code', {}, from === 'booking-widget' ? pathname.split('/').at(-1) : pathname)),
        el('td', {}, from),
      ),
    );
  };
  place.append(
    el(
      'details',
      { open: place.localName === 'section' },
      el('summary', {}, sum),
      el('div', { class: 'scroller' }, table),
    ),
  );
  update();
  new PerformanceObserver((list) => {
    list.getEntries().forEach(add);
    update();
  }).observe({ type: 'resource', buffered: true });
}
