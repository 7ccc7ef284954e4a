/** Work that was not done in time; it may still go on. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** As `work`, or rejects with `TooLate` after `ms` milliseconds. */
export async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`not done within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // it may fail later, and nobody waits any more
  }
}

/** One thing that has to be stopped. */
export interface Stoppable {
  readonly name: string;
  readonly stop: () => void | Promise<void>;
}

interface StopOptions {
  /** Max. milliseconds for one of them, and for all together. */
  readonly each: number;
  readonly all: number;
  readonly warn: (name: string, cause: unknown) => void;
}

/** Stops one after another; what fails or hangs keeps neither the others nor the process from ending. Never rejects. */
export async function stopAll(things: readonly Stoppable[], { each, all, warn }: StopOptions): Promise<void> {
  const started = performance.now();
  for (const { name, stop } of things) {
    const left = Math.max(50, Math.min(each, all - (performance.now() - started)));
    try {
      await within(left, Promise.resolve().then(stop));
    } catch (cause) {
      warn(name, cause);
    }
  }
}
