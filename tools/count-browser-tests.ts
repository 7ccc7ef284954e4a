import type { Reporter, TestResult, TestSuiteResult } from '@web/test-runner-core';
import { line, NOTHING, report, type Count } from './count.js';

const testsOf = (suite: TestSuiteResult | undefined): TestResult[] =>
  suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];

/** Web Test Runner's own summary follows a progress bar; this one is a plain last line. */
export function countBrowserTests(): Reporter {
  let count: Count = { ...NOTHING, failed: 1 };
  return {
    onTestRunFinished({ sessions }) {
      let [passed, failed, skipped] = [0, 0, 0];
      for (const session of sessions) {
        const tests = testsOf(session.testResults);
        const bad = tests.filter((test) => !test.passed && !test.skipped).length;
        passed += tests.filter((test) => test.passed).length;
        skipped += tests.filter((test) => test.skipped).length;
        failed += bad > 0 || session.passed ? bad : 1; // a file that did not load, or failed outside its tests
      }
      count = { passed, failed, skipped };
    },
    stop() {
      report(count);
      process.once('exit', () => console.log(`\n${line(count)}`)); // after the default reporter has had its say
    },
  };
}
