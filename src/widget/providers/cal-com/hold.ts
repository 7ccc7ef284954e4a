import type { Hold, HoldSlot } from '../hold.js';

/** The name of each part of an event type's address where event types are looked up. */
const LOOKUP = { username: 'username', eventTypeSlug: 'eventSlug', organizationSlug: 'orgSlug' } as const;

const none: Hold = { is: 'none' };

/** Event types hardly ever change their id; a lookup that failed is repeated. */
const ids = new Map<string, number>();

const dataOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { readonly data?: unknown } | null)?.data;

async function eventTypeId(slots: URL, signal: AbortSignal | undefined): Promise<number | undefined> {
  const query = new URLSearchParams();
  for (const [name, lookup] of Object.entries(LOOKUP)) {
    const value = slots.searchParams.get(name);
    if (value) query.set(lookup, value);
  }
  // The event types of teams cannot be looked up without a key.
  if (!query.has(LOOKUP.username) || !query.has(LOOKUP.eventTypeSlug)) return;
  const url = new URL(`event-types?${query}`, slots).href;
  const kept = ids.get(url);
  if (kept !== undefined) return kept;
  const data = await dataOf(
    await fetch(url, {
      headers: { 'cal-api-version': '2024-06-14' },
      credentials: 'omit',
      ...(signal && { signal }),
    }),
  );
  const id: unknown = Array.isArray(data)
    ? (data[0] as { readonly id?: unknown } | undefined)?.id
    : undefined;
  if (typeof id !== 'number') return;
  ids.set(url, id);
  return id;
}

/** Holds a slot for the five minutes that Cal.com grants to requests without a key. */
export const hold: HoldSlot = async (slots, { start }, signal) => {
  const url = new URL('slots/reservations', slots).href;
  const headers = { 'cal-api-version': '2024-09-04', 'Content-Type': 'application/json' };
  try {
    const id = await eventTypeId(slots, signal);
    if (id === undefined || signal?.aborted) return none;
    const duration = Number(slots.searchParams.get('duration'));
    // This request is not aborted: an abort on the way would leave a hold behind that cannot be released.
    const response = await fetch(url, {
      method: 'POST',
      headers,
      credentials: 'omit',
      body: JSON.stringify({
        eventTypeId: id,
        slotStart: new Date(start).toISOString(),
        ...(duration > 0 && { slotDuration: duration }),
      }),
    });
    if (response.status === 422) return { is: 'taken' };
    const uid = Object(await dataOf(response)) as { readonly reservationUid?: unknown };
    if (typeof uid.reservationUid !== 'string') return none;
    const held = `${url}/${encodeURIComponent(uid.reservationUid)}`;
    const release = (): void => {
      // The request has to outlive the host page that the visitor may be leaving.
      fetch(held, { method: 'DELETE', headers, credentials: 'omit', keepalive: true }).catch(() => undefined);
    };
    if (!signal?.aborted) return { is: 'held', release };
    release();
    return none;
  } catch {
    return none;
  }
};
