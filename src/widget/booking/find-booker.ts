import { loadChunk } from '../load-chunk.js';
import { slotsUrlOf } from '../slots-url.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetState } from '../state/state.js';
import { bookableNatively, type GateResult } from './booking-gate.js';
import type { NativeBooking } from './native-booking.js';

/** What one scheduling page is booked with. */
export interface Booker {
  readonly native: NativeBooking;
  readonly slotsUrl: string;
  readonly gate: Extract<GateResult, { readonly native: true }>;
}

/**
 * Finds out whether the event type can be booked in the widget's own form, by what is known of it: how, or why not, in words for
 * the site owner. Null where the provider takes no bookings. Rejects where the provider's chunk does not come.
 */
export async function findBooker(state: WidgetState): Promise<Booker | string | null> {
  const { provider, options, timeZone, details } = state;
  const page = pageOf(state);
  if (!page || !provider?.nativeBooking) return null;
  if (details.status === 'failed') return 'details unknown';
  const { nativeBooking: native } = await loadChunk(provider.nativeBooking);
  const slotsUrl =
    native.slotsUrl?.(options.companion, provider.canonical(page)) ??
    slotsUrlOf({ provider, page, api: options.api, timeZone });
  const event = details.event && (native.complete?.(details.event) ?? details.event);
  const gate = bookableNatively(event, {
    ...native.gateContext(slotsUrl, page),
    secure: isSecureContext,
    length: null,
  });
  return gate.native ? { native, slotsUrl, gate } : `${gate.reason} ${gate.detail}`.trim();
}
