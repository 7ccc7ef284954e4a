import type { Slot } from '../../protocol/availability.js';
import type { CalendarEntry } from '../booking/calendar-entry.js';
import type { CalendarLinks } from '../calendar-chunk.js';
import type { EventDetails } from '../booking/event-details.js';
import { isMade, type Draft } from '../booking/form-draft.js';
import { placeName } from '../booking/place-name.js';
import type { ConfirmationModel } from './confirmation-view.js';

type Known = Pick<ConfirmationModel, 'strings' | 'time' | 'zone' | 'manage'> & {
  /** Missing while its code has not come. */
  readonly linksOf: ((entry: CalendarEntry) => CalendarLinks) | undefined;
  /** Of the meeting, where neither the provider nor the slot says when it ends; 0 for nobody knows. */
  readonly minutes: number;
};

/** What the confirmation says: what the provider answered comes before what was known of the event type. */
export function confirmationModel(
  { step, booking, note }: Draft,
  event: EventDetails,
  slot: Slot,
  { linksOf, minutes, ...known }: Known,
): ConfirmationModel {
  const [place] = event.places ?? [];
  const entry: CalendarEntry = {
    title: [event.title, event.host.name].filter(Boolean).join(' – '),
    start: booking?.start || slot.start,
    end: booking?.end || slot.end || '',
    minutes,
    location: booking?.location || (place ? placeName(place) : ''),
  };
  const canChange = isMade({ step }) && !!booking?.id;
  return {
    ...known,
    // A form that waits for its answers has no confirmation.
    step: step === 'fill' || step === 'unknown' ? 'sending' : step,
    title: entry.title,
    location: entry.location,
    calendar: isMade({ step }) || step === 'cancelling' ? linksOf?.(entry) : undefined,
    moveUrl: booking?.links?.reschedule ?? '',
    cancelUrl: booking?.links?.cancel ?? '',
    canMove: canChange && event.reschedulable,
    canCancel: canChange && event.cancellable,
    isCancelling: note === 'cancel-asked',
    failed: note === 'not-changed',
    redirect: event.redirect,
  };
}
