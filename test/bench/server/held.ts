import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How long a process was kept from its other work at a time, in milliseconds. */
export interface Held {
  readonly max: number;
  readonly p99: number;
  /** Without the time that its thread was ready to run while others had the processor; as `max` where nobody knows that. */
  readonly own: number;
}

/** Milliseconds that this thread has been ready to run without running: https://docs.kernel.org/scheduler/sched-stats.html */
function delayed(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** In a process that is measured: answers `heldOf` with what was since the last time. */
export function tellHeld(): void {
  let stretches: { readonly all: number; readonly own: number }[] = [];
  let before = { at: performance.now(), delayed: delayed() };
  setInterval(() => {
    const now = { at: performance.now(), delayed: delayed() };
    const all = now.at - before.at;
    stretches.push({ all, own: all - (now.delayed - before.delayed) });
    before = now;
  }, 1).unref();
  process.on('message', (message) => {
    if (message !== 'held') return;
    const all = stretches.map((one) => one.all).sort((a, b) => a - b);
    const held: Held = {
      max: all.at(-1) ?? 0,
      p99: all[Math.floor(all.length * 0.99)] ?? 0,
      own: stretches.reduce((max, { own }) => Math.max(max, own), 0),
    };
    process.send?.({ held });
    stretches = [];
  });
}

/** Requests it of a process that calls `tellHeld`. */
export const heldOf = (child: ChildProcess): Promise<Held> =>
  new Promise((resolve) => {
    const listen = (message: unknown): void => {
      const { held } = message as { readonly held?: Held };
      if (!held) return;
      child.off('message', listen);
      resolve(held);
    };
    child.on('message', listen);
    child.send('held');
  });
