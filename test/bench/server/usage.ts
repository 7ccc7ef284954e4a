import type { ChildProcess } from 'node:child_process';

/** What a process has used up to now. */
export interface Usage {
  /** Processor time in milliseconds. */
  readonly cpu: number;
  /** Bytes on the heap and beside it, after a garbage collection. */
  readonly memory: number;
  /** Resident memory in bytes, memory outside of JavaScript included. */
  readonly resident: number;
}

/** In a process that is measured: answers `usageOf`. Needs `--expose-gc`. */
export function tellUsage(): void {
  process.on('message', () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send?.({
      cpu: (user + system) / 1000,
      memory: heapUsed + external,
      resident: rss,
    } satisfies Usage);
  });
  process.channel?.unref(); // being asked is no reason to go on
}

/** Requests the usage of a process that calls `tellUsage`. */
export const usageOf = (child: ChildProcess): Promise<Usage> =>
  new Promise((resolve) => {
    child.once('message', (usage) => resolve(usage as Usage));
    child.send('usage');
  });
