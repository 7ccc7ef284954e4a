import { GONE_TIMES_KEPT_MS } from '../durations.js';
import type { TimesGone } from '../availability/forget.js';
import type { BusEvent } from '../store/bus.js';

/** A `times-gone` event as it came from the bus. */
export interface Gone extends TimesGone {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const MAX_EVENTS = 10_000;

export const readGone = ({ id, at, data }: BusEvent): Gone => ({ ...(data as TimesGone), id, at });

/** Recent events for pages that reconnect; in memory, so a reconnect costs no query. */
export class GoneTimes {
  #events: Gone[] = [];
  /** After this id none is missing. */
  #after: number;

  constructor(after: number) {
    this.#after = after;
  }

  add(event: Gone): void {
    if (event.id <= this.#after || event.id <= (this.#events.at(-1)?.id ?? 0)) return;
    this.#events.push(event);
    const keep = this.#events.findIndex(({ at }) => at > event.at - GONE_TIMES_KEPT_MS);
    const gone = this.#events.splice(0, Math.max(keep, this.#events.length - MAX_EVENTS));
    this.#after = gone.at(-1)?.id ?? this.#after;
  }

  /** What came after the event `id`, oldest first; null when not all of that is kept. */
  since(id: number): readonly Gone[] | null {
    return id < this.#after ? null : this.#events.filter((event) => event.id > id);
  }

  /** What is kept of what came after a moment. */
  sinceMoment(moment: number): readonly Gone[] {
    return this.#events.filter(({ at }) => at > moment);
  }
}
