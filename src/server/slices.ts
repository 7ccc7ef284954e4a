import { nextTurn } from './timers.js';

/** Milliseconds that long work holds this thread before others get their turn. */
const SLICE = 8;

/** Rows that one statement removes: the embedded engine works in this thread. */
const REMOVED_AT_ONCE = 100;

let last: Promise<unknown> = Promise.resolve();

/**
 * Others get their turn; fulfilled when this work may go on. Long works that run at the same time take turns, too: in one
 * round of the event loop only one of them goes on.
 */
export function turnOfOthers(): Promise<void> {
  const turn = last.then(() => nextTurn());
  last = turn;
  return turn;
}

/** Long work of many short steps, in slices: `next` is awaited between the steps. */
export class Slices {
  #began = performance.now();

  /** Gives others their turn if the slice has lasted long enough. */
  async next(): Promise<void> {
    if (performance.now() - this.#began < SLICE) return;
    await turnOfOthers();
    this.#began = performance.now();
  }
}

/**
 * Removes many rows: `find` gives the names of at most `max` that are still there, and `remove` removes them.
 */
export async function removeInSlices<Name>(
  find: (max: number) => Promise<readonly Name[]>,
  remove: (names: readonly Name[]) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const names = await find(REMOVED_AT_ONCE);
    if (names.length > 0) await remove(names);
    if (names.length < REMOVED_AT_ONCE) return;
    await turnOfOthers();
  }
}
