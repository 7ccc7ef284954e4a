/** Fulfilled after `ms` milliseconds. Rejects with the signal's reason when it is aborted before. */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      abort = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      timer = setTimeout(resolve, ms);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Where there is none, a timer of no time: a round of the event loop as well. */
const soon: (callback: () => void) => unknown =
  typeof setImmediate === 'function' ? setImmediate : (callback) => setTimeout(callback, 0);

/** Fulfilled when everything else that is due has had its turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => void soon(resolve));

/** Timers of Node keep the process alive, and this one does not; those of other runtimes are numbers. */
export function unref(timer: ReturnType<typeof setTimeout>): void {
  (timer as Partial<typeof timer>).unref?.();
}
