/** Time as the link sees it, in milliseconds: the machine's, or a test's own. */
export interface Clock {
  now(): number;
  /** Actions come in the order of their times; those of the same time in the order they were asked for. */
  at(time: number, action: () => void): void;
}

interface Planned {
  readonly time: number;
  readonly action: () => void;
}

/** The machine's time. Timers of its own for each action would swap neighbours, as they count whole milliseconds. */
export class WallClock implements Clock {
  readonly #planned: Planned[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Infinity;

  now(): number {
    return performance.now();
  }

  at(time: number, action: () => void): void {
    let place = this.#planned.length;
    while (place > 0 && (this.#planned[place - 1]?.time ?? 0) > time) place--;
    this.#planned.splice(place, 0, { time, action });
    this.#wait();
  }

  #wait(): void {
    const time = this.#planned[0]?.time ?? Infinity;
    if (time >= this.#wakeAt) return;
    clearTimeout(this.#timer);
    this.#wakeAt = time;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, time - this.now()));
  }

  #run(): void {
    this.#wakeAt = Infinity;
    const now = this.now();
    const due = this.#planned.findIndex(({ time }) => time > now);
    for (const { action } of this.#planned.splice(0, due < 0 ? Infinity : due)) action();
    this.#wait();
  }
}
