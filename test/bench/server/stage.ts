import type { ChildProcess } from 'node:child_process';

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
  /** Ends all that were started. */
  stopAll(): Promise<void>;
  /** A line of the table; one that fails makes the run fail. */
  row(scenario: string, figure: string, level: string, holds: boolean): void;
}

/** The quantile: the value that this share of all values does not exceed. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Milliseconds with the significant digits. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
