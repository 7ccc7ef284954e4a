import './gallery.js';
import { service } from '/service.js';
import { el } from './element.js';
import { freshHost } from './examples.js';
import { snippetOf } from './snippet.js';

/** Delays of the scheduling service in milliseconds, the same for both lanes. */
const LINKS = {
  local: { title: 'This machine', page: 0, times: 0 },
  usual: { title: 'A usual connection', page: 900, times: 500 },
  slow: { title: 'A slow one', page: 2500, times: 1200 },
};
const LIMIT_MS = 30_000;
const KEPT = 'gallery:compare';

const query = new URLSearchParams(location.search);
const link = Object.hasOwn(LINKS, query.get('link') ?? '') ? query.get('link') : 'usual';
const host = query.get('host') ?? freshHost();
const src = `${service.cal}/${host}/30min`;
const address = (changes) => `/compare?${new URLSearchParams({ link, host, ...changes })}`;

const rows = document.querySelector('[data-rows]');
const lanes = {
  widget: document.querySelector('[data-lane=widget]'),
  frame: document.querySelector('[data-lane=frame]'),
};

const words = (ms) => (ms === null ? 'not within 30 s' : ms === undefined ? '…' : `${Math.round(ms)} ms`);

/** Adds an element to the page and waits for its marks; the clock starts when it is added. */
function timed(lane, make, listen) {
  const example = el('div', { class: 'example' });
  lane.append(example);
  return new Promise((resolve) => {
    const marks = {};
    const start = performance.now();
    const end = () => resolve({ times: null, calendar: null, ...marks });
    const limit = setTimeout(end, LIMIT_MS);
    listen((name) => {
      marks[name] ??= performance.now() - start;
      if (marks.times === undefined || marks.calendar === undefined) return;
      clearTimeout(limit);
      end();
    });
    example.append(make());
    lane.append(snippetOf(example, { withScript: lane === lanes.widget }));
  });
}

/** Measures by the widget's events, which are fired after the render they announce. */
const runWidget = () =>
  timed(
    lanes.widget,
    () =>
      el('booking-widget', { src, provider: 'cal', api: service.cal }, el('a', { href: src }, 'Book a time')),
    (mark) => {
      lanes.widget.addEventListener('booking-availability', () => mark('times'));
      lanes.widget.addEventListener('booking-ready', () => {
        mark('times');
        mark('calendar');
      });
    },
  );

/**
 * Measures by the message with which the scheduling page reports that its slots are rendered. The frame's name makes the
 * page send it and changes nothing else: the page is neither hidden nor delayed.
 */
const runFrame = () =>
  timed(
    lanes.frame,
    () => el('iframe', { src, name: 'cal-embed=plain', title: 'Book a time' }),
    (mark) => {
      addEventListener('message', ({ origin, data }) => {
        if (origin !== service.cal || data?.type !== 'availabilityLoaded' || data.namespace !== 'plain')
          return;
        mark('times');
        mark('calendar');
      });
    },
  );

const row = ({ visit, widget, frame }) =>
  el(
    'tr',
    {},
    el('th', { scope: 'row' }, visit),
    el('td', {}, words(widget?.times)),
    el('td', {}, words(widget?.calendar)),
    el('td', {}, words(frame?.times)),
  );

const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
const visits = kept.host === host && kept.link === link ? kept.visits : [];
const draw = (now) => rows.replaceChildren(...[...visits, now].map(row));

document
  .querySelector('[data-links]')
  .append(
    ...Object.entries(LINKS).map(([id, { title }]) =>
      el('a', { href: `/compare?link=${id}`, 'aria-current': id === link && 'true' }, title),
    ),
  );
document
  .querySelector('[data-visit]')
  .append(
    el('a', { class: 'button primary', href: address({}) }, 'Visit again'),
    el('a', { class: 'button', href: `/compare?link=${link}` }, 'As a new visitor'),
  );

const { page, times } = LINKS[link];
history.replaceState(null, '', address({}));
await fetch(service.control, {
  method: 'POST',
  body: JSON.stringify({
    match: host,
    knobs: { delay: page || null, 'slots-delay': times || null, 'page-slots-delay': times || null },
  }),
});

// One after the other, so that they do not share the machine. The frame is second: what the browser has cached of the
// page by then is to its advantage.
const now = { visit: visits.length ? `Visit ${visits.length + 1}` : 'First visit' };
draw(now);
now.widget = await runWidget();
draw(now);
now.frame = await runFrame();
draw(now);
rows.dataset.done = '';
sessionStorage.setItem(KEPT, JSON.stringify({ host, link, visits: [...visits, now] }));
