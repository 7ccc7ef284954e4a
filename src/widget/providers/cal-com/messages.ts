import type { BookingChange } from '../../../protocol/booking-notice.js';
import { fieldsOf, instantOf, pixelsOf, textOf, type Foreign } from '../foreign-values.js';
import type { FrameContext, FrameSignal } from '../provider.js';

interface Booking {
  readonly uid: string | undefined;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
}

/** All that is read of the page's messages, by type. A type test holds it against Cal.com's own declarations. */
export interface CalMessages {
  readonly __iframeReady: object;
  readonly __dimensionChanged: { readonly iframeHeight: number };
  readonly __closeIframe: object;
  readonly linkReady: object;
  readonly linkFailed: { readonly code: string };
  readonly bookingSuccessfulV2: Booking;
  readonly rescheduleBookingSuccessfulV2: Booking;
  /** From self-hosted pages that are older than `…V2`; newer ones send both, with the same `uid`. */
  readonly bookingSuccessful: { readonly booking: unknown };
  readonly rescheduleBookingSuccessful: { readonly booking: unknown };
  readonly bookingCancelled: { readonly booking: unknown };
}

function booked(
  change: BookingChange,
  { uid, startTime, endTime }: Foreign<keyof Booking>,
): FrameSignal | null {
  const id = textOf(uid);
  const start = instantOf(startTime);
  const end = instantOf(endTime);
  return id
    ? { type: 'booked', booking: { id, change, ...(start && { start }), ...(end && { end }) } }
    : null;
}

/** Reads one message of the scheduling page; null for all that has no meaning here. Never throws. */
export function readMessage(message: unknown, { namespace, modal }: FrameContext): FrameSignal | null {
  const envelope = fieldsOf<'originator' | 'namespace' | 'type' | 'data'>(message);
  if (envelope.originator !== 'CAL' || envelope.namespace !== namespace) return null;
  const { data } = envelope;
  // The published types do not know yet what a prerendered page says.
  switch (envelope.type as keyof CalMessages | 'linkPrerendered') {
    case '__iframeReady':
      return { type: 'hello' };
    case 'linkReady':
      return { type: 'ready' };
    case 'linkPrerendered':
      return { type: 'prepared' };
    case 'linkFailed': {
      const code = textOf(fieldsOf<keyof CalMessages['linkFailed']>(data).code).replace(/\D/g, '');
      return {
        type: 'failed',
        code: code === '404' ? 'not-found' : code === '429' ? 'rate-limited' : 'provider-error',
        detail: `Cal.com error ${code}`,
      };
    }
    case '__dimensionChanged': {
      const height = pixelsOf(fieldsOf<keyof CalMessages['__dimensionChanged']>(data).iframeHeight);
      return height ? { type: 'resize', height } : null;
    }
    case 'bookingSuccessfulV2':
      return booked('created', fieldsOf(data));
    case 'rescheduleBookingSuccessfulV2':
      return booked('moved', fieldsOf(data));
    case 'bookingSuccessful':
      return booked('created', fieldsOf(fieldsOf<'booking'>(data).booking));
    case 'rescheduleBookingSuccessful':
      return booked('moved', fieldsOf(fieldsOf<'booking'>(data).booking));
    case 'bookingCancelled':
      return booked('cancelled', fieldsOf(fieldsOf<'booking'>(data).booking));
    case '__closeIframe':
      // A click beside the calendar; in the flow of a page there is nothing to close.
      return modal ? { type: 'closed' } : null;
  }
  return null;
}
