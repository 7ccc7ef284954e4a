import './gallery.js';
import { service } from '/service.js';
import { el } from './element.js';
import { freshHost } from './examples.js';
import { snippetOf } from './snippet.js';

const COUNTS = [10, 50];
const EVERY_MS = 1000;

const query = new URLSearchParams(location.search);
const count = Number(query.get('count')) === 50 ? 50 : 10;
const areSame = query.get('src') !== 'different';
const host = freshHost();

const grid = document.querySelector('[data-grid]');
const result = document.querySelector('[data-result]');

const pageOf = (index) => `${service.cal}/${areSame ? host : `${host}-${index + 1}`}/30min`;

const widget = (src, name) =>
  el(
    'booking-widget',
    { loading: 'interaction', slots: '3', src, provider: 'cal', api: service.cal },
    el('a', { href: src }, `Book a time with ${name}`),
  );

const choice = (title, address, isCurrent) =>
  el('a', { href: address, 'aria-current': isCurrent && 'true' }, title);

document
  .querySelector('[data-choices]')
  .append(
    ...[true, false].map((same) =>
      el(
        'p',
        { class: 'segments' },
        ...COUNTS.map((each) =>
          choice(
            `${each} with ${same ? 'the same page' : 'pages of their own'}`,
            `/many?count=${each}${same ? '' : '&src=different'}`,
            each === count && same === areSame,
          ),
        ),
      ),
    ),
  );

grid.append(
  ...Array.from({ length: count }, (_, index) =>
    el('li', {}, el('h2', {}, `Person ${index + 1}`), widget(pageOf(index), `person ${index + 1}`)),
  ),
);

const first = grid.querySelector('booking-widget');
const example = el('div', { hidden: true }, first.cloneNode(true));
grid.after(snippetOf(example));

/** Shows the requests of this page that the scheduling service has recorded. */
async function look() {
  const seen = await fetch(`${service.control}/log?match=*`).then(
    (answer) => answer.json(),
    () => [],
  );
  const ours = seen.filter(({ key }) => key.startsWith(host));
  const requests = ours.filter(({ method, path }) => method === 'GET' && path === '/v2/slots').length;
  const framed = ours.filter(({ path }) => path.endsWith('/embed')).length;
  const shown = [...grid.querySelectorAll('booking-widget')].filter((each) =>
    each.shadowRoot?.querySelector('[part~=slot]'),
  ).length;
  result.dataset.requests = String(requests);
  result.dataset.shown = String(shown);
  result.textContent = `${shown} of ${count} widgets show times · the service received ${requests === 1 ? '1 request' : `${requests} requests`} · ${framed === 0 ? 'no' : framed} frames`;
}

setInterval(look, EVERY_MS);
await look();
