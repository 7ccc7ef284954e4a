import type { TestRunnerPlugin } from '@web/test-runner-core';

/**
 * Skips every browser test whose full title does not hold `words`. Mocha's own `grep` leaves tests neither passed nor
 * skipped, which Web Test Runner reads as failed.
 */
export const namedTests = (words: string): TestRunnerPlugin => ({
  name: 'named-tests',
  transform: ({ path, body }) =>
    path.endsWith('.test.ts')
      ? `beforeEach(function () { if (!this.currentTest.fullTitle().includes(${JSON.stringify(words)})) this.skip(); }); ${String(body)}`
      : undefined,
});
