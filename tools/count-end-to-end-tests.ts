import type { Reporter, Suite } from '@playwright/test/reporter';
import { line, report } from './count.js';

/** A reporter for Playwright that closes with the count. A test that passed at its second try counts as failed. */
export default class CountEndToEndTests implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onError(): void {
    this.#errors++;
  }

  onEnd(): void {
    const outcomes = (this.#suite?.allTests() ?? []).map((test) => test.outcome());
    const of = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    const count = {
      passed: of('expected'),
      failed: of('unexpected', 'flaky') + this.#errors,
      skipped: of('skipped'),
    };
    report(count);
    console.log(`\n${line(count)}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
