import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Booking, BookingRequest } from './booking.js';
import type { Span } from './slots.js';

export interface BookingStoreOptions {
  /** Folder the bookings are kept in; made when missing. */
  readonly dir: string;
  readonly now?: () => number;
  readonly newUid?: () => string;
  readonly log?: (line: string) => void;
}

const FILE = 'bookings.json';
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const randomUid = (): string =>
  Array.from(randomBytes(22), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

const spanOf = (booking: Booking): Span => ({ from: Date.parse(booking.start), to: Date.parse(booking.end) });

const isStored = (value: unknown): value is { v: 1; bookings: Booking[] } =>
  typeof value === 'object' &&
  value !== null &&
  'v' in value &&
  value.v === 1 &&
  'bookings' in value &&
  Array.isArray(value.bookings);

/**
 * Bookings in one JSON file. The check for a free slot and its booking happen in one synchronous step, so that of several
 * simultaneous requests one succeeds. A change is on disk when its promise resolves: the file is written beside the old
 * one and renamed over it.
 */
export class BookingStore {
  readonly #file: string;
  readonly #now: () => number;
  readonly #newUid: () => string;
  readonly #bookings = new Map<string, Booking>();
  #lastId = 1000;
  #written: Promise<void> = Promise.resolve();
  #due: Promise<void> | null = null;

  private constructor({ dir, now = Date.now, newUid = randomUid }: BookingStoreOptions) {
    this.#file = join(dir, FILE);
    this.#now = now;
    this.#newUid = newUid;
  }

  static async open(options: BookingStoreOptions): Promise<BookingStore> {
    const store = new BookingStore(options);
    await mkdir(options.dir, { recursive: true });
    const text = await readFile(store.#file, 'utf8').catch(() => null);
    if (text === null) return store;
    try {
      const stored: unknown = JSON.parse(text);
      if (!isStored(stored)) throw new Error('not a list of bookings');
      for (const booking of stored.bookings) store.#put(booking);
    } catch (cause) {
      // The file is kept for inspection. A demo that cannot start would help nobody.
      await rename(store.#file, `${store.#file}.broken`);
      options.log?.(`${FILE} could not be read and was set aside: ${String(cause)}`);
    }
    return store;
  }

  get(uid: string): Booking | null {
    return this.#bookings.get(uid) ?? null;
  }

  list(match: (booking: Booking) => boolean = () => true): Booking[] {
    return [...this.#bookings.values()].filter(match);
  }

  /**
   * Spans in which these hosts have bookings, in any event type. `except` is the uid of a booking that is about to be
   * moved; bookings of the event type `sharing` do not count while their slot has seats left.
   */
  taken(hosts: readonly string[], except?: string, sharing?: string): Span[] {
    const spans: Span[] = [];
    for (const booking of this.#bookings.values()) {
      if (booking.status === 'CANCELLED' || booking.uid === except) continue;
      const { key, seats, start } = booking;
      if (key === sharing && seats !== undefined && this.seatsTaken(key, start) < seats) continue;
      if (booking.hosts.some((host) => hosts.includes(host))) spans.push(spanOf(booking));
    }
    return spans;
  }

  /** Number of bookings of one slot of an event type. */
  seatsTaken(key: string, start: string): number {
    return this.list(
      (booking) => booking.key === key && booking.start === start && booking.status !== 'CANCELLED',
    ).length;
  }

  isFree(hosts: readonly string[], span: Span, except?: string, sharing?: string): boolean {
    return this.taken(hosts, except, sharing).every(({ from, to }) => span.to <= from || to <= span.from);
  }

  /** Makes a booking; null when the slot is taken. */
  async create(request: BookingRequest): Promise<Booking | null> {
    const booking = this.#take(request, {});
    if (booking) await this.#save();
    return booking;
  }

  /** Moves a booking: the old one is cancelled and a new one with a new uid takes its place. Null when taken. */
  async move(old: Booking, request: BookingRequest): Promise<Booking | null> {
    const booking = this.#take(request, { rescheduledFromUid: old.uid }, old.uid);
    if (!booking) return null;
    this.#put({ ...old, status: 'CANCELLED', rescheduledToUid: booking.uid });
    await this.#save();
    return booking;
  }

  async cancel(old: Booking, reason: string): Promise<Booking> {
    const booking: Booking = { ...old, status: 'CANCELLED', cancellationReason: reason };
    this.#put(booking);
    await this.#save();
    return booking;
  }

  async remove(match: (booking: Booking) => boolean): Promise<number> {
    const gone = this.list(match);
    for (const { uid } of gone) this.#bookings.delete(uid);
    if (gone.length > 0) await this.#save();
    return gone.length;
  }

  /** Fulfilled when all changes so far are on disk. */
  async flush(): Promise<void> {
    await this.#due;
    await this.#written;
  }

  #take(request: BookingRequest, links: Partial<Booking>, except?: string): Booking | null {
    const { event, start, duration, attendee, notes = '', guests = [], metadata = {} } = request;
    const { responses, location, seats, recurringUid } = request;
    const hosts = event.hosts.map((host) => host.slug);
    const end = start + duration * 60_000;
    const sharing = seats === undefined ? undefined : event.key;
    if (!this.isFree(hosts, { from: start, to: end }, except, sharing)) return null;
    const booking: Booking = {
      uid: this.#newUid(),
      id: this.#lastId + 1,
      key: event.key,
      eventTypeId: event.id,
      title: `${event.title} between ${event.hosts[0].name} and ${attendee.name}`,
      hosts,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      duration,
      status: event.needsConfirmation ? 'PENDING' : 'ACCEPTED',
      attendee,
      notes,
      guests,
      metadata,
      createdAt: new Date(this.#now()).toISOString(),
      ...(responses && { responses }),
      ...(location !== undefined && { location }),
      ...(seats !== undefined && { seats, seatUid: this.#newUid() }),
      ...(recurringUid !== undefined && { recurringUid }),
      ...links,
    };
    this.#put(booking);
    return booking;
  }

  #put(booking: Booking): void {
    this.#bookings.set(booking.uid, booking);
    this.#lastId = Math.max(this.#lastId, booking.id);
  }

  /** Changes made while a write is under way share the next one. */
  #save(): Promise<void> {
    const before = this.#written.catch(() => undefined);
    this.#due ??= before.then(async () => {
      this.#due = null;
      this.#written = this.#write();
      await this.#written;
    });
    return this.#due;
  }

  async #write(): Promise<void> {
    const beside = `${this.#file}.${process.pid}.tmp`;
    await writeFile(beside, JSON.stringify({ v: 1, bookings: [...this.#bookings.values()] }, null, 1));
    await rename(beside, this.#file);
  }
}
