import type { Reporter, TestResult, TestSuiteResult } from '@web/test-runner-core';
import { relative } from 'node:path';
import { failure, line, NOTHING, report, type Outcome } from './count.js';
import { sourceOf } from './unit-pages.js';

const testsOf = (suite: TestSuiteResult | undefined): TestResult[] =>
  suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];

/** Web Test Runner's own summary follows a progress bar; this one is a plain last line. */
export function countBrowserTests(): Reporter {
  let outcome: Outcome = { ...NOTHING, failed: 1, failures: ['the runner did not finish'] };
  return {
    onTestRunFinished({ sessions }) {
      let [passed, skipped] = [0, 0];
      const failures: string[] = [];
      for (const session of sessions) {
        const tests = testsOf(session.testResults);
        passed += tests.filter((test) => test.passed).length;
        skipped += tests.filter((test) => test.skipped).length;
        const bad = tests
          .filter((test) => !test.passed && !test.skipped)
          .map(({ name, error }) => failure(name, error?.message));
        if (bad.length === 0 && !session.passed) bad.push('did not load, or failed outside its tests');
        const file = sourceOf(relative(process.cwd(), session.testFile));
        failures.push(...bad.map((name) => `${session.browser.name} ${file}: ${name}`));
      }
      outcome = { passed, failed: failures.length, skipped, failures };
    },
    stop() {
      report(outcome);
      process.once('exit', () => console.log(`\n${line(outcome)}`)); // after the default reporter has had its say
    },
  };
}
