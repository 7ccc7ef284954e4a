import { button, el } from './element.js';
import { weekOf } from './month.js';
import { dayInWords, shortDay, timeOf } from './time-format.js';
import { addDays } from './zone-time.js';

export interface WeekShown {
  /** Any day of the week. */
  readonly day: string;
  /** Starts of the free times of each day; null while they are requested. */
  readonly free: ReadonlyMap<string, readonly number[]> | null;
  readonly zone: string;
  readonly today: string;
}

export interface WeekColumnsOptions {
  readonly onTime: (start: number) => void;
  readonly onWeek: (day: string) => void;
}

/** A week side by side: a column of times for each day. */
export class WeekColumns {
  readonly element: HTMLElement;
  readonly #title = el('h2', { class: 'month-title', 'aria-live': 'polite' });
  readonly #columns = el('div', { class: 'columns' });
  readonly #previous: HTMLButtonElement;
  readonly #options: WeekColumnsOptions;
  #shown: WeekShown | null = null;

  constructor(options: WeekColumnsOptions) {
    this.#options = options;
    const turn = (by: number) => () => {
      if (this.#shown) options.onWeek(addDays(this.#shown.day, by));
    };
    this.#previous = button('‹', turn(-7), { class: 'turn', 'aria-label': 'Previous week' });
    const next = button('›', turn(7), { class: 'turn', 'aria-label': 'Next week' });
    this.element = el('div', { class: 'week' }, [
      el('div', { class: 'month-head' }, [this.#title, this.#previous, next]),
      this.#columns,
    ]);
  }

  show(shown: WeekShown): void {
    this.#shown = shown;
    const days = weekOf(shown.day);
    const [first = shown.day] = days;
    this.#title.textContent = `Week of ${dayInWords(first)}`;
    this.#previous.disabled = first <= shown.today;
    this.#columns.setAttribute('aria-busy', String(shown.free === null));
    this.#columns.replaceChildren(...days.map((day) => this.#column(day, shown)));
  }

  #column(day: string, { free, zone, today }: WeekShown): HTMLElement {
    const times = free?.get(day) ?? [];
    const list = times.map((start) =>
      el('li', {}, [
        button(timeOf(start, zone), () => this.#options.onTime(start), {
          class: 'time',
          'data-start': new Date(start).toISOString(),
        }),
      ]),
    );
    const nothing = free ? el('p', { class: 'none' }, ['–']) : el('p', { class: 'waiting' });
    return el('section', { class: 'column', 'aria-label': dayInWords(day), 'data-today': day === today }, [
      el('h3', {}, [shortDay(day)]),
      list.length > 0 ? el('ul', { class: 'times' }, list) : nothing,
    ]);
  }
}
