import { BookingForm } from './booking-form.js';
import type { PageApi } from './page-api.js';
import { detailsOf, timeFacts } from './details.js';
import { announce, button, el } from './element.js';
import type { Look } from './look.js';
import { boundsOf, monthOf, weekOf } from './month.js';
import { MonthGrid } from './month-grid.js';
import type { BookingCard, EventCard, PageSlots } from './page-data.js';
import type { Answers, Settings } from './settings.js';
import { dayInFewWords, dayInWords, longDateOf, minutesInWords, timeOf, zoneInWords } from './time-format.js';
import { WeekColumns } from './week-columns.js';
import type { Adapter } from './adapter.js';
import { addDays, dayAt, startOfDay } from './zone-time.js';

const WIDE = '(min-width: 769px)';

export interface EventViewOptions {
  readonly event: EventCard;
  readonly moving: BookingCard | null;
  readonly settings: Settings;
  readonly now: number;
  readonly api: PageApi;
  readonly adapter: Adapter;
  readonly look: Look;
  readonly onBooked: (booking: BookingCard) => void;
}

const zones = (chosen: string): string[] => {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([chosen, 'UTC', ...known])].sort();
};

/** The view of an event type: the choice of a slot, then the form. */
export class EventView {
  readonly element = el('article', { class: 'card' });
  readonly #options: EventViewOptions;
  #settings: Settings;
  #zone: string;
  #duration: number;
  #month: string;
  #day: string | null;
  /** First day of the week that the week view shows. */
  #weekDay: string;
  #range: PageSlots | null = null;
  #free: Map<string, number[]> | null = null;
  #failed = false;
  #asked = 0;
  #firstLook = true;
  #answers: Partial<Answers>;
  #form: BookingForm | null = null;
  readonly #grid = new MonthGrid({
    onDay: (day) => this.#chooseDay(day),
    onMonth: (month, day) => void this.#turnTo(month, day),
  });
  readonly #week = new WeekColumns({
    onTime: (start) => this.#chooseTime(start),
    onWeek: (day) => {
      this.#weekDay = day;
      void this.#loadAndDraw();
    },
  });
  readonly #times = el('section', { class: 'day-times', 'aria-labelledby': 'day-title' });
  readonly #noticeBox = el('p', { class: 'notice', role: 'alert', hidden: true });
  readonly #media = window.matchMedia(WIDE);
  /** Month and week layouts request different ranges of slots. An open form is not replaced. */
  readonly #relayout = (): void => {
    if (!this.#form && this.element.dataset['columns'] !== String(this.#inColumns)) void this.#loadAndDraw();
  };

  constructor(options: EventViewOptions) {
    this.#options = options;
    const { settings, event, now } = options;
    this.#settings = settings;
    this.#answers = options.moving
      ? { ...options.moving.attendee, notes: options.moving.notes }
      : settings.answers;
    this.#zone = settings.zone;
    this.#duration = this.#durationFrom(settings, options.moving);
    const start = settings.slot === null ? null : dayAt(settings.slot, settings.zone);
    this.#day = settings.day ?? start;
    this.#month = this.#day ? monthOf(this.#day) : (settings.month ?? monthOf(dayAt(now, this.#zone)));
    this.#weekDay = this.#day ?? (settings.month ? `${settings.month}-01` : dayAt(now, this.#zone));
    document.title = `${event.title} · ${event.host.name}`;
    options.look.onLayout = this.#relayout;
    this.#media.addEventListener('change', this.#relayout);
  }

  /** Renders at once, and again with slots. A `slot` in the address opens the form, if it is still free. */
  async start(): Promise<void> {
    const { slot, skipSlots } = this.#settings;
    this.#drawPicking();
    if (skipSlots) return;
    await this.#loadAndDraw(slot);
    if (slot === null || this.#failed) return;
    if (this.#range?.free) this.#chooseTime(slot);
    else this.#tell('That time was just taken. Please pick another.');
  }

  stop(): void {
    this.#asked += 1;
    this.#media.removeEventListener('change', this.#relayout);
    this.#options.look.onLayout = () => undefined;
  }

  prefill(answers: Partial<Answers>): void {
    this.#answers = { ...this.#answers, ...answers };
    this.#form?.fill(answers);
  }

  #durationFrom({ duration }: Settings, moving: BookingCard | null): number {
    const { durations } = this.#options.event;
    const wanted = moving?.duration ?? duration;
    return durations.find((each) => each === wanted) ?? durations[0] ?? 30;
  }

  get #inColumns(): boolean {
    return this.#media.matches && this.#options.look.layout !== 'month_view';
  }

  #bounds(): { from: number; to: number } {
    if (!this.#inColumns) return boundsOf(this.#month, this.#zone);
    const [monday = this.#weekDay] = weekOf(this.#weekDay);
    return { from: startOfDay(monday, this.#zone), to: startOfDay(addDays(monday, 7), this.#zone) - 1 };
  }

  async #loadAndDraw(check: number | null = null, focus: string | null = null): Promise<void> {
    const asked = ++this.#asked;
    const { event, api, moving, adapter } = this.#options;
    this.#free = null;
    this.#failed = false;
    this.#drawPicking(focus);
    const { from, to } = this.#bounds();
    const range = await api
      .slots({ key: event.key, from, to, duration: this.#duration, check, moving: moving?.uid ?? null })
      .catch(() => null);
    if (asked !== this.#asked) return;
    this.#range = range;
    this.#failed = range === null;
    this.#free = new Map();
    for (const start of range?.slots ?? []) {
      const instant = Date.parse(start);
      const day = dayAt(instant, this.#zone);
      this.#free.set(day, [...(this.#free.get(day) ?? []), instant]);
    }
    const [firstFree = null] = this.#free.keys();
    // A page that opens on a month selects a day; after the visitor has turned a page it selects none.
    if (this.#firstLook && (this.#day === null || !this.#free.has(this.#day)))
      this.#day = firstFree ?? this.#day;
    this.#firstLook = false;
    this.#drawPicking(focus);
    if (range) adapter.slotsLoaded(event);
  }

  #turnTo(month: string, focus: string | null): Promise<void> {
    this.#month = month;
    this.#day = null;
    this.#firstLook = focus === null;
    return this.#loadAndDraw(null, focus);
  }

  #chooseDay(day: string): void {
    this.#day = day;
    this.#tell('');
    this.#drawPicking();
    const count = this.#free?.get(day)?.length ?? 0;
    announce(`${String(count)} ${count === 1 ? 'time' : 'times'} on ${dayInWords(day)}`);
    if (!this.#media.matches) this.#times.scrollIntoView({ block: 'nearest' });
  }

  #tell(notice: string): void {
    this.#noticeBox.textContent = notice;
    this.#noticeBox.hidden = notice === '';
  }

  #drawPicking(focus: string | null = null): void {
    const { event, moving, now } = this.#options;
    this.#form = null;
    this.element.dataset['step'] = 'pick';
    const today = dayAt(now, this.#zone);
    const columns = this.#inColumns;
    if (columns) {
      this.#week.show({ day: this.#weekDay, free: this.#free, zone: this.#zone, today });
    } else {
      const counts =
        this.#free && new Map([...this.#free].map(([day, starts]) => [day, starts.length] as const));
      this.#grid.show({ month: this.#month, free: counts, chosen: this.#day, today }, focus);
    }
    const picker = columns ? this.#week.element : this.#grid.element;
    if (!picker.isConnected || this.element.dataset['columns'] !== String(columns)) {
      this.element.dataset['columns'] = String(columns);
      const movingFacts = moving ? [this.#movingFact(moving)] : [];
      this.element.replaceChildren(
        detailsOf(event, this.#duration, movingFacts),
        el('section', { class: 'calendar', 'aria-label': 'Choose a day' }, [
          this.#noticeBox,
          this.#durations(),
          picker,
          this.#zonePicker(),
        ]),
        this.#times,
      );
    }
    this.#drawTimes();
  }

  #movingFact(moving: BookingCard): HTMLElement {
    const start = Date.parse(moving.start);
    return el('li', { class: 'was' }, [
      el('span', {}, ['Moving from ']),
      el('s', {}, [`${longDateOf(start, this.#zone)}, ${timeOf(start, this.#zone)}`]),
    ]);
  }

  #durations(): HTMLElement | null {
    const { durations } = this.#options.event;
    if (durations.length < 2 || this.#options.moving) return null;
    const choices = durations.map((minutes) => {
      const input = el('input', {
        type: 'radio',
        name: 'duration',
        value: minutes,
        checked: minutes === this.#duration,
      });
      input.addEventListener('change', () => {
        this.#duration = minutes;
        void this.#loadAndDraw();
      });
      return el('label', {}, [input, el('span', {}, [minutesInWords(minutes)])]);
    });
    return el('fieldset', { class: 'durations' }, [
      el('legend', { class: 'unseen' }, ['How long']),
      ...choices,
    ]);
  }

  #zonePicker(): HTMLElement {
    const options = zones(this.#zone).map((zone) =>
      el('option', { value: zone, selected: zone === this.#zone }, [zoneInWords(zone)]),
    );
    const select = el('select', { id: 'zone' }, options);
    select.addEventListener('change', () => {
      this.#zone = select.value;
      void this.#loadAndDraw();
    });
    return el('div', { class: 'zone' }, [el('label', { for: 'zone' }, ['Time zone']), select]);
  }

  #drawTimes(): void {
    this.#times.hidden = this.#inColumns && !this.#isBare;
    this.#times.setAttribute('aria-busy', String(this.#free === null));
    const day = this.#day;
    const starts = day ? (this.#free?.get(day) ?? []) : [];
    if (this.#failed) {
      this.#times.replaceChildren(
        el('h2', { id: 'day-title' }, ['Times']),
        el('p', {}, ['The times could not be loaded.']),
        button('Try again', () => void this.#loadAndDraw(), { class: 'plain' }),
      );
    } else if (this.#free === null) {
      const lines = Array.from({ length: 5 }, () => el('li', { class: 'waiting' }));
      this.#times.replaceChildren(
        el('h2', { id: 'day-title' }, [day ? dayInFewWords(day) : 'Times']),
        el('ul', { class: 'times', 'aria-label': 'Loading times' }, lines),
      );
    } else if (this.#isBare) {
      this.#drawNone();
    } else if (day && starts.length > 0) {
      const list = starts.map((start) =>
        el('li', {}, [
          button(timeOf(start, this.#zone), () => this.#chooseTime(start), {
            class: 'time',
            'data-start': new Date(start).toISOString(),
          }),
        ]),
      );
      this.#times.replaceChildren(
        el('h2', { id: 'day-title' }, [dayInFewWords(day)]),
        el('ul', { class: 'times' }, list),
      );
    } else {
      this.#times.replaceChildren(
        el('h2', { id: 'day-title' }, [day ? dayInFewWords(day) : 'Times']),
        el('p', { class: 'none' }, [day ? 'No free times on this day.' : 'Choose a day to see its times.']),
      );
    }
  }

  /** Nothing free in the whole month or week. */
  get #isBare(): boolean {
    return this.#free?.size === 0 && !this.#failed;
  }

  #drawNone(): void {
    const next = this.#range?.next ?? null;
    const where = this.#inColumns ? 'week' : 'month';
    const heading = el('h2', { id: 'day-title' }, [`Nothing free this ${where}`]);
    if (next === null) {
      this.#times.replaceChildren(
        heading,
        el('p', { class: 'none' }, ['There are no free times at the moment.']),
      );
      return;
    }
    const day = dayAt(Date.parse(next), this.#zone);
    const go = (): void => {
      this.#month = monthOf(day);
      this.#weekDay = day;
      this.#day = day;
      void this.#loadAndDraw(null, this.#inColumns ? null : day);
    };
    this.#times.replaceChildren(
      heading,
      el('p', { class: 'none' }, [`The next free day is ${longDateOf(Date.parse(next), this.#zone)}.`]),
      button('Go to the next free day', go, { class: 'plain next-free' }),
    );
  }

  #chooseTime(start: number): void {
    const { event, moving, adapter } = this.#options;
    const form = new BookingForm({
      submitLabel: moving
        ? 'Move the booking'
        : event.needsConfirmation
          ? 'Ask for this time'
          : 'Confirm booking',
      onBack: () => this.#back(),
      onSubmit: (answers) => this.#submit(start, answers),
    });
    form.fill(this.#answers);
    this.#form = form;
    this.#day = dayAt(start, this.#zone);
    this.element.dataset['step'] = 'form';
    this.element.replaceChildren(
      detailsOf(event, this.#duration, timeFacts(start, this.#duration, this.#zone)),
      form.element,
    );
    form.focus();
    this.#note({ slot: new Date(start).toISOString(), date: this.#day, month: monthOf(this.#day) });
    adapter.timeChosen();
    adapter.moved();
  }

  #back(): void {
    this.#note({ slot: null });
    this.#drawPicking();
    this.#options.adapter.moved();
    const chosen = this.element.querySelector<HTMLElement>('.day[aria-pressed="true"], .time');
    chosen?.focus();
  }

  async #submit(start: number, answers: Answers): Promise<void> {
    const { event, moving, api, adapter, onBooked } = this.#options;
    this.#answers = answers;
    const answer = await api.book({
      key: event.key,
      start: new Date(start).toISOString(),
      duration: this.#duration,
      ...answers,
      timeZone: this.#zone,
      metadata: this.#settings.metadata,
      moving: moving?.uid ?? null,
    });
    if ('preview' in answer) {
      this.#back();
      this.#tell('This is a preview: nothing was booked.');
      return;
    }
    if ('taken' in answer) {
      this.#note({ slot: null });
      this.#month = monthOf(dayAt(start, this.#zone));
      this.#firstLook = true;
      await this.#loadAndDraw();
      this.#tell('That time was just taken. Please pick another.');
      this.element.querySelector<HTMLElement>('.time, .day[tabindex="0"]')?.focus();
      return;
    }
    adapter.booked(answer.booking, moving ? 'moved' : 'created');
    onBooked(answer.booking);
  }

  /** Updates the address, so that a reload shows the same month and day. */
  #note(changes: Readonly<Record<string, string | null>>): void {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    history.replaceState(history.state, '', url);
  }
}
