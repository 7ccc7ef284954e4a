import { PostMessage } from './post-message.js';
import { startNoise } from './noise.js';
import type { BookingCard, PageData, PageView } from './page-data.js';
import type { Answers } from './settings.js';
import { contentHeight, isFramed, knobNumber, knobOn, type PageCommands, type Adapter } from './adapter.js';

/** The first heights come before there is anything to measure. */
const FIRST_HEIGHTS = [2, 26];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const textIn = (record: Record<string, unknown>, name: string): string => {
  const value = record[name];
  return typeof value === 'string' ? value : '';
};

/** A `calendly.prefill` payload as answers. */
function answersIn(payload: Record<string, unknown>): Partial<Answers> {
  const name =
    textIn(payload, 'name') || `${textIn(payload, 'first_name')} ${textIn(payload, 'last_name')}`.trim();
  const email = textIn(payload, 'email');
  const notes = textIn(payload, 'a1');
  const { guests } = payload;
  return {
    ...(name && { name }),
    ...(email && { email }),
    ...(notes && { notes }),
    ...(Array.isArray(guests) && { guests: guests.filter((guest) => typeof guest === 'string') }),
  };
}

export interface CalendlyAdapterOptions {
  readonly data: PageData;
  readonly root: HTMLElement;
  readonly commands: PageCommands;
}

/**
 * Calendly's messages: what was viewed, chosen and booked, and the height as text. Only with `embed_domain` in the
 * address. There is no message for "ready" or "failed", and a booking is announced twice.
 */
export class CalendlyAdapter implements Adapter {
  readonly #data: PageData;
  readonly #root: HTMLElement;
  readonly #commands: PageCommands;
  readonly #enabled: boolean;
  readonly #channel: PostMessage;
  #awake = false;
  #queued: (() => void)[] = [];
  #drawn = false;
  #viewed = false;

  constructor({ data, root, commands }: CalendlyAdapterOptions) {
    this.#data = data;
    this.#root = root;
    this.#commands = commands;
    this.#channel = new PostMessage(data.knobs);
    const wanted = new URLSearchParams(location.search).has('embed_domain');
    this.#enabled = isFramed() && wanted && data.page.view !== 'error' && !knobOn(data.knobs, 'mute');
  }

  begin(): void {
    if (!this.#enabled) return;
    const late = knobNumber(this.#data.knobs, 'late');
    if (late > 0) setTimeout(() => this.#wake(), late);
    else this.#wake();
  }

  drawn(view: PageView): void {
    // Calendly reports an event type as viewed when its slots are loaded: see `slotsLoaded`.
    this.#viewed = false;
    if (view.view === 'profile') this.#send('profile_page_viewed', {});
    // A dead link shows a page without messages; the page for a slot that is gone sends the usual ones.
    const dead = view.view === 'unavailable' && !view.event;
    if (view.view !== 'event' && !dead) this.#begun();
  }

  slotsLoaded(): void {
    if (this.#viewed || knobOn(this.#data.knobs, 'no-slots-event')) return;
    this.#viewed = true;
    this.#send('event_type_viewed', {});
    this.#begun();
    if (!knobOn(this.#data.knobs, 'books')) return;
    this.timeChosen();
    this.booked({ uid: 'made-up' });
  }

  timeChosen(): void {
    this.#send('date_and_time_selected', {});
  }

  moved(): void {
    // Calendly sends no message here.
  }

  eventChosen(): void {
    // Nor here.
  }

  booked(booking: Pick<BookingCard, 'uid'>): void {
    const event = `https://api.calendly.com/scheduled_events/${booking.uid}`;
    const payload = { event: { uri: event }, invitee: { uri: `${event}/invitees/${booking.uid}` } };
    this.#send('event_scheduled', payload);
    this.#send('event_scheduled', payload);
  }

  cancelled(): void {
    // No message is known.
  }

  #wake(): void {
    this.#awake = true;
    if (knobOn(this.#data.knobs, 'noise')) startNoise();
    const { page } = this.#data;
    if (page.view !== 'unavailable' || page.event)
      for (const height of FIRST_HEIGHTS) this.#sendHeight(height);
    for (const say of this.#queued.splice(0)) say();
  }

  /** From here on there is something to measure and to fill in. */
  #begun(): void {
    if (this.#drawn || !this.#enabled) return;
    this.#drawn = true;
    new ResizeObserver(() => this.#sendHeight(contentHeight(this.#root))).observe(this.#root);
    window.addEventListener('message', ({ data, source }) => {
      if (source !== window.parent || !isRecord(data) || data['event'] !== 'calendly.prefill') return;
      if (isRecord(data['payload'])) this.#commands.prefill(answersIn(data['payload']));
    });
  }

  #sendHeight(real: number): void {
    this.#send('page_height', { height: `${this.#data.knobs['lying-height'] ?? String(real)}px` });
  }

  #send(event: string, payload: object): void {
    if (!this.#enabled) return;
    if (!this.#awake) {
      this.#queued.push(() => this.#send(event, payload));
      return;
    }
    this.#channel.send({ event: `calendly.${event}`, payload });
  }
}
