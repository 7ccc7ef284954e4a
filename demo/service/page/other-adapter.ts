import { PostMessage } from './post-message.js';
import { startNoise } from './noise.js';
import type { BookingCard, PageData, PageView } from './page-data.js';
import { contentHeight, isFramed, knobNumber, knobOn, type Adapter } from './adapter.js';

/** The first heights come before there is anything to measure. */
const FIRST_HEIGHTS = [2, 26];

type Booked = Pick<BookingCard, 'uid' | 'start' | 'end'>;

/** Messages of one provider; a property is absent where the provider has no such message. */
interface Protocol {
  /** The script runs. */
  readonly hello?: unknown;
  readonly ready?: unknown;
  readonly chosen?: (start: string) => unknown;
  readonly height?: (pixels: string, id: string) => unknown;
  readonly booked?: (booking: Booked) => unknown;
  /** The page sends nothing before the host page has sent this; its first group is the frame's id. */
  readonly waitsFor?: RegExp;
  /** Which strings belong to this protocol. */
  readonly own?: RegExp;
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  hubspot: {
    ready: 'readyForConsentListener',
    height: (pixels) => ({ height: Number(pixels) }),
    booked: ({ start, end }) => ({
      meetingBookSucceeded: true,
      meetingsPayload: {
        bookingResponse: {
          postResponse: {
            timerange: { start: Date.parse(start), end: Date.parse(end) },
            contact: { email: 'somebody@example.com' },
          },
          event: { dateTime: start },
        },
      },
    }),
  },
  acuity: { ready: 'load:1', height: (pixels) => `sizing:${pixels}`, own: /^(load|sizing):/ },
  oncehub: {
    ready: { type: 'oncehub.booking_calendar.loaded', payload: {} },
    chosen: (start) => ({
      type: 'oncehub.booking_calendar.time_slot_selected',
      payload: { starting_time: start },
    }),
    booked: ({ uid, start }) => ({
      type: 'oncehub.booking.scheduled',
      payload: { id: uid, starting_time: start, attendees: ['somebody@example.com'] },
    }),
  },
  resizer: {
    hello: '[iFrameResizerChild]Ready',
    height: (pixels, id) => `[iFrameSizer]${id}:${pixels}:300:mutationObserver`,
    waitsFor: /^\[iFrameSizer\]([^:]+)(?::[^:]*){15}$/,
  },
};

/** Messages of the smaller providers, which share the `plain` origin. The knob `speaks` names the protocol. */
export class OtherAdapter implements Adapter {
  readonly #data: PageData;
  readonly #root: HTMLElement;
  readonly #protocol: Protocol;
  readonly #enabled: boolean;
  readonly #channel: PostMessage;
  #id = '';
  #begun = false;

  constructor({ data, root }: { readonly data: PageData; readonly root: HTMLElement }) {
    this.#data = data;
    this.#root = root;
    this.#channel = new PostMessage(data.knobs);
    this.#protocol = PROTOCOLS[data.knobs['speaks'] ?? ''] ?? {};
    this.#enabled = isFramed() && data.page.view !== 'error' && !knobOn(data.knobs, 'mute');
  }

  begin(): void {
    if (!this.#enabled) return;
    const { waitsFor, hello, own } = this.#protocol;
    if (knobOn(this.#data.knobs, 'noise')) startNoise(own);
    if (waitsFor)
      window.addEventListener('message', ({ data, source }) => {
        const [, id] = (source === window.parent && waitsFor.exec(String(data))) || [];
        if (id === undefined || this.#id) return;
        this.#id = id;
        this.#measure();
      });
    this.#send(hello);
  }

  drawn(view: PageView): void {
    if (view.view !== 'event') this.slotsLoaded();
  }

  slotsLoaded(): void {
    if (this.#begun || knobOn(this.#data.knobs, 'no-slots-event')) return;
    this.#begun = true;
    setTimeout(
      () => {
        this.#send(this.#protocol.ready);
        this.#measure();
        if (!knobOn(this.#data.knobs, 'books')) return;
        this.timeChosen();
        this.booked({ uid: 'made-up', start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:30:00Z' });
      },
      knobNumber(this.#data.knobs, 'late'),
    );
  }

  timeChosen(): void {
    this.#send(this.#protocol.chosen?.(new Date().toISOString()));
  }

  moved(): void {
    // None of these services sends a message here.
  }

  eventChosen(): void {
    // Nor here.
  }

  booked(booking: Booked): void {
    this.#send(this.#protocol.booked?.(booking));
  }

  cancelled(): void {
    // No message is known.
  }

  /** Reports heights once the page is ready and the host page has requested them. */
  #measure(): void {
    const { height, waitsFor } = this.#protocol;
    if (!height || !this.#begun || (waitsFor && !this.#id)) return;
    const say = (pixels: number): void => {
      this.#send(height(this.#data.knobs['lying-height'] ?? String(pixels), this.#id));
    };
    FIRST_HEIGHTS.forEach(say);
    new ResizeObserver(() => say(contentHeight(this.#root))).observe(this.#root);
  }

  #send(message: unknown): void {
    if (this.#enabled && message !== undefined) this.#channel.send(message);
  }
}
