/**
 * Milliseconds after which a wait is given up. It guards against hanging: no test passes or fails by how long something
 * takes, so it is far longer than the slowest machine needs.
 */
const GUARD = 90_000;

/** For so long a condition is checked eagerly, afterwards with pauses, in milliseconds. */
const EAGER = 50;
const PAUSE = 10;

/** A condition that takes longer, in milliseconds, keeps this process from the work that is waited for. */
const CHEAP = 1;

// As they were before a test replaced them.
const { setImmediate: nextTurn, setTimeout: later } = globalThis;

/** Fulfilled when the condition holds. Rejects with the condition's source when it does not within `guard` milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, guard = GUARD): Promise<void> {
  const started = performance.now();
  for (;;) {
    const checked = performance.now();
    if (await isSo()) return;
    const now = performance.now();
    const [took, waited] = [now - checked, now - started];
    if (waited > guard) throw new Error(`still not so after ${guard / 1000} s: ${isSo.toString()}`);
    // Another process may have to work for it: a busy loop would take its processor.
    await new Promise<void>((resolve) => {
      if (waited >= EAGER) later(resolve, PAUSE);
      else if (took < CHEAP) nextTurn(resolve);
      else later(resolve, Math.min(took, PAUSE));
    });
  }
}
