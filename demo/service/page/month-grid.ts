import { button, el } from './element.js';
import { addMonths, columnOf, daysOf, monthOf } from './month.js';
import { WEEKDAYS, dayInWords, monthInWords } from './time-format.js';
import { addDays } from './zone-time.js';

export interface MonthShown {
  readonly month: string;
  /** Number of free slots of each day that has any. Null while they are requested. */
  readonly free: ReadonlyMap<string, number> | null;
  readonly chosen: string | null;
  readonly today: string;
}

export interface MonthGridOptions {
  readonly onDay: (day: string) => void;
  /** The visitor has chosen another month; `day` is the day to focus. */
  readonly onMonth: (month: string, day: string | null) => void;
}

const label = (day: string, count: number | undefined, today: string): string => {
  const times =
    count === undefined ? '' : count === 1 ? ', 1 time' : count ? `, ${String(count)} times` : ', no times';
  return `${dayInWords(day)}${day === today ? ' (today)' : ''}${times}`;
};

/**
 * A month of days. Every day is a button; one of them is in the tab order, arrows move by day and week, Home and End
 * to the ends of the week, Page Up and Page Down by month.
 */
export class MonthGrid {
  readonly element: HTMLElement;
  readonly #title = el('h2', { class: 'month-title', 'aria-live': 'polite' });
  readonly #body = el('tbody');
  readonly #table: HTMLTableElement;
  readonly #previous: HTMLButtonElement;
  readonly #options: MonthGridOptions;
  #shown: MonthShown | null = null;
  /** The day that is in the tab order. */
  #current = '';

  constructor(options: MonthGridOptions) {
    this.#options = options;
    this.#title.id = 'month-title';
    const turn = (by: number) => () => {
      if (this.#shown) options.onMonth(addMonths(this.#shown.month, by), null);
    };
    this.#previous = button('‹', turn(-1), { class: 'turn', 'aria-label': 'Previous month' });
    const next = button('›', turn(1), { class: 'turn', 'aria-label': 'Next month' });
    const head = WEEKDAYS.map(({ short, long }) => el('th', { scope: 'col', abbr: long }, [short]));
    this.#table = el('table', { class: 'month', role: 'grid', 'aria-labelledby': 'month-title' }, [
      el('thead', {}, [el('tr', {}, head)]),
      this.#body,
    ]);
    this.#table.addEventListener('keydown', (event) => this.#onKey(event));
    this.element = el('div', { class: 'month-grid' }, [
      el('div', { class: 'month-head' }, [this.#title, this.#previous, next]),
      this.#table,
    ]);
  }

  show(shown: MonthShown, focus: string | null = null): void {
    this.#shown = shown;
    const { month, free, chosen, today } = shown;
    const days = daysOf(month);
    const firstFree = days.find((day) => free?.has(day));
    const kept = monthOf(this.#current) === month ? this.#current : null;
    const lands = focus ?? (chosen && monthOf(chosen) === month ? chosen : null) ?? kept ?? firstFree;
    this.#current = lands ?? (monthOf(today) === month ? today : `${month}-01`);
    const hadFocus = this.#table.contains(document.activeElement);
    this.#title.textContent = monthInWords(month);
    this.#previous.disabled = month <= monthOf(today);
    this.#table.setAttribute('aria-busy', String(free === null));
    this.#body.replaceChildren(...this.#rows(days, shown));
    if (focus !== null || hadFocus) this.#buttonOf(this.#current)?.focus();
  }

  #rows(days: readonly string[], shown: MonthShown): HTMLTableRowElement[] {
    const [first = ''] = days;
    const cells: (HTMLTableCellElement | null)[] = Array.from({ length: columnOf(first) }, () => null);
    for (const day of days) cells.push(this.#cell(day, shown));
    const rows: HTMLTableRowElement[] = [];
    // Six rows always, so that the page keeps its height from month to month.
    for (let start = 0; start < 42; start += 7) {
      const week = Array.from(
        { length: 7 },
        (_, column) => cells[start + column] ?? el('td', { class: 'no-day' }),
      );
      rows.push(el('tr', {}, week));
    }
    return rows;
  }

  #cell(day: string, { free, chosen, today }: MonthShown): HTMLTableCellElement {
    const count = free ? (free.get(day) ?? 0) : undefined;
    const press = (): void => {
      this.#move(day);
      if (this.#shown?.free?.has(day)) this.#options.onDay(day);
    };
    const dayButton = button(String(Number(day.slice(8))), press, {
      class: 'day',
      tabindex: day === this.#current ? 0 : -1,
      'data-day': day,
      'data-free': Boolean(count),
      'data-today': day === today,
      'aria-label': label(day, count, today),
      'aria-disabled': count ? null : 'true',
      'aria-pressed': day === chosen ? 'true' : count ? 'false' : null,
    });
    return el('td', { role: 'gridcell', 'aria-selected': String(day === chosen) }, [dayButton]);
  }

  #buttonOf(day: string): HTMLButtonElement | null {
    return this.#table.querySelector<HTMLButtonElement>(`[data-day="${day}"]`);
  }

  #move(day: string): void {
    this.#buttonOf(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = day;
    this.#buttonOf(day)?.setAttribute('tabindex', '0');
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#shown || event.altKey || event.ctrlKey || event.metaKey) return;
    const day = this.#current;
    const inMonth = (by: number): string => {
      const month = addMonths(monthOf(day), by);
      const days = daysOf(month);
      return days.find((each) => each.slice(8) === day.slice(8)) ?? days.at(-1) ?? `${month}-01`;
    };
    const targets: Readonly<Record<string, string>> = {
      ArrowLeft: addDays(day, -1),
      ArrowRight: addDays(day, 1),
      ArrowUp: addDays(day, -7),
      ArrowDown: addDays(day, 7),
      Home: addDays(day, -columnOf(day)),
      End: addDays(day, 6 - columnOf(day)),
      PageUp: inMonth(-1),
      PageDown: inMonth(1),
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (monthOf(target) === this.#shown.month) {
      this.#move(target);
      this.#buttonOf(target)?.focus();
    } else if (monthOf(target) >= monthOf(this.#shown.today)) {
      this.#options.onMonth(monthOf(target), target);
    }
  }
}
