import { closeSync, openSync, statSync, utimesSync } from 'node:fs';

/** After so many milliseconds of waiting for another process a turn is requested, and how often it is requested again. */
const REQUEST = 20;

/**
 * Milliseconds that a process leaves the lock alone when another one has requested a turn: the first time, and at most. On
 * a busy machine the other one may not even run within the first turn; each request that follows at once doubles the next.
 */
const TURN = { first: 25, most: 400 };

/** Turns of the processes that write to one file. */
export interface Turns {
  /** Another process holds the lock, and this one has waited for `waited` milliseconds. */
  request(waited: number): void;
  /**
   * Milliseconds to leave the lock alone before the next write; 0 where no other process waits. It holds for every writer
   * of this process: one that wrote while another one pauses would take the turn away again.
   */
  due(): number;
}

/**
 * The engine's lock has no queue: a process that writes without a pause gets it again and again, and one that tries now and
 * then hardly ever. So a process that waits touches a file beside the database, and the others pause once for each touch.
 */
export function openTurns(database: string): Turns {
  const path = `${database}-turn`;
  const touched = (): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  closeSync(openSync(path, 'a', 0o600));
  let answered = touched();
  let requested = -Infinity;
  let turn = 0;
  let turnEnds = -Infinity;
  return {
    request(waited) {
      const now = performance.now();
      if (waited < REQUEST || now - requested < REQUEST) return;
      requested = now;
      try {
        const at = new Date();
        utimesSync(path, at, at);
        answered = touched(); // its own request is none that it answers
      } catch {
        // The folder cannot be written, and then nothing can.
      }
    },
    due() {
      const now = performance.now();
      if (now < turnEnds) return turnEnds - now;
      const last = touched();
      const isRequested = last !== answered;
      answered = last;
      turn = isRequested ? Math.min(Math.max(turn * 2, TURN.first), TURN.most) : 0;
      turnEnds = now + turn;
      return turn;
    },
  };
}
