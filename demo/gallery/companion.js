import './gallery.js';
import { service } from '/service.js';

const EVENT = '60min';
const widget = document.querySelector('booking-widget');
const button = document.querySelector('[data-book]');
const result = document.querySelector('[data-result]');
const src = widget.getAttribute('src');

const hosted = new URL('/embed', service.companion);
hosted.search = new URLSearchParams({ src, provider: 'cal', loading: 'interaction' });
document.querySelector('[data-hosted]').href = hosted;
document.querySelector('[data-dashboard]').href = `${service.companion}/dashboard`;
document.querySelector('[data-token]').textContent = service.token;

/** The start of the first free slot in the companion's response; undefined when there is none. */
async function firstStart() {
  const response = await fetch(`${service.companion}/v1/availability?${new URLSearchParams({ src })}`);
  const { slots } = await response.json();
  return slots[0]?.start;
}

/**
 * Sends the booking request that any other visitor's browser would send to the scheduling service. This page calls
 * nothing on the widget. Returns a sentence with the outcome.
 */
async function bookElsewhere() {
  const start = await firstStart();
  if (!start) return 'Nothing is free.';
  const pressed = performance.now();
  const stream = new EventSource(`${service.companion}/v1/live?${new URLSearchParams({ src })}`);
  const notified = new Promise((resolve) => {
    stream.addEventListener('times-gone', ({ data }) => {
      if (Date.parse(JSON.parse(data).start) === Date.parse(start)) resolve(performance.now() - pressed);
    });
  });
  await new Promise((resolve) => stream.addEventListener('here', resolve, { once: true }));
  const response = await fetch(`${service.cal}/v2/bookings`, {
    method: 'POST',
    headers: { 'cal-api-version': '2024-08-13', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      start,
      eventTypeSlug: EVENT,
      username: new URL(src).pathname.split('/')[1],
      attendee: { name: 'Somebody Else', email: 'else@example.com', timeZone: 'UTC' },
    }),
  });
  if (!response.ok) {
    stream.close();
    return 'Somebody else has just booked this time.';
  }
  const ms = Math.round(await notified);
  stream.close();
  const when = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' }).format(
    new Date(start),
  );
  return `${when} was booked from elsewhere; every page was notified after ${ms} ms.`;
}

button.addEventListener('click', async () => {
  button.disabled = true;
  result.textContent = await bookElsewhere().catch((cause) => `That did not work: ${cause.message}`);
  button.disabled = false;
});
