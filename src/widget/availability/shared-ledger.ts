import type { Circuit } from '../../scheduling/circuit-breaker.js';
import { freshness, type Stretch } from '../../scheduling/freshness.js';
import { isRecent } from './request-budget.js';
import { alone, type LockEdges } from './single-flight.js';

/** What is noted under one name. */
export interface Note extends Circuit {
  /** What has been fetched lately. */
  readonly fresh: readonly Stretch[];
  /** When requests were sent, in order. */
  readonly sent: readonly number[];
}

/**
 * What the tabs of a browser have to know at once, before any database answers: of event types what is fresh, of APIs
 * (by origin) how they are doing, of both together whether the question was refused. Small, and forgotten in minutes.
 */
export type Ledger = Record<string, Note>;

export interface LedgerEdges extends LockEdges {
  readonly now: () => number;
  /** Text that all tabs see, read and written without waiting: `localStorage`. May throw. */
  readonly notes: () => Pick<Storage, 'getItem' | 'setItem'>;
}

export interface SharedLedger {
  /** The ledger as this tab sees it now. */
  read(): Ledger;
  /** Changes it while no other tab does, and gives what `change` gives. */
  update<T>(change: (ledger: Ledger) => T): Promise<T>;
}

const NAME = 'booking-widget:times';
/** How long a tab that has written keeps the others out, so that what it wrote has reached their processes. */
const SETTLE = 50;
const PATIENCE = 500;
/** A circuit that nobody has touched for so long is as good as new; one that is closed for longer is a mistake. */
const MEMORY = 3_600_000;

const BLANK: Note = { fresh: [], sent: [], failures: 0, until: 0 };

export const noteOf = (ledger: Ledger, name: string): Note => ledger[name] ?? BLANK;

/** Adds to what is noted under a name. */
export const jot = (ledger: Ledger, name: string, more: Partial<Note>): void => {
  ledger[name] = { ...noteOf(ledger, name), ...more };
};

/** Drops what no longer matters, so that the ledger never grows. Throws on anything that is not a ledger. */
function tidy(ledger: Ledger, now: number): Ledger {
  const tidied: Ledger = {};
  for (const [name, { fresh, sent, failures, until }] of Object.entries(ledger)) {
    const note: Note = {
      ...(Math.abs(now - until) <= MEMORY ? { failures, until } : BLANK),
      fresh: fresh.filter((stretch) => freshness(stretch, now) === 'fresh'),
      sent: sent.filter((at) => isRecent(at, now)),
    };
    if (note.fresh.length + note.sent.length + note.failures) tidied[name] = note;
  }
  return tidied;
}

export function sharedLedger(edges: LedgerEdges): SharedLedger {
  const { now, notes, later } = edges;
  /** What this tab knows where it cannot be written for all. */
  let own: Ledger | undefined;
  /** Resolves when the other tabs keep out; gone when they no longer do. */
  let entered: Promise<void> | undefined;
  let written = false;

  const read = (): Ledger => {
    try {
      return tidy(own ?? (JSON.parse(String(notes().getItem(NAME))) as Ledger), now());
    } catch {
      // Nothing there, blocked, or not written by us.
      return {};
    }
  };

  const enter = (): Promise<void> =>
    new Promise((resolve) => {
      const hold = async (): Promise<void> => {
        resolve();
        do {
          written = false;
          await new Promise<void>((go) => {
            later(SETTLE, go);
          });
        } while (written);
        entered = undefined;
      };
      void alone('booking-widget', hold, edges, PATIENCE);
    });

  return {
    read,
    async update(change) {
      await (entered ??= enter());
      written = true;
      const ledger = read();
      const result = change(ledger);
      try {
        notes().setItem(NAME, JSON.stringify(ledger));
        own = undefined;
      } catch {
        own = ledger;
      }
      return result;
    },
  };
}
