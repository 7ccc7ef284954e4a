import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** How a run ended, whichever runner ran it. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a suite ended: its count, and which tests failed, a name and a reason each. */
export interface Outcome extends Count {
  readonly failures: readonly string[];
}

export const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** A failed test with the first line of why, so that a log of which only the end is kept says both. */
export function failure(name: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : '';
  const [first = ''] = stripVTControlCharacters(message).trim().split('\n', 1);
  return first === '' ? name : `${name} (${first.slice(0, 300)})`;
}

/** The line that ends every run. */
export const line = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Writes the outcome to the file named in `COUNT_FILE`, where the process that started the runner reads it. */
export function report(outcome: Outcome, file = process.env['COUNT_FILE']): void {
  if (file) writeFileSync(file, JSON.stringify(outcome));
}
