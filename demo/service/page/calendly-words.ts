import { Mouth } from './mouth.js';
import { startNoise } from './noise.js';
import type { BookingCard, PageData, PageView } from './page-data.js';
import type { Answers } from './settings.js';
import { contentHeight, isFramed, knobNumber, knobOn, type Ears, type Words } from './words.js';

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

export interface CalendlyWordsOptions {
  readonly data: PageData;
  readonly root: HTMLElement;
  readonly ears: Ears;
}

/**
 * Calendly's messages: what was viewed, chosen and booked, and the height as text. Only with `embed_domain` in the
 * address. Nothing says "ready" or "failed", and a booking is told twice.
 */
export class CalendlyWords implements Words {
  readonly #data: PageData;
  readonly #root: HTMLElement;
  readonly #ears: Ears;
  readonly #talks: boolean;
  readonly #mouth: Mouth;
  #awake = false;
  #unsaid: (() => void)[] = [];
  #drawn = false;
  #viewed = false;

  constructor({ data, root, ears }: CalendlyWordsOptions) {
    this.#data = data;
    this.#root = root;
    this.#ears = ears;
    this.#mouth = new Mouth(data.knobs);
    const wanted = new URLSearchParams(location.search).has('embed_domain');
    this.#talks = isFramed() && wanted && data.page.view !== 'error' && !knobOn(data.knobs, 'mute');
  }

  begin(): void {
    if (!this.#talks) return;
    const late = knobNumber(this.#data.knobs, 'late');
    if (late > 0) setTimeout(() => this.#wake(), late);
    else this.#wake();
  }

  drawn(view: PageView): void {
    // Who looks at an event type has seen it when its times are there: see `slotsLoaded`.
    this.#viewed = false;
    if (view.view === 'profile') this.#say('profile_page_viewed', {});
    // A dead link shows a page and says nothing; a time that is gone is a page of the app like any other.
    const dead = view.view === 'unavailable' && !view.event;
    if (view.view !== 'event' && !dead) this.#begun();
  }

  slotsLoaded(): void {
    if (this.#viewed || knobOn(this.#data.knobs, 'no-slots-event')) return;
    this.#viewed = true;
    this.#say('event_type_viewed', {});
    this.#begun();
    if (!knobOn(this.#data.knobs, 'books')) return;
    this.timeChosen();
    this.booked({ uid: 'made-up' });
  }

  timeChosen(): void {
    this.#say('date_and_time_selected', {});
  }

  moved(): void {
    // Calendly says nothing here.
  }

  eventChosen(): void {
    // Nor here.
  }

  booked(booking: Pick<BookingCard, 'uid'>): void {
    const event = `https://api.calendly.com/scheduled_events/${booking.uid}`;
    const payload = { event: { uri: event }, invitee: { uri: `${event}/invitees/${booking.uid}` } };
    this.#say('event_scheduled', payload);
    this.#say('event_scheduled', payload);
  }

  cancelled(): void {
    // No message is known.
  }

  #wake(): void {
    this.#awake = true;
    if (knobOn(this.#data.knobs, 'noise')) startNoise();
    const { page } = this.#data;
    if (page.view !== 'unavailable' || page.event)
      for (const height of FIRST_HEIGHTS) this.#sayHeight(height);
    for (const say of this.#unsaid.splice(0)) say();
  }

  /** From here on there is something to measure and to fill in. */
  #begun(): void {
    if (this.#drawn || !this.#talks) return;
    this.#drawn = true;
    new ResizeObserver(() => this.#sayHeight(contentHeight(this.#root))).observe(this.#root);
    window.addEventListener('message', ({ data, source }) => {
      if (source !== window.parent || !isRecord(data) || data['event'] !== 'calendly.prefill') return;
      if (isRecord(data['payload'])) this.#ears.prefill(answersIn(data['payload']));
    });
  }

  #sayHeight(real: number): void {
    this.#say('page_height', { height: `${this.#data.knobs['lying-height'] ?? String(real)}px` });
  }

  #say(event: string, payload: object): void {
    if (!this.#talks) return;
    if (!this.#awake) {
      this.#unsaid.push(() => this.#say(event, payload));
      return;
    }
    this.#mouth.say({ event: `calendly.${event}`, payload });
  }
}
