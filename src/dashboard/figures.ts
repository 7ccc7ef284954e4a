import type { Summary } from '../server/metrics/summary.js';
import type { Status } from '../server/status.js';

/** How an account's bookings were last synchronised; what `GET /v1/sync` says, as far as it is shown. */
export interface SyncAccount {
  readonly account: string;
  readonly provider: string;
  /** `no-key` `never` `running` `ok` `failing` `interrupted` */
  readonly state: string;
  readonly run: {
    readonly bookings: number;
    /** Milliseconds since 1970. */
    readonly lastSuccess: number | null;
    readonly failure: string | null;
  } | null;
}

export interface Figures {
  readonly summary: Summary;
  readonly status: Status;
  /** null where this companion does not synchronise. */
  readonly sync: readonly SyncAccount[] | null;
}

/** What the owner wants to see. */
export interface View {
  readonly window: string;
  readonly provider: string;
  readonly page: string;
}

/** The session has ended, or the token was changed. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

async function read(path: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, { signal, headers: { accept: 'application/json' } });
  if (answer.status === 401 || answer.status === 403) throw new SignedOut('the session has ended');
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`the companion answered ${answer.status}`);
  return answer.json();
}

/** Addresses are relative to the page: a companion may live below a path. */
export async function readFigures(view: View, signal: AbortSignal): Promise<Figures> {
  const query = new URLSearchParams(Object.entries(view).filter(([, value]) => value !== ''));
  const [summary, status, sync] = await Promise.all([
    read(`v1/metrics/summary?${query}`, signal) as Promise<Summary>,
    read('v1/status', signal) as Promise<Status>,
    read('v1/sync', signal) as Promise<{ readonly accounts?: readonly SyncAccount[] } | null>,
  ]);
  return { summary, status, sync: sync?.accounts ?? null };
}
