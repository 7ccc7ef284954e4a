import { Mouth } from './mouth.js';
import { startNoise } from './noise.js';
import type { BookingCard, PageData, PageView } from './page-data.js';
import { contentHeight, isFramed, knobNumber, knobOn, type Words } from './words.js';

/** The first heights come before there is anything to measure. */
const FIRST_HEIGHTS = [2, 26];

type Booked = Pick<BookingCard, 'uid' | 'start' | 'end'>;

/** How one service says things; null where it has no word for it. */
interface Tongue {
  /** The script runs. */
  readonly hello?: unknown;
  readonly ready?: unknown;
  readonly chosen?: (start: string) => unknown;
  readonly height?: (pixels: string, id: string) => unknown;
  readonly booked?: (booking: Booked) => unknown;
  /** Says nothing of itself before its parent has said this; what it found in it names the frame. */
  readonly waitsFor?: RegExp;
}

const TONGUES: Readonly<Record<string, Tongue>> = {
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
  acuity: { ready: 'load:1', height: (pixels) => `sizing:${pixels}` },
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

/** The words of services that share an address here: which of them is meant, the knob `speaks` says. */
export class OtherWords implements Words {
  readonly #data: PageData;
  readonly #root: HTMLElement;
  readonly #tongue: Tongue;
  readonly #talks: boolean;
  readonly #mouth: Mouth;
  #id = '';
  #begun = false;

  constructor({ data, root }: { readonly data: PageData; readonly root: HTMLElement }) {
    this.#data = data;
    this.#root = root;
    this.#mouth = new Mouth(data.knobs);
    this.#tongue = TONGUES[data.knobs['speaks'] ?? ''] ?? {};
    this.#talks = isFramed() && data.page.view !== 'error' && !knobOn(data.knobs, 'mute');
  }

  begin(): void {
    if (!this.#talks) return;
    if (knobOn(this.#data.knobs, 'noise')) startNoise();
    const { waitsFor, hello } = this.#tongue;
    if (waitsFor)
      window.addEventListener('message', ({ data, source }) => {
        const [, id] = (source === window.parent && waitsFor.exec(String(data))) || [];
        if (id === undefined || this.#id) return;
        this.#id = id;
        this.#measure();
      });
    this.#say(hello);
  }

  drawn(view: PageView): void {
    if (view.view !== 'event') this.slotsLoaded();
  }

  slotsLoaded(): void {
    if (this.#begun || knobOn(this.#data.knobs, 'no-slots-event')) return;
    this.#begun = true;
    setTimeout(
      () => {
        this.#say(this.#tongue.ready);
        this.#measure();
        if (!knobOn(this.#data.knobs, 'books')) return;
        this.timeChosen();
        this.booked({ uid: 'made-up', start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:30:00Z' });
      },
      knobNumber(this.#data.knobs, 'late'),
    );
  }

  timeChosen(): void {
    this.#say(this.#tongue.chosen?.(new Date().toISOString()));
  }

  moved(): void {
    // None of these services says anything here.
  }

  eventChosen(): void {
    // Nor here.
  }

  booked(booking: Booked): void {
    this.#say(this.#tongue.booked?.(booking));
  }

  cancelled(): void {
    // No message is known.
  }

  /** There is something to measure, and somebody who wants to know. */
  #measure(): void {
    const { height, waitsFor } = this.#tongue;
    if (!height || !this.#begun || (waitsFor && !this.#id)) return;
    const say = (pixels: number): void => {
      this.#say(height(this.#data.knobs['lying-height'] ?? String(pixels), this.#id));
    };
    FIRST_HEIGHTS.forEach(say);
    new ResizeObserver(() => say(contentHeight(this.#root))).observe(this.#root);
  }

  #say(message: unknown): void {
    if (this.#talks && message !== undefined) this.#mouth.say(message);
  }
}
