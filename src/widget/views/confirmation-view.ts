import { html, nothing, type TemplateResult } from 'lit';
import type { Step } from '../booking/form-draft.js';
import type { CalendarLinks } from '../calendar-chunk.js';
import { formatMessage } from '../locales/format-message.js';
import type { CoreStrings, FormStrings } from '../locales/strings.js';

export interface ConfirmationModel {
  readonly strings: CoreStrings & FormStrings;
  readonly step: Exclude<Step, 'fill' | 'unknown'>;
  readonly title: string;
  /** The booked slot in words. */
  readonly time: string;
  /** The zone that `time` is in. */
  readonly zone: string;
  /** Text or https URL; may be empty. */
  readonly location: string;
  readonly calendar: CalendarLinks | undefined;
  /** The provider's page where the booking can be changed; empty for none. */
  readonly manage: string;
  /** The provider's pages where this booking is moved and cancelled; empty for none. */
  readonly moveUrl: string;
  readonly cancelUrl: string;
  /** Whether the booking can be moved and cancelled here. */
  readonly canMove: boolean;
  readonly canCancel: boolean;
  /** Whether the visitor has pressed "Cancel booking" once. */
  readonly isCancelling: boolean;
  readonly failed: boolean;
  /** Where the host sends visitors after a booking; empty for nowhere. */
  readonly redirect: string;
}

export interface ConfirmationActions {
  readonly onMove: () => void;
  readonly onCancel: (event: MouseEvent) => void;
  readonly onAnother: () => void;
}

const link = (href: string, text: string, file?: string): TemplateResult =>
  file
    ? html`<a href=${href} download=${file}>${text}</a>`
    : html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`;

const placeView = (location: string): TemplateResult | typeof nothing =>
  location
    ? html`<p part="booking-place">
        <bdi
          >${/^https?:\/\//.test(location) ? link(location, location.replace(/^https?:\/\//, '')) : location}</bdi
        >
      </p>`
    : nothing;

const TITLES = {
  sending: 'booking',
  cancelling: 'booked',
  booked: 'booked',
  pending: 'pending',
  moved: 'moved',
  cancelled: 'cancelled',
} as const satisfies Record<ConfirmationModel['step'], keyof FormStrings>;

/** A key that is held down answers no question either. */
const holdOff = (event: KeyboardEvent): void => {
  if (event.repeat) event.preventDefault();
};

const calendarView = (
  { file, google, outlook }: CalendarLinks,
  { addToCalendar, calendarFile }: FormStrings,
): TemplateResult =>
  html`<div class="actions" role="group" aria-label=${addToCalendar}>
    <span>${addToCalendar}</span>
    ${link(file, calendarFile, 'booking.ics')}${link(google, 'Google')}${link(outlook, 'Outlook')}
  </div>`;

function changesView(model: ConfirmationModel, actions: ConfirmationActions): TemplateResult {
  const { strings, canMove, canCancel, moveUrl, cancelUrl, isCancelling, failed } = model;
  return html`<div class="actions">
      ${
        canMove
          ? html`<button part="reschedule" @click=${actions.onMove}>${strings.reschedule}</button>`
          : nothing
      }${
        canCancel
          ? html`<button part="cancel" @click=${actions.onCancel} @keydown=${holdOff}>
              ${isCancelling ? strings.confirmCancel : strings.cancelBooking}
            </button>`
          : nothing
      }${moveUrl ? link(moveUrl, strings.reschedule) : nothing}${cancelUrl ? link(cancelUrl, strings.cancelBooking) : nothing}
    </div>
    <p role="alert" class="error">${failed ? strings.notChanged : nothing}</p>`;
}

/**
 * What became of the booking, from the moment that the form is sent: drawn at once with "Booking…" as its title, and
 * definite with the answer.
 */
export function confirmationView(model: ConfirmationModel, actions: ConfirmationActions): TemplateResult {
  const { strings, step, title, time, zone, location, calendar, manage, redirect } = model;
  const isOpen = step === 'sending';
  const stands = step === 'booked' || step === 'moved' || step === 'pending' || step === 'cancelling';
  return html`<div
    class="card"
    part="confirmation"
    tabindex="-1"
    aria-busy=${String(isOpen || step === 'cancelling')}
  >
    <div role="status">
      <h2><span class="mark" aria-hidden="true"></span>${strings[TITLES[step]]}</h2>
    </div>
    <p><b dir="auto">${title}</b></p>
    <p part="booking-time">${time}<br /><small>${zone}</small></p>
    ${placeView(location)}
    ${
      stands
        ? html`${
            redirect
              ? html`<p>
                  <a class="primary" href=${redirect}
                    >${formatMessage(strings.continueTo, { host: new URL(redirect).host })}</a
                  >
                </p>`
              : nothing
          }
          ${calendar ? calendarView(calendar, strings) : nothing} ${changesView(model, actions)}`
        : nothing
    }
    ${
      isOpen
        ? nothing
        : html`<div class="actions">
            <button class="plain" part="book-another" @click=${actions.onAnother}>
              ${strings.bookAnother}</button
            >${manage ? link(manage, strings.changeBooking) : nothing}
          </div>`
    }
  </div>`;
}
