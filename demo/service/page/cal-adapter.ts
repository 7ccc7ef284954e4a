import { PostMessage } from './post-message.js';
import { sendNoise, startNoise } from './noise.js';
import type { BookingCard, EventCard, PageData, PageView } from './page-data.js';
import type { Look, LookChanges } from './look.js';
import { isLayout, isTheme } from './settings.js';
import { contentHeight, knobNumber, knobOn, type PageCommands, type Adapter } from './adapter.js';

const POLL = 50;
/** The real page gives Safari this long after the load event before it trusts a measurement. */
const SETTLE = 100;
const PRERENDER_TYPES = ['__iframeReady', '__dimensionChanged', '__connectInitiated', 'linkPrerendered'];
const DROPPED_ON_CONNECT = ['prerender', 'preload', 'cal.skipSlotsFetch'];
const CONNECT_VERSION = 'cal.embed.connectVersion';

/** The kinds of bookings that the knob `books` can announce. */
const MADE_UP = {
  uid: 'made-up',
  title: 'A meeting',
  startTime: '2026-12-01T09:00:00Z',
  endTime: '2026-12-01T09:30:00Z',
  status: 'ACCEPTED',
  paymentRequired: false,
  isRecurring: false,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const recordIn = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The namespace this page is embedded under: from its address, from the frame's name, from its path. Null: it is not. */
function namespaceHere(query: URLSearchParams): string | null {
  const asked = query.get('embed');
  if (asked !== null) return asked;
  if (window.name.startsWith('cal-embed=')) return window.name.slice('cal-embed='.length);
  return location.pathname.endsWith('/embed') ? '' : null;
}

/** A `ui` message as changes of the appearance. */
function changesIn(ui: Record<string, unknown>): LookChanges {
  const { theme, layout, hideEventTypeDetails: hideDetails, colorScheme, cssVarsPerTheme } = ui;
  const vars = recordIn(recordIn(cssVarsPerTheme)[document.documentElement.dataset['theme'] ?? 'light']);
  const accent = vars['cal-brand'];
  return {
    ...(isTheme(theme) && { theme }),
    ...(isLayout(layout) && { layout }),
    ...(typeof hideDetails === 'boolean' && { hideDetails }),
    ...(typeof colorScheme === 'string' && { colorScheme }),
    ...(typeof accent === 'string' && { accent }),
  };
}

export interface CalAdapterOptions {
  readonly data: PageData;
  readonly root: HTMLElement;
  readonly look: Look;
  readonly commands: PageCommands;
}

/**
 * The frame's half of Cal.com's embed protocol: hidden until the parent knows that the frame is ready, heights in two
 * passes, `linkReady` when the second is out (and, where the parent waits for a booker, its times are loaded).
 */
export class CalAdapter implements Adapter {
  readonly #data: PageData;
  readonly #root: HTMLElement;
  readonly #look: Look;
  readonly #commands: PageCommands;
  readonly #channel: PostMessage;
  readonly #query = new URLSearchParams(location.search);
  readonly #namespace = namespaceHere(this.#query);
  readonly #framed = window.top !== window;
  #prerendering = this.#query.get('prerender') === 'true';
  #awake = false;
  #queued: (() => void)[] = [];
  #status: number;
  #passes = 0;
  #reported = '';
  #event: EventCard | null = null;
  #slotsLoaded = false;
  #views = 0;
  #reloading = false;
  #bookerReady = false;

  constructor({ data, root, look, commands }: CalAdapterOptions) {
    this.#data = data;
    this.#root = root;
    this.#look = look;
    this.#commands = commands;
    this.#channel = new PostMessage(data.knobs);
    this.#status = data.page.view === 'error' ? data.page.status : 200;
  }

  begin(): void {
    Object.assign(window, { CalComPageStatus: String(this.#status) });
    if (!this.#framed || this.#namespace === null) {
      this.#show();
      return;
    }
    if (this.#query.get('preload') === 'true') return;
    const late = knobNumber(this.#data.knobs, 'late');
    if (late > 0) setTimeout(() => this.#wake(), late);
    else this.#wake();
  }

  drawn(view: PageView): void {
    this.#event = view.view === 'event' ? view.event : null;
    if (this.#event) this.#send('navigatedToBooker', {});
  }

  slotsLoaded(event: EventCard): void {
    if (knobOn(this.#data.knobs, 'no-slots-event')) return;
    if (!this.#slotsLoaded && knobOn(this.#data.knobs, 'books')) this.#send('bookingSuccessfulV2', MADE_UP);
    this.#slotsLoaded = true;
    this.#send('availabilityLoaded', { eventId: event.id, eventSlug: event.slug });
    if (this.#views > 0) this.#sendBookerReady();
  }

  timeChosen(): void {
    // Cal.com sends no message here.
  }

  moved(): void {
    this.#send('__routeChanged', {});
  }

  eventChosen({ id, slug, title, durations: [length] }: EventCard): void {
    this.#send('eventTypeSelected', { eventType: { id, slug, title, length } });
  }

  booked(booking: BookingCard, change: 'created' | 'moved'): void {
    const { event, attendee } = booking;
    const moved = change === 'moved';
    this.#send(moved ? 'rescheduleBookingSuccessful' : 'bookingSuccessful', {
      booking: {
        uid: booking.uid,
        title: booking.title,
        startTime: booking.start,
        endTime: booking.end,
        status: booking.status,
        attendees: [attendee],
        responses: { name: attendee.name, email: attendee.email, notes: booking.notes },
      },
      eventType: { id: event.id, slug: event.slug, title: event.title, length: booking.duration },
      date: booking.start,
      duration: booking.duration,
      organizer: {
        name: event.host.name,
        email: `${event.host.slug}@example.com`,
        timeZone: event.host.zone,
      },
      confirmed: booking.status === 'ACCEPTED',
    });
    this.#send(moved ? 'rescheduleBookingSuccessfulV2' : 'bookingSuccessfulV2', {
      uid: booking.uid,
      title: booking.title,
      startTime: booking.start,
      endTime: booking.end,
      eventTypeId: event.id,
      status: booking.status,
      paymentRequired: false,
      isRecurring: false,
    });
  }

  cancelled(booking: BookingCard): void {
    const { event } = booking;
    this.#send('bookingCancelled', {
      booking: { uid: booking.uid, title: booking.title, startTime: booking.start, endTime: booking.end },
      organizer: {
        name: event.host.name,
        email: `${event.host.slug}@example.com`,
        timeZone: event.host.zone,
      },
      eventType: { id: event.id, slug: event.slug, title: event.title },
    });
  }

  #wake(): void {
    this.#awake = true;
    window.addEventListener('message', (message) => this.#receive(message.data));
    if (knobOn(this.#data.knobs, 'noise')) startNoise();
    this.#send('__iframeReady', { isPrerendering: this.#prerendering });
    for (const say of this.#queued.splice(0)) say();
    if (this.#status !== 200) {
      this.#sendFailed();
      return;
    }
    // In the capture phase: in the bubble phase the pressed element may have been removed already.
    const onClick = ({ target }: Event): void => {
      if (target instanceof Node && !this.#root.contains(target)) this.#send('__closeIframe', {});
    };
    document.addEventListener('click', onClick, { capture: true });
    void this.#measure();
  }

  #receive(message: unknown): void {
    const { originator, method, arg } = recordIn(message);
    if (originator !== 'CAL') return;
    if (method === 'parentKnowsIframeReady') void this.#beginView();
    else if (method === 'ui') this.#look.change(changesIn(recordIn(arg)));
    else if (method === 'connect') void this.#connect(recordIn(arg));
    else if (method === '__reloadInitiated') this.#reloading = true;
  }

  async #measure(): Promise<void> {
    while (document.readyState !== 'complete') await wait(POLL);
    await wait(SETTLE);
    this.#send('__windowLoadComplete', {});
    for (;;) {
      this.#report();
      await wait(POLL);
    }
  }

  #report(): void {
    const first = this.#passes === 0;
    // A frame that has no size has no layout to measure: it stays at its first report.
    if (!first && (window.innerWidth === 0 || window.innerHeight === 0)) return;
    const { scrollHeight, scrollWidth } = document.documentElement;
    const height = first ? scrollHeight : contentHeight(this.#root);
    const width = first ? scrollWidth : Math.ceil(this.#root.getBoundingClientRect().width);
    const size = `${String(height)}×${String(width)}`;
    this.#passes += 1;
    if (size === this.#reported && this.#passes !== 2) return;
    this.#reported = size;
    this.#send('__dimensionChanged', {
      iframeHeight: this.#reportedHeight(height),
      iframeWidth: width,
      isFirstTime: first,
    });
  }

  /** The height that is reported for a real one. */
  #reportedHeight(height: number): unknown {
    const lie = this.#data.knobs['lying-height'];
    if (lie === undefined) return height;
    return lie === 'NaN' || Number.isFinite(Number(lie)) ? Number(lie) : lie;
  }

  get #linkReady(): boolean {
    const waitsForSlots =
      this.#event !== null && this.#query.has('cal.embed.pageType') && !this.#prerendering;
    return this.#passes >= 2 && (this.#slotsLoaded || !waitsForSlots);
  }

  async #beginView(): Promise<void> {
    while (!this.#linkReady) await wait(POLL);
    const lateStatus = knobNumber(this.#data.knobs, 'late-status');
    if (lateStatus > 0) {
      this.#status = lateStatus;
      Object.assign(window, { CalComPageStatus: String(lateStatus) });
      this.#sendFailed();
      return;
    }
    this.#show();
    setInterval(() => this.#show(), POLL);
    if (this.#prerendering) this.#send('linkPrerendered', {});
    else this.#sendReady();
  }

  /** Shows a page that was prerendered hidden, with the options that are known by now. */
  async #connect(arg: Record<string, unknown>): Promise<void> {
    this.#send('__connectInitiated', {});
    const nested = 'config' in arg || 'params' in arg;
    const wanted = nested ? { ...recordIn(arg['config']), ...recordIn(arg['params']) } : arg;
    const url = new URL(location.href);
    for (const name of DROPPED_ON_CONNECT) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(wanted)) {
      if (name === 'iframeAttrs' || value === undefined || value === null) continue;
      url.searchParams.delete(name);
      for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
    }
    const version = Number(url.searchParams.get(CONNECT_VERSION) ?? 0) + 1;
    url.searchParams.set(CONNECT_VERSION, String(version));
    history.replaceState(null, '', url);
    const keepSlots = String(wanted['cal.embed.noSlotsFetchOnConnect']) === 'true';
    this.#prerendering = false;
    this.#passes = Math.min(this.#passes, 1);
    this.#reported = '';
    if (!keepSlots) this.#slotsLoaded = false;
    await this.#commands.reread();
    while (!this.#linkReady) await wait(POLL);
    this.#show();
    this.#send('__connectCompleted', {});
    this.#sendReady();
  }

  #sendReady(): void {
    this.#send('linkReady', {});
    if (!this.#event) return;
    this.#views += 1;
    this.#bookerReady = false;
    const known = this.#slotsLoaded;
    const { id, slug } = this.#event;
    const viewed = this.#reloading ? 'bookerReloaded' : this.#views === 1 ? 'bookerViewed' : 'bookerReopened';
    this.#reloading = false;
    this.#send(viewed, {
      eventId: known ? id : null,
      eventSlug: known ? slug : null,
      slotsLoaded: known,
    });
    if (known) this.#sendBookerReady();
  }

  #sendBookerReady(): void {
    if (this.#bookerReady || !this.#event) return;
    this.#bookerReady = true;
    this.#send('bookerReady', { eventId: this.#event.id, eventSlug: this.#event.slug });
  }

  #sendFailed(): void {
    const url = document.URL;
    this.#send('linkFailed', { code: String(this.#status), msg: 'Problem loading the link', data: { url } });
  }

  #show(): void {
    document.body.style.visibility = 'visible';
    document.body.style.opacity = '1';
  }

  #send(type: string, data: object): void {
    if (!this.#framed || this.#namespace === null || knobOn(this.#data.knobs, 'mute')) return;
    if (!this.#awake) {
      // Only a prerendered page keeps messages, because it is shown later.
      if (this.#query.get('preload') !== 'true') this.#queued.push(() => this.#send(type, data));
      return;
    }
    if (this.#prerendering && !PRERENDER_TYPES.includes(type)) return;
    const namespace = this.#namespace;
    this.#channel.send({ originator: 'CAL', type, namespace, fullType: `CAL:${namespace}:${type}`, data });
    if (knobOn(this.#data.knobs, 'noise')) sendNoise();
  }
}
