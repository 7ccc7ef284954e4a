import type { PageApi } from './page-api.js';
import { avatar, icon, timeFacts } from './details.js';
import { button, el } from './element.js';
import type { BookingCard } from './page-data.js';
import type { Adapter } from './adapter.js';

export interface BookingViewOptions {
  readonly booking: BookingCard;
  readonly cancelling: boolean;
  readonly zone: string;
  readonly api: PageApi;
  readonly adapter: Adapter;
  readonly onGo: (path: string) => void;
  readonly onCancelled: (booking: BookingCard) => void;
}

const headline = ({ status }: BookingCard): string => {
  if (status === 'CANCELLED') return 'This booking is cancelled';
  return status === 'PENDING' ? 'Your request has been sent' : 'You are booked';
};

const explanation = ({ status, attendee, event }: BookingCard): string => {
  if (status === 'CANCELLED') return 'The time is free again.';
  if (status === 'PENDING') return `${event.host.name} will confirm it by mail to ${attendee.email}.`;
  return `A confirmation is on its way to ${attendee.email}.`;
};

/** The view of a booking: event type, time, and the buttons to move and cancel it. */
export function bookingView(options: BookingViewOptions): HTMLElement {
  const { booking, cancelling, zone, onGo } = options;
  const gone = booking.status === 'CANCELLED';
  const title = el('h1', { tabindex: -1 }, [headline(booking)]);
  document.title = headline(booking);
  const link = (text: string, path: string): HTMLElement =>
    button(text, () => onGo(path), { class: 'plain' });
  return el('article', { class: 'card narrow', 'data-step': 'done' }, [
    el('div', { class: 'badge', 'data-gone': gone }, [icon(gone ? 'cross' : 'check')]),
    title,
    el('p', { class: 'explanation' }, [explanation(booking)]),
    el('div', { class: 'summary' }, [
      el('p', { class: 'what' }, [avatar(booking.event.host), el('span', {}, [booking.title])]),
      el('ul', { class: 'facts' }, timeFacts(Date.parse(booking.start), booking.duration, zone)),
      booking.notes ? el('p', { class: 'description' }, [booking.notes]) : null,
    ]),
    !gone && cancelling ? cancelForm(options) : null,
    gone || cancelling
      ? el('div', { class: 'actions' }, [link('Book another time', booking.event.path)])
      : el('div', { class: 'actions' }, [
          link('Move', booking.paths.move),
          link('Cancel booking', booking.paths.cancel),
        ]),
  ]);
}

function cancelForm({ booking, api, adapter, onCancelled }: BookingViewOptions): HTMLElement {
  const reason = el('textarea', { id: 'reason', rows: 2 });
  const submit = el('button', { type: 'submit', class: 'primary danger' }, ['Cancel this booking']);
  const error = el('p', { class: 'error failure', role: 'alert', hidden: true });
  const form = el('form', { class: 'booking-form' }, [
    el('div', { class: 'field' }, [
      el('label', { for: 'reason' }, ['Why?', el('span', { class: 'optional' }, [' (optional)'])]),
      reason,
    ]),
    error,
    el('div', { class: 'actions' }, [submit]),
  ]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit.disabled = true;
    api
      .cancel(booking.uid, reason.value.trim())
      .then((cancelled) => {
        adapter.cancelled(cancelled);
        onCancelled(cancelled);
      })
      .catch(() => {
        submit.disabled = false;
        error.textContent = 'The booking could not be cancelled. Please try again.';
        error.hidden = false;
      });
  });
  return form;
}
