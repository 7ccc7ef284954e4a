import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Table } from './table.js';

/** The store of a scenario's companions: a separate, empty engine. */
export type Where = { readonly data: string } | { readonly database: string };

/** A process of its own. */
export interface Started {
  readonly origin: string;
  readonly child: ChildProcess;
}

/** What a scenario works with. */
export interface Stage {
  /** Runs a script of this folder that prints its address. */
  startMeasured(script: string, ...words: string[]): Promise<Started>;
  start(script: string, ...words: string[]): Promise<string>;
  /** Ends all that were started. */
  stopAll(): Promise<void>;
  /** A line of the table; one that fails makes the run fail. */
  row(scenario: string, figure: string, level: string, holds: boolean): void;
}

export type Scenario = (where: Where, stage: Stage) => Promise<void>;

const running = new Set<ChildProcess>();

/** Ends every process at once, however far its scenario is. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export function openStage(engine: string, table: Table): Stage {
  const children: ChildProcess[] = [];

  async function startMeasured(script: string, ...words: string[]): Promise<Started> {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', path, ...words], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    children.push(child);
    running.add(child);
    return new Promise((resolve, reject) => {
      child.stdout?.once('data', (data: Buffer) => resolve({ origin: data.toString().trim(), child }));
      child.once('exit', () => reject(new Error(`${script} ended`)));
    });
  }

  return {
    startMeasured,
    start: async (script, ...words) => (await startMeasured(script, ...words)).origin,
    async stopAll() {
      await Promise.all(
        children.splice(0).map(
          (child) =>
            new Promise<void>((resolve) => {
              child.removeAllListeners('exit');
              child.once('exit', () => {
                running.delete(child);
                resolve();
              });
              child.kill('SIGTERM');
            }),
        ),
      );
    },
    row(scenario, figure, level, holds) {
      table.add({ engine, scenario, figure, level, holds });
      console.log(`${holds ? 'holds' : 'FAILS'}: ${engine}: ${scenario}: ${figure} (${level})`);
      if (!holds) process.exitCode = 1;
    },
  };
}

/** The quantile: the value that this share of all values does not exceed. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Milliseconds with the significant digits. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
