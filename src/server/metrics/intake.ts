import type { ReceivedReport } from './report-rows.js';

interface IntakeOptions {
  /** Stores reports of different views, all or none. */
  readonly write: (reports: readonly ReceivedReport[]) => Promise<void>;
  /** Milliseconds that a report waits for company. */
  readonly wait?: number;
  /** Reports in one write. */
  readonly atOnce?: number;
  /** Reports that may wait; more are refused. */
  readonly most?: number;
}

interface Waiting {
  report: ReceivedReport;
  readonly done: ((cause?: Error) => void)[];
}

/** More reports wait than can be stored, or no more are taken. */
export class IntakeFull extends Error {
  override readonly name = 'IntakeFull';
}

/** Collects reports for a moment and stores them together: one write for many, and a burst waits in bounded memory. */
export class Intake {
  readonly #options: Required<IntakeOptions>;
  /** By view: of two reports of one view that wait, only the later is written. */
  readonly #waiting = new Map<string, Waiting>();
  /** Callers that wait for an outcome. */
  #waiters = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor({ wait = 50, atOnce = 50, most = 5000, write }: IntakeOptions) {
    this.#options = { wait, atOnce, most, write };
  }

  /** Fulfilled when the report is stored. Rejects with `IntakeFull`, or with what the store says. */
  take(report: ReceivedReport): Promise<void> {
    const waiting = this.#waiting.get(report.id) ?? { report, done: [] };
    if (this.#closed) return Promise.reject(new IntakeFull('no more reports are taken'));
    if (this.#waiters >= this.#options.most)
      return Promise.reject(new IntakeFull(`${this.#options.most} reports wait already`));
    if (report.seq > waiting.report.seq) waiting.report = report;
    this.#waiting.set(report.id, waiting);
    this.#waiters++;
    this.#timer ??= setTimeout(() => void this.#flush(), this.#options.wait);
    return new Promise((resolve, reject) => {
      waiting.done.push((cause) => {
        this.#waiters--;
        if (cause === undefined) resolve();
        else reject(cause);
      });
    });
  }

  /** Writes whatever waits, and takes nothing more. Twice is fine. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flush();
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.values()].slice(0, this.#options.atOnce);
      for (const { report } of batch) this.#waiting.delete(report.id);
      await this.#write(batch);
    }
  }

  /** One report that cannot be stored does not take the others with it: what fails together is tried in halves. */
  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#options.write(batch.map(({ report }) => report));
      for (const { done } of batch) for (const settle of done) settle();
    } catch (cause) {
      if (batch.length === 1) {
        const why = cause instanceof Error ? cause : new Error(String(cause));
        for (const settle of batch[0]?.done ?? []) settle(why);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, half));
      await this.#write(batch.slice(half));
    }
  }
}
