import { createHash } from 'node:crypto';
import { calBody } from '../companion/deliveries.js';
import type { Arrived } from '../companion/fake-upstream.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The event type that is booked. */
export const EVENT = 'https://cal.com/acme/30min';

/** Six slots a day, on so many days. */
const PER_DAY = 6;

/** One booking that the provider delivers. */
export interface Booked {
  readonly uid: string;
  readonly start: number;
  /** When it was booked. */
  readonly at: number;
  /** The companion has acknowledged it. */
  isAcknowledged: boolean;
}

/** What is true: which slots there are, which are booked, and which deliveries were acknowledged. */
export class Model {
  /** Far enough ahead that no clock that is set makes it past. */
  readonly first = Math.ceil(Date.now() / DAY) * DAY + 3 * DAY;
  readonly days = 60;
  readonly bookings: Booked[] = [];
  /** `performance.now()` of every call that the scheduling service got. */
  readonly calls: number[] = [];
  /** What no answer may say; empty if all went well. */
  readonly wrong: string[] = [];

  readonly #starts = Array.from(
    { length: this.days * PER_DAY },
    (_, i) => this.first + Math.floor(i / PER_DAY) * DAY + (9 + (i % PER_DAY)) * HOUR,
  );

  /** Books the next free slot at the scheduling service. */
  book(): Booked | undefined {
    const start = this.#starts[this.bookings.length];
    if (start === undefined) return undefined;
    const booking = { uid: `uid-${this.bookings.length}`, start, at: Date.now(), isAcknowledged: false };
    this.bookings.push(booking);
    return booking;
  }

  /** The delivery, the same each time it is sent. */
  body({ uid, start, at }: Booked): string {
    return calBody('BOOKING_CREATED', uid, start, {}, at);
  }

  /** The name of the job that the delivery becomes. */
  jobKey(booking: Booked): string {
    return `cal ${createHash('sha256').update(this.body(booking)).digest('hex')}`;
  }

  get unacknowledged(): Booked[] {
    return this.bookings.filter(({ isAcknowledged }) => !isAcknowledged);
  }

  /** The scheduling service's answer: what is not booked. */
  slots({ query, at }: Arrived): { body: string; headers: { 'content-type': string } } {
    this.calls.push(at);
    const [from = 0, to = 0] = ['start', 'end'].map((name) => Date.parse(query.get(name) ?? ''));
    const booked = new Set(this.bookings.map(({ start }) => start));
    const data: Record<string, { start: string; end: string }[]> = {};
    for (const start of this.#starts) {
      if (start < from || start > to || booked.has(start)) continue;
      const day = new Date(start).toISOString().slice(0, 10);
      (data[day] ??= []).push({
        start: new Date(start).toISOString(),
        end: new Date(start + HOUR).toISOString(),
      });
    }
    return {
      body: JSON.stringify({ status: 'success', data }),
      headers: { 'content-type': 'application/json' },
    };
  }

  /** Notes what is wrong with an answer. `isSettled`: all that was acknowledged has been worked off before. */
  judge(status: number, body: string, isSettled = false): void {
    if (![200, 404, 429, 502, 503, 504].includes(status))
      this.wrong.push(`status ${status}: ${body.slice(0, 200)}`);
    if (status !== 200) return;
    const { slots } = JSON.parse(body) as { slots: { start: string }[] };
    const real = new Set(this.#starts);
    const booked = new Set(this.bookings.map(({ start }) => start));
    for (const { start } of slots) {
      const at = Date.parse(start);
      if (!real.has(at)) this.wrong.push(`a slot that never was: ${start}`);
      if (isSettled && booked.has(at)) this.wrong.push(`a booked slot: ${start}`);
    }
  }

  /** The most calls within any sliding minute. */
  get mostInMinute(): number {
    let most = 0;
    let from = 0;
    for (const [to, at] of this.calls.entries()) {
      while ((this.calls[from] ?? at) <= at - 60_000) from++;
      most = Math.max(most, to - from + 1);
    }
    return most;
  }
}
