import { join } from 'node:path';
import { BookingStore } from './bookings.js';
import { Catalogue } from './catalogue.js';
import type { EventType } from './event-type.js';
import { KnobBoard, isOn, type Knobs } from './knobs.js';
import { RateLimit } from './rate-limit.js';
import { RequestLog } from './request-log.js';
import { Reservations } from './reservations.js';
import { freeSlots, nextFreeSlot, type SlotsQuestion } from './slots.js';
import { Webhooks } from './webhooks.js';

export interface ServiceOptions {
  /** Folder for the bookings. */
  readonly dataDir?: string;
  readonly now?: () => number;
  /**
   * First instant of the slots that are offered, in milliseconds since 1970, where that is later than now. Tests offer
   * whole days only, so that they see the same at whatever hour they run.
   */
  readonly offeredFrom?: number;
  /** Receives log lines; they are dropped by default. */
  readonly log?: (line: string) => void;
}

type Range = Pick<SlotsQuestion, 'from' | 'to' | 'duration'>;
/** A booking that is about to be moved, or a reservation, that does not count as taken. */
interface Except {
  readonly booking?: string | undefined;
  readonly reservation?: string | undefined;
}

/** State shared by the three provider origins. */
export class Service {
  readonly catalogue = new Catalogue();
  readonly reservations = new Reservations();
  readonly limits = new RateLimit();
  readonly board = new KnobBoard();
  readonly requests = new RequestLog();
  readonly webhooks: Webhooks;
  /** Origins of the providers, known once the service listens; no trailing slash. */
  origins = { cal: '', calendly: '', plain: '' };
  readonly bookings: BookingStore;
  /** The real clock; the `now` knob replaces it for an event type. */
  readonly clock: () => number;
  readonly say: (line: string) => void;
  readonly #offeredFrom: number;

  private constructor(
    bookings: BookingStore,
    { now = Date.now, log = () => undefined, offeredFrom = 0 }: ServiceOptions,
  ) {
    this.bookings = bookings;
    this.clock = now;
    this.#offeredFrom = offeredFrom;
    this.say = log;
    this.webhooks = new Webhooks({ now, log });
    // Makes the ids of `test-` hosts with stored bookings resolvable after a restart.
    for (const { key } of bookings.list()) this.catalogue.byKey(key);
  }

  static async open(options: ServiceOptions): Promise<Service> {
    const { dataDir = join(process.cwd(), '.demo-data'), now, log } = options;
    const bookings = await BookingStore.open({ dir: dataDir, ...(now && { now }), ...(log && { log }) });
    return new Service(bookings, options);
  }

  nowFor(knobs: Knobs): number {
    const instant = Date.parse(knobs.now ?? '');
    return Number.isNaN(instant) ? this.clock() : instant;
  }

  /** The instant from which slots are offered: what pages take for now. The `now` knob is exact. */
  slotsFrom(knobs: Knobs): number {
    return knobs.now === undefined ? Math.max(this.clock(), this.#offeredFrom) : this.nowFor(knobs);
  }

  /** Starts of free times, in milliseconds since 1970. */
  slots(event: EventType, range: Range, knobs: Knobs, except: Except = {}): number[] {
    if (isOn(knobs, 'empty')) return [];
    return freeSlots({ event, ...range, now: this.slotsFrom(knobs), taken: this.#taken(event, except) });
  }

  /** The first free time from an instant on. */
  nextSlot(event: EventType, range: Omit<Range, 'to'>, knobs: Knobs): number | null {
    if (isOn(knobs, 'empty')) return null;
    return nextFreeSlot({ event, ...range, now: this.slotsFrom(knobs), taken: this.#taken(event, {}) });
  }

  /**
   * Whether a slot can be booked. Reserved slots can: as in Cal.com's API, a reservation hides a slot from the slot list
   * only.
   */
  isBookable(event: EventType, start: number, duration: number, knobs: Knobs, booking?: string): boolean {
    if (isOn(knobs, 'empty')) return false;
    const taken = this.bookings.taken(hostsOf(event), booking, event.key);
    const question = { event, from: start, to: start, duration, now: this.slotsFrom(knobs), taken };
    return freeSlots(question).includes(start);
  }

  #taken(event: EventType, { booking, reservation }: Except): SlotsQuestion['taken'] {
    return [
      ...this.bookings.taken(hostsOf(event), booking, event.key),
      ...this.reservations.taken(event, this.clock(), reservation),
    ];
  }
}

export const hostsOf = (event: EventType): string[] => event.hosts.map((host) => host.slug);
