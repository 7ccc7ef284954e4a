import { writeFileSync } from 'node:fs';

/** How a run ended, whichever runner ran it. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a suite ended: its count, and which tests failed, a name each. */
export interface Outcome extends Count {
  readonly failures: readonly string[];
}

export const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The line that ends every run. */
export const line = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Writes the outcome to the file named in `COUNT_FILE`, where the process that started the runner reads it. */
export function report(outcome: Outcome, file = process.env['COUNT_FILE']): void {
  if (file) writeFileSync(file, JSON.stringify(outcome));
}
