import assert from 'node:assert/strict';
import { it, describe } from 'node:test';
import { faultsIn, runChaos } from './run-chaos.js';

const PLANS = {
  embedded: ['a process freezes', 'clocks are set', 'a process is asked to end while the disk is full'],
  postgres: [
    'a process is killed',
    'the database restarts',
    'the database takes no writes',
    'the database hangs',
  ],
} as const;

describe('companions under load and disturbances of all kinds', () => {
  for (const engine of ['embedded', 'postgres'] as const)
    it(`lose and double nothing, keep the budget, answer truly and end in ten seconds (${engine})`, async () => {
      const verdict = await runChaos({
        engine,
        seed: 7,
        instances: 2,
        plan: PLANS[engine],
        length: 1000,
        every: 100,
      });
      assert.deepEqual(faultsIn(verdict), []);
      assert.ok(verdict.acknowledged > 0);
    });
});
