/**
 * Milliseconds after which a wait is given up. It guards against hanging: no test passes or fails by how long something
 * takes, so it is far longer than the slowest machine needs.
 */
const GUARD = 90_000;

/** For so long the condition is checked in every turn of the event loop, afterwards with pauses, in milliseconds. */
const EAGER = 50;
const PAUSE = 10;

// As they were before a test replaced them.
const { setImmediate: nextTurn, setTimeout: later } = globalThis;

/** Fulfilled when the condition holds. Rejects with the condition's source when it does not within `guard` milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, guard = GUARD): Promise<void> {
  const started = performance.now();
  while (!(await isSo())) {
    const waited = performance.now() - started;
    if (waited > guard) throw new Error(`still not so after ${guard / 1000} s: ${isSo.toString()}`);
    // Another process may have to work for it: a busy loop would take its processor.
    await new Promise<void>((resolve) => {
      if (waited < EAGER) nextTurn(resolve);
      else later(resolve, PAUSE);
    });
  }
}
