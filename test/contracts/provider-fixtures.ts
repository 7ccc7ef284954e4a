import { type Slot } from '../../src/protocol/availability.js';
import type { FrameSignal, Prefill } from '../../src/widget/providers/provider.js';

/** What the suite has to know of a service to hold its provider to the contract. */
export interface ProviderFixtures {
  /** Words for the option `provider` that mean this one. */
  readonly named: readonly string[];
  /** An ordinary scheduling page, without a query. */
  readonly page: string;
  /** Set where no address tells the service, so that only the option `provider` can. */
  readonly byName?: true;
  /** Other addresses of the same page, as far as bookable times go. */
  readonly aliases: readonly string[];
  /** Pages that must never share an entry of the cache with it or with one another. */
  readonly others: readonly string[];
  /** Two times on one day and one on the next. */
  readonly slots: readonly [Slot, Slot, Slot];
  /** Names that only a frame's address has. */
  readonly embedParams: RegExp;
  /** Answers, and where the service finds them. */
  readonly prefill: { readonly given: Prefill; readonly found: Readonly<Record<string, readonly string[]>> };
  readonly messages: readonly {
    readonly says: string;
    readonly data: unknown;
    readonly means: FrameSignal | null;
    readonly modal?: boolean;
  }[];
  /** Origins that the service itself serves, and origins that look like it and belong to somebody else. */
  readonly origins?: { readonly own: readonly string[]; readonly foreign: readonly string[] };
  /** What the page finds as its window's name, where it reads that. */
  readonly frameName?: string;
  /** Set where a browser can hold a slot. */
  readonly holds?: true;
  /** Response bodies of the service's own slots API. */
  readonly answers: readonly {
    readonly says: string;
    readonly body: unknown;
    readonly means: readonly Slot[] | null;
  }[];
}

/** In the messages of the fixtures, and nowhere in what comes of them. */
export const PERSONAL = { name: 'Ada Lovelace', email: 'ada@example.org' } as const;
