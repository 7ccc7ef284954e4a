import { knobOn } from './adapter.js';
import type { BookingCard, PageBooking, PageSlots, PageView } from './page-data.js';

/** The page's requests to its own server. Each rejects when the server cannot be reached or the answer is malformed. */

const BASE = '/__page';

/** Knobs that are passed on with the page's own requests. */
const KNOBS = ['now', 'empty', 'page-slots-delay'];

export interface SlotsWanted {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly duration: number;
  /** A start whose availability is requested in addition to the range. */
  readonly check: number | null;
  /** The booking that is being moved. */
  readonly moving: string | null;
}

export type BookingAnswer =
  { readonly booking: BookingCard } | { readonly taken: true } | { readonly preview: true };

export class PageApi {
  readonly #knobs: Readonly<Record<string, string>>;
  readonly #isPreview: boolean;

  constructor(knobs: Readonly<Record<string, string>>) {
    this.#isPreview = knobOn(knobs, 'preview');
    this.#knobs = Object.fromEntries(Object.entries(knobs).filter(([name]) => KNOBS.includes(name)));
  }

  view(path: string): Promise<PageView> {
    return this.#ask<PageView>('/view', { path });
  }

  slots({ key, from, to, duration, check, moving }: SlotsWanted): Promise<PageSlots> {
    return this.#ask<PageSlots>('/slots', {
      key,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      duration: String(duration),
      ...(check !== null && { check: new Date(check).toISOString() }),
      ...(moving !== null && { moving }),
    });
  }

  /** Sends nothing on a page that is a preview. */
  async book(booking: PageBooking): Promise<BookingAnswer> {
    if (this.#isPreview) return { preview: true };
    const response = await this.#post('/bookings', booking);
    if (response.status === 409) return { taken: true };
    return (await this.#read(response)) as BookingAnswer;
  }

  async cancel(uid: string, reason: string): Promise<BookingCard> {
    const response = await this.#post(`/bookings/${uid}/cancel`, { reason });
    return (await this.#read(response)) as BookingCard;
  }

  async #ask<T>(path: string, query: Readonly<Record<string, string>>): Promise<T> {
    const asked = new URLSearchParams({ ...this.#knobs, ...query });
    return (await this.#read(await fetch(`${BASE}${path}?${asked.toString()}`, { cache: 'no-store' }))) as T;
  }

  #post(path: string, body: unknown): Promise<Response> {
    const query = new URLSearchParams(this.#knobs).toString();
    return fetch(`${BASE}${path}${query && `?${query}`}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #read(response: Response): Promise<unknown> {
    if (!response.ok) throw new Error(`${response.url} answered ${String(response.status)}`);
    return response.json() as Promise<unknown>;
  }
}
