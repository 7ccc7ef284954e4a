import type { Reporter, Suite, TestError } from '@playwright/test/reporter';
import { failure, line, report } from './count.js';

/** A reporter for Playwright that closes with the count. A test that passed at its second try counts as failed. */
export default class CountEndToEndTests implements Reporter {
  #suite: Suite | undefined;
  readonly #errors: string[] = [];

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onError({ message }: TestError): void {
    this.#errors.push(message ?? 'an error outside the tests');
  }

  onEnd(): void {
    const tests = this.#suite?.allTests() ?? [];
    const of = (...wanted: string[]) => tests.filter((test) => wanted.includes(test.outcome()));
    const failures = [
      ...of('unexpected', 'flaky').map((test) =>
        failure(
          test.titlePath().filter(Boolean).join(' › '),
          test.results.find(({ error }) => error)?.error?.message,
        ),
      ),
      ...this.#errors,
    ];
    const outcome = {
      passed: of('expected').length,
      failed: failures.length,
      skipped: of('skipped').length,
      failures,
    };
    report(outcome);
    console.log(`\n${line(outcome)}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
