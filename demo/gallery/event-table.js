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
 * A live table of the widget's events in a document, newest first. Returns what empties it and what adds another
 * document (a frame's).
 */
export function eventTable(place) {
  /** Where the page asks for all nine to be named, how often each was heard is told too. */
  const tallied = place.dataset.events === 'all';
  let heard = [];
  let start = 0;

  const count = (type) => heard.filter(({ event }) => event.type === type).length;
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
          <p class="quiet" ?hidden=${heard.length > 0}>Nothing yet.</p>
          <table ?hidden=${heard.length === 0}>
            <thead>
              <tr>
                <th scope="col">After</th>
                <th scope="col">Event</th>
                <th scope="col">Fields</th>
              </tr>
            </thead>
            <tbody>
              ${heard.slice(0, MOST_ROWS).map(rowOf)}
            </tbody>
          </table>
        </div>
      `,
      place,
    );
  };
  const clear = () => {
    start = performance.now();
    heard = [];
    draw();
  };
  const watch = (target) => {
    for (const type of EVENTS)
      target.addEventListener(type, (event) => {
        heard = [{ event, at: performance.now() - start, id: event.target.id }, ...heard];
        draw();
      });
  };

  place.classList.add('events');
  draw();
  watch(document);
  return { clear, watch };
}
