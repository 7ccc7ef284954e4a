import { html, nothing, render } from '/lit.js';

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

/** Flattens the fields of a report, so that each of its marks is a row of its own. */
const flat = ([name, value]) =>
  name === 'report'
    ? Object.entries(value).flatMap(flat)
    : name === 'marks'
      ? Object.entries(value)
      : [[name, value]];

/** The fields of an event as pairs of name and value, as its class documents them. */
export const fieldsOf = (event) =>
  Object.entries(event)
    .filter(([name, value]) => name !== 'isTrusted' && value !== undefined)
    .flatMap(flat);

const rowOf = ({ event, at, id }) => html`
  <tr data-event=${event.type}>
    <td>${seconds(at)}</td>
    <td><code>${event.type}</code>${id ? html`<small> #${id}</small>` : nothing}</td>
    <td>
      <ul class="fields">
        ${fieldsOf(event).map(([name, value]) => html`<li><span>${name}</span> ${String(value)}</li>`)}
      </ul>
    </td>
  </tr>
`;

/**
 * Renders a live table of the widget's events in a document, newest first. Returns `clear`, which empties the table, and
 * `watch`, which adds the events of another document (a frame's).
 */
export function eventTable(place) {
  /** With `data-events="all"` the table also lists all nine event types and how many of each were received. */
  const tallied = place.dataset.events === 'all';
  let received = [];
  let start = 0;

  const count = (type) => received.filter(({ event }) => event.type === type).length;
  const draw = () => {
    render(
      html`
        <div class="bar">
          <h2>Events</h2>
          <button type="button" @click=${clear}>Clear</button>
        </div>
        ${
          tallied
            ? html`<ul class="tally">
                ${EVENTS.map((type) => html`<li><code>${type}</code> <b>${count(type)}</b></li>`)}
              </ul>`
            : nothing
        }
        <div class="scroller" role="region" tabindex="0" aria-label="Events">
          <p class="quiet" ?hidden=${received.length > 0}>Nothing yet.</p>
          <table ?hidden=${received.length === 0}>
            <thead>
              <tr>
                <th scope="col">After</th>
                <th scope="col">Event</th>
                <th scope="col">Fields</th>
              </tr>
            </thead>
            <tbody>
              ${received.slice(0, MOST_ROWS).map(rowOf)}
            </tbody>
          </table>
        </div>
      `,
      place,
    );
  };
  const clear = () => {
    start = performance.now();
    received = [];
    draw();
  };
  const watch = (target) => {
    for (const type of EVENTS)
      target.addEventListener(type, (event) => {
        received = [{ event, at: performance.now() - start, id: event.target.id }, ...received];
        draw();
      });
  };

  place.classList.add('events');
  draw();
  watch(document);
  return { clear, watch };
}
