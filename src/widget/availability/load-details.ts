import { keyOf, type AvailabilityQuery } from './slots-sources.js';
import { DAY_MS, DETAILS_MAX_AGE_MS, DETAILS_REQUEST_TIMEOUT_MS } from '../durations.js';
import { loadChunk } from '../load-chunk.js';
import type { WidgetEvent } from '../state/events.js';
import type { Store } from '../state/store.js';
import { readCompanionDetails } from '../booking/companion-details.js';
import { keep, readKept } from './details-cache.js';
import type { EventDetails } from '../booking/event-details.js';
import { fieldsOf, plainText } from '../booking/foreign.js';
import type { Reply } from '../booking/booking-outcome.js';
import type { ApiRequest } from '../booking/booking-request.js';
import { sendWithin } from '../booking/send-booking.js';
import { slotsUrlOf } from '../slots-url.js';

/** Whether one more request to an API, by origin, is within the budget. */
type Spend = (origin: string) => Promise<boolean>;

interface Source {
  readonly key: string;
  readonly request: ApiRequest;
  readonly read: (reply: Reply) => EventDetails | null;
}

/** Responses of this page, by key: widgets with the same event type share one request. */
const responses = new Map<string, { readonly at: number; readonly body: Promise<unknown> }>();

/**
 * Where details are requested: from the provider, which also says what a booking needs, else from the companion, which
 * knows enough for the picker's heading. Null where neither has them.
 */
async function sourceOf(query: AvailabilityQuery): Promise<Source | null> {
  const { provider, page, companion } = query;
  const slotsUrl = slotsUrlOf(query);
  const own =
    slotsUrl && provider.eventDetails ? (await loadChunk(provider.eventDetails)).eventDetails : undefined;
  const request = own?.request(slotsUrl);
  if (own && request) return { key: keyOf(query), request, read: own.read };
  if (!companion) return null;
  const parameters = new URLSearchParams({ src: provider.canonical(page) });
  return {
    key: `${keyOf(query)} ${companion}`,
    request: {
      method: 'GET',
      url: `${companion.replace(/\/*$/, '')}/v1/event?${parameters}`,
      headers: {},
    },
    read: ({ status, body }) => (status === 200 ? readCompanionDetails(body) : null),
  };
}

/** Sends the request, or joins one of the last ten minutes. Resolves to undefined for no response. */
function requestOnce({ key, request }: Source, spend: Spend): Promise<unknown> {
  const known = responses.get(key);
  if (known && known.at > Date.now() - DETAILS_MAX_AGE_MS) return known.body;
  const send = async (): Promise<unknown> => {
    if (!(await spend(new URL(request.url).origin))) return undefined;
    const reply = await sendWithin(request, DETAILS_REQUEST_TIMEOUT_MS);
    return reply?.status === 200 ? reply.body : undefined;
  };
  const body = send().catch(() => undefined);
  responses.set(key, { at: Date.now(), body });
  void body.then((response) => {
    // A failure is never kept.
    if (response === undefined) responses.delete(key);
    else void keep({ key, at: Date.now(), body: response });
  });
  return body;
}

interface KeptDetails {
  readonly event: EventDetails;
  /** By a response of the last ten minutes. */
  readonly confirmed: boolean;
}

/** What was kept from an earlier visit; null where that is nothing, or older than a day. */
async function recall(source: Source): Promise<KeptDetails | null> {
  const kept = await readKept(source.key);
  const age = kept ? Date.now() - kept.at : Infinity;
  const event = kept && age >= 0 && age < DAY_MS ? source.read({ status: 200, body: kept.body }) : null;
  return event && { event, confirmed: age < DETAILS_MAX_AGE_MS };
}

/**
 * Finds out who, what and how long: what was kept from an earlier visit at once, then, where that is older than ten
 * minutes, the response. Resolves to whether the details are confirmed. Never rejects.
 */
export async function loadDetails(
  query: AvailabilityQuery,
  spend: Spend,
  onDetails: (event: EventDetails, confirmed: boolean) => void,
): Promise<boolean> {
  try {
    const source = await sourceOf(query);
    if (!source) return false;
    const kept = await recall(source);
    if (kept) onDetails(kept.event, kept.confirmed);
    if (kept?.confirmed) return true;
    const body = await requestOnce(source, spend);
    const response = body === undefined ? null : source.read({ status: 200, body });
    if (response) onDetails(response, true);
    return !!response;
  } catch {
    // A chunk that did not come, or something of the browser that the page has broken: the provider's page remains.
    return false;
  }
}

/** Sends events to a widget as long as it shows the same page. */
const whileLoaded = (store: Store): ((event: WidgetEvent) => void) => {
  const { loadSignal } = store;
  return (event) => {
    if (!loadSignal.aborted) store.send(event);
  };
};

/** Shows a widget what was kept from an earlier visit. Sends no request; never rejects. */
export async function recallDetails(store: Store, query: AvailabilityQuery): Promise<void> {
  const send = whileLoaded(store);
  try {
    const source = await sourceOf(query);
    const kept = source && (await recall(source));
    // What has been requested meanwhile is no older.
    if (kept && !store.state.details.event) send({ type: 'details', ...kept });
  } catch {
    // The request for details does without.
  }
}

/** Requests details for a widget. */
export async function requestDetails(store: Store, query: AvailabilityQuery, spend: Spend): Promise<void> {
  const send = whileLoaded(store);
  let offer: unknown;
  const isConfirmed = await loadDetails(query, spend, (event, confirmed) => {
    ({ offer } = event);
    send({ type: 'details', event, confirmed });
  });
  if (!isConfirmed) send({ type: 'details-failed' });
  // Where a companion has to take the booking and does not, a frame that waits for the form need not wait.
  const { offered, reason } = fieldsOf(offer);
  const { provider } = query;
  if (provider.nativeBooking && !provider.eventDetails && offered !== true)
    send({ type: 'form-declined', detail: `companion ${plainText(reason)}`.trim() });
}
