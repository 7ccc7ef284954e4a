import './gallery.js';
import { service } from '/service.js';

const EVENT = '60min';
const widget = document.querySelector('booking-widget');
const button = document.querySelector('[data-book]');
const told = document.querySelector('[data-told]');
const src = widget.getAttribute('src');

const hosted = new URL('/embed', service.companion);
hosted.search = new URLSearchParams({ src, provider: 'cal', loading: 'interaction' });
document.querySelector('[data-hosted]').href = hosted;
document.querySelector('[data-dashboard]').href = `${service.companion}/dashboard`;
document.querySelector('[data-token]').textContent = service.token;

/** The first free time, as the companion knows it. */
async function firstTime() {
  const answer = await fetch(`${service.companion}/v1/availability?${new URLSearchParams({ src })}`);
  const { slots } = await answer.json();
  return slots[0]?.start;
}

/** What any other visitor's browser would send to the scheduling service. This page says nothing to the widget. */
async function bookElsewhere() {
  const start = await firstTime();
  if (!start) return 'Nothing is free.';
  const pressed = performance.now();
  const stream = new EventSource(`${service.companion}/v1/live?${new URLSearchParams({ src })}`);
  const heard = new Promise((resolve) => {
    stream.addEventListener('times-gone', ({ data }) => {
      if (Date.parse(JSON.parse(data).start) === Date.parse(start)) resolve(performance.now() - pressed);
    });
  });
  await new Promise((resolve) => stream.addEventListener('here', resolve, { once: true }));
  const answer = await fetch(`${service.cal}/v2/bookings`, {
    method: 'POST',
    headers: { 'cal-api-version': '2024-08-13', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      start,
      eventTypeSlug: EVENT,
      username: new URL(src).pathname.split('/')[1],
      attendee: { name: 'Somebody Else', email: 'else@example.com', timeZone: 'UTC' },
    }),
  });
  if (!answer.ok) {
    stream.close();
    return 'Somebody was quicker still.';
  }
  const ms = Math.round(await heard);
  stream.close();
  const when = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' }).format(
    new Date(start),
  );
  return `${when} was booked from elsewhere; every page heard of it after ${ms} ms.`;
}

button.addEventListener('click', async () => {
  button.disabled = true;
  told.textContent = await bookElsewhere().catch((cause) => `That did not work: ${cause.message}`);
  button.disabled = false;
});
