import './gallery.js';
import { el } from './element.js';

/** Poll interval: short enough to look live. */
const EVERY_MS = 1000;

const place = document.querySelector('[data-reports]');
const list = el('ol', { class: 'report-list' });
const nothing = el(
  'p',
  { class: 'quiet' },
  'None yet. One comes when the calendar is ready, another when you leave the page.',
);
place.append(
  el(
    'div',
    { class: 'bar' },
    el('h2', {}, 'Reports that arrived at ', el('code', {}, '/metrics')),
    el('button', { type: 'button', click: forget }, 'Forget'),
  ),
  el('div', { 'aria-live': 'polite' }, nothing, list),
);

const brief = ({ outcome, failure, cache, marks }) =>
  [outcome, failure, `times ${cache}`, marks.ready !== undefined && `ready after ${marks.ready} ms`]
    .filter(Boolean)
    .join(' · ');

const vital = ([name, value]) =>
  el(
    'li',
    {},
    el('span', {}, name),
    ' ',
    String(typeof value === 'number' ? Math.round(value * 1000) / 1000 : value),
  );

const item = ({ at, report }) =>
  el(
    'li',
    {},
    el('p', {}, el('b', {}, new Date(at).toLocaleTimeString()), ` No. ${report.seq} of view ${report.id}`),
    ...report.widgets.map((widget) => el('p', {}, brief(widget))),
    el('ul', { class: 'fields' }, ...Object.entries(report.vitals).map(vital)),
    el(
      'details',
      {},
      el('summary', {}, 'The whole report'),
      el('pre', { tabindex: '0' }, JSON.stringify(report, null, 2)),
    ),
  );

let shown = '';
async function look() {
  if (document.hidden) return;
  const text = await fetch('/metrics').then(
    (answer) => answer.text(),
    () => shown,
  );
  if (text === shown) return;
  shown = text;
  const reports = JSON.parse(text || '[]')
    .toReversed()
    .slice(0, 20);
  nothing.hidden = reports.length > 0;
  list.replaceChildren(...reports.map(item));
}

async function forget() {
  await fetch('/metrics', { method: 'DELETE' });
  await look();
}

await look();
setInterval(look, EVERY_MS);
document.addEventListener('visibilitychange', look);
