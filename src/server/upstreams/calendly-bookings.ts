import * as z from 'zod';
import { LONGEST_BOOKING_MS } from '../durations.js';
import { calendlyForm, offerOf, type CalendlyForm } from './calendly-form.js';
import { inviteeBody } from './calendly-invitee.js';
import { isWithin, type PagePrefix } from './pages.js';
import {
  UpstreamFailure,
  type Ask,
  type BookingLimit,
  type BookingOutcome,
  type Caller,
  type EventType,
  type TakesBookings,
  type Upstream,
} from './upstream.js';

interface CalendlyBookingsOptions {
  readonly ask: Ask;
  /** Free times, asked again where a refusal may mean that the slot is gone. */
  readonly times: Upstream['times'];
  /** Event types at these pages, or all. */
  readonly pages: readonly PagePrefix[] | 'all';
  readonly limits: readonly BookingLimit[];
}

const uuidOf = (uri: string): string => encodeURIComponent(uri.split('/').at(-1) ?? '');

const webUrl = z.url({ protocol: /^https?$/ }).max(2000);
const madeSchema = z.object({
  resource: z.object({
    event: z.string().max(2000).catch(''),
    cancel_url: webUrl.optional().catch(undefined),
    reschedule_url: webUrl.optional().catch(undefined),
  }),
});

/** No connection was there: whatever was to be sent, was not. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

function isNotSent({ code, cause }: UpstreamFailure): boolean {
  if (/^(budget|open|busy|store|rate-limited)$/.test(code)) return true;
  const reason =
    cause instanceof Error ? (cause.cause as { readonly code?: unknown } | undefined) : undefined;
  return code === 'unreachable' && NOT_CONNECTED.test(String(reason?.code));
}

/** Calendly's scheduling API. It has no idempotency: what is sent here is sent once. */
export function calendlyBookings({ ask, times, pages, limits }: CalendlyBookingsOptions): TakesBookings {
  async function formOf({ id }: EventType, caller: Caller): Promise<CalendlyForm | string> {
    const body = await ask({ operation: 'event-type', path: `/event_types/${uuidOf(id)}`, ...caller });
    const form = calendlyForm((body as { readonly resource?: unknown } | null)?.resource);
    if (typeof form === 'string') return form;
    if (form.uri !== id) return 'another event type';
    return pages === 'all' || isWithin(form.page, pages) ? form : 'not among the listed pages';
  }

  /** Whether a slot is not offered any more. A service that does not say leaves it open. */
  async function isGone(event: EventType, start: number, caller: Caller): Promise<boolean> {
    try {
      const spans = await times(event, { from: start, to: start + 60_000 }, caller);
      return spans.every(
        (span) => 'slots' in span && span.slots.every((slot) => Date.parse(slot.start) !== start),
      );
    } catch {
      return false;
    }
  }

  async function failed(
    cause: unknown,
    event: EventType,
    start: number,
    caller: Caller,
  ): Promise<BookingOutcome> {
    if (!(cause instanceof UpstreamFailure)) return { is: 'unknown' };
    if (isNotSent(cause)) return { is: 'not-sent', cause };
    const status = cause.code === 'not-found' ? 404 : (cause.status ?? 0);
    if (status < 400 || status >= 500) return { is: 'unknown', cause };
    // The API has no agreed status for a slot that is gone.
    const isTaken = /^(400|404|409|422)$/.test(String(status)) && (await isGone(event, start, caller));
    return { is: isTaken ? 'taken' : 'refused', cause };
  }

  return {
    limits,
    async offer(event, caller) {
      const form = await formOf(event, caller);
      return typeof form === 'string' ? { offered: false, reason: form } : offerOf(form);
    },
    async prepare(event, parameters, caller) {
      const form = await formOf(event, caller);
      if (typeof form === 'string')
        throw new UpstreamFailure('not-found', `it cannot be booked here: ${form}`);
      const body = inviteeBody(form, parameters);
      if (typeof body === 'string') return body;
      const start = Date.parse(parameters.start);
      return async () => {
        let answer: unknown;
        try {
          answer = await ask({
            operation: 'bookings',
            path: '/invitees',
            post: { body, longest: LONGEST_BOOKING_MS },
            ...caller,
          });
        } catch (cause) {
          return failed(cause, event, start, caller);
        }
        const { success, data } = madeSchema.safeParse(answer);
        const made = success ? data.resource : undefined;
        return {
          is: 'booked',
          booking: {
            id: made?.event ?? '',
            start: new Date(start).toISOString(),
            end: new Date(start + Number(event.query['minutes']) * 60_000).toISOString(),
            ...(made?.reschedule_url !== undefined && { rescheduleUrl: made.reschedule_url }),
            ...(made?.cancel_url !== undefined && { cancelUrl: made.cancel_url }),
          },
        };
      };
    },
  };
}
