import { randomUUID } from 'node:crypto';
import type { EventType } from './event-type.js';
import type { Span } from './slots.js';

const MINUTE = 60_000;

/** A slot that is held while a visitor fills in the form. */
export interface Reservation {
  readonly uid: string;
  readonly event: EventType;
  readonly start: number;
  readonly end: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Minutes it is held for. */
  readonly minutes: number;
}

const isFor = (reservation: Reservation, event: EventType): boolean =>
  reservation.event.hosts.some(({ slug }) => event.hosts.some((host) => host.slug === slug));

/** Held slots are kept in memory: they expire after five minutes, so a restart may lose them. */
export class Reservations {
  readonly #held = new Map<string, Reservation>();

  /** The held slots of the event type's hosts. */
  taken(event: EventType, now: number, except?: string): Span[] {
    return this.#alive(now)
      .filter((held) => held.uid !== except && isFor(held, event))
      .map(({ start, end }) => ({ from: start, to: end }));
  }

  hold(
    event: EventType,
    start: number,
    duration: number,
    now: number,
    minutes = 5,
    uid: string = randomUUID(),
  ): Reservation {
    const held = {
      uid,
      event,
      start,
      end: start + duration * MINUTE,
      until: now + minutes * MINUTE,
      minutes,
    };
    this.#held.set(uid, held);
    return held;
  }

  get(uid: string, now: number): Reservation | null {
    return this.#alive(now).find((held) => held.uid === uid) ?? null;
  }

  release(uid: string): boolean {
    return this.#held.delete(uid);
  }

  clear(match: (key: string) => boolean): void {
    for (const [uid, held] of this.#held) if (match(held.event.key)) this.#held.delete(uid);
  }

  #alive(now: number): Reservation[] {
    for (const [uid, held] of this.#held) if (held.until <= now) this.#held.delete(uid);
    return [...this.#held.values()];
  }
}
