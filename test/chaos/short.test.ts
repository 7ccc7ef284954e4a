import assert from 'node:assert/strict';
import { it, describe } from 'node:test';
import { faultsIn, runChaos } from './run-chaos.js';

const PLANS = {
  embedded: [
    'a process is killed',
    'a process freezes',
    'clocks are set',
    'the disk takes no writes',
    'a process is asked to end while the disk is full',
  ],
  postgres: [
    'a process is killed',
    'clocks are set',
    'the database restarts',
    'the database takes no writes',
    'the database hangs',
  ],
} as const;

// Both at once: most of the time is spent waiting for what lasts.
describe('companions under load and disturbances of all kinds', { concurrency: 2 }, () => {
  for (const engine of ['embedded', 'postgres'] as const)
    it(`lose and double nothing, keep the budget, answer truly and end in ten seconds (${engine})`, async (t) => {
      const verdict = await runChaos({
        engine,
        seed: 7,
        instances: 2,
        plan: PLANS[engine],
        length: 700,
        every: 100,
      });
      const { acknowledged, mostInMinute, budget, slowestEnd } = verdict;
      t.diagnostic(
        `${engine}: ${acknowledged} deliveries acknowledged, ${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ` +
          `${verdict.wrong.length} wrong answers, ${mostInMinute} of ${budget} calls in a minute, slowest end ${slowestEnd} ms`,
      );
      assert.deepEqual(faultsIn(verdict), []);
      assert.ok(verdict.acknowledged > 0);
    });
});
