import { VIDEO, defaultFields } from './booking-fields.js';
import type { ConfiguredEvent } from './event-settings.js';
import type { Knobs } from './knobs.js';

const OFF = { disabled: true };

/** The event type as `GET /v2/event-types` (2024-06-14) describes it to a client without a key. */
export function describeEventType(event: ConfiguredEvent, origin: string, knobs: Knobs): object {
  const [host] = event.hosts;
  const { settings } = event;
  const answer: Record<string, unknown> = {
    id: event.id,
    ownerId: 1,
    title: event.title,
    slug: event.slug,
    description: event.description,
    lengthInMinutes: event.durations[0],
    ...(event.durations.length > 1 && { lengthInMinutesOptions: event.durations }),
    locations: event.locations ?? VIDEO,
    bookingFields: [...defaultFields(settings.splitName), ...settings.fields],
    recurrence:
      settings.occurrences === null
        ? null
        : { interval: 1, occurrences: settings.occurrences, frequency: 'weekly' },
    disableGuests: false,
    price: settings.price,
    currency: 'usd',
    confirmationPolicy: event.needsConfirmation
      ? { type: 'always', blockUnconfirmedBookingsInBooker: true }
      : OFF,
    seats:
      settings.seats === null
        ? OFF
        : { seatsPerTimeSlot: settings.seats, showAttendeeInfo: false, showAvailabilityCount: true },
    requiresBookerEmailVerification: settings.verifiesEmail,
    bookingRequiresAuthentication: settings.requiresLogin,
    bookerActiveBookingsLimit: OFF,
    minimumBookingNotice: event.noticeMinutes,
    bookingWindow: { type: 'calendarDays', value: event.horizonDays, rolling: true },
    slotInterval: null,
    offsetStart: 0,
    isInstantEvent: settings.instant,
    successRedirectUrl: '',
    forwardParamsSuccessRedirect: null,
    lockTimeZoneToggleOnBookingPage: false,
    hideCalendarEventDetails: false,
    hideOrganizerEmail: false,
    color: null,
    interfaceLanguage: '',
    metadata: {},
    disableCancelling: OFF,
    disableRescheduling: OFF,
    hidden: settings.hidden,
    users: [
      {
        id: 1,
        name: host.name,
        username: host.slug,
        avatarUrl: `${origin}/__page/avatar.svg`,
        brandColor: null,
        weekStart: 'Monday',
      },
    ],
    bookingUrl: `${origin}/${event.key}`,
  };
  for (const key of (knobs['omit'] ?? '').split(',')) delete answer[key];
  return answer;
}
