import type { BookingSummary } from '../server/bookings/summarize-bookings.js';
import type { Summary as ServerSummary } from '../server/metrics/summary.js';
import type { Status } from '../server/status.js';
import type { AccountHealth } from '../server/sync/account-health.js';
import { PERIODS, queryOf, type View } from './view.js';

/** `timeZone`: IANA name of the zone whose days the series counts; UTC without. */
export type Summary = ServerSummary & { readonly timeZone?: string };

export type SyncAccount = AccountHealth;

export interface Figures {
  /** What these figures are of. */
  readonly view: View;
  readonly summary: Summary;
  /** The same for the period before. */
  readonly before: Summary;
  readonly status: Status;
  /** What became of bookings in the period, of all pages; null where the view is of a service whose bookings are not stored. */
  readonly bookings: BookingSummary | null;
  /** null where this companion does not synchronise. */
  readonly sync: readonly SyncAccount[] | null;
  /** Whether any load was reported in the last 30 days, whatever the view. */
  readonly hasLoads: boolean;
}

/** The session has ended, or the token was changed. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

async function read(path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  if (response.status === 401 || response.status === 403) throw new SignedOut('the session has ended');
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`the companion responded with ${response.status}`);
  return response.json();
}

const readSummary = (query: URLSearchParams, signal: AbortSignal): Promise<Summary> =>
  read(`v1/metrics/summary?${query}`, signal) as Promise<Summary>;

/** Services whose bookings are stored. */
const STORED = ['', 'cal', 'calendly'];

async function readBookings(
  { window, provider }: View,
  timeZone: string,
  signal: AbortSignal,
): Promise<BookingSummary | null> {
  if (!STORED.includes(provider)) return null;
  const query = new URLSearchParams({ window, timeZone, ...(provider && { provider }) });
  return read(`v1/bookings/summary?${query}`, signal) as Promise<BookingSummary | null>;
}

/**
 * Reads everything that a view shows. Paths are relative, because a companion may live below a path. The period before is
 * read again only when a step of the chart has passed. Rejects with `SignedOut`, or with what the network says.
 */
export function figuresReader(timeZone: string): (view: View, signal: AbortSignal) => Promise<Figures> {
  let kept: { readonly key: string; readonly before: Summary } | undefined;

  async function readBefore(view: View, { from, step }: Summary, signal: AbortSignal): Promise<Summary> {
    const start = Date.parse(from);
    const query = queryOf(view);
    query.delete('window');
    query.set('timeZone', timeZone);
    query.set('from', new Date(start - PERIODS[view.window].length).toISOString());
    query.set('to', from);
    const key = JSON.stringify([view, Math.floor(start / step)]);
    if (kept?.key !== key) kept = { key, before: await readSummary(query, signal) };
    return kept.before;
  }

  return async (view, signal) => {
    const query = queryOf(view);
    query.set('timeZone', timeZone);
    const [summary, status, sync, bookings] = await Promise.all([
      readSummary(query, signal),
      read('v1/status', signal) as Promise<Status>,
      read('v1/sync', signal) as Promise<{ readonly accounts?: readonly SyncAccount[] } | null>,
      readBookings(view, timeZone, signal),
    ]);
    const isEmpty = summary.count === 0;
    const [before, longest] = await Promise.all([
      readBefore(view, summary, signal),
      isEmpty ? readSummary(new URLSearchParams({ window: '30d', limit: '1' }), signal) : summary,
    ]);
    return {
      view,
      summary,
      before,
      status,
      bookings,
      sync: sync?.accounts ?? null,
      hasLoads: longest.count > 0,
    };
  };
}
