import { playwrightPage } from '../faults/fault-page.js';
import { agrees } from '../faults/table.js';
import { runCell } from '../faults/run-cell.js';
import { SPREAD } from '../faults/plan.js';
import { startSecureFront } from '../faults/secure-front.js';
import { expect, test } from '../helpers/end-to-end.js';

/** A spread of the matrix that `npm run faults` writes to docs/faults.md: every fault once. */
test.describe('a fault has a named end, a link all the time, and a retry that works where one is offered', () => {
  for (const cell of SPREAD) {
    const { fault, mode, loading, moment } = cell;
    test(`${fault.name} · ${mode} · ${loading} · ${moment}`, async ({ browser, cdn, service }) => {
      const secure = await startSecureFront(cdn);
      const openPage = () => playwrightPage(browser);
      const outcome = await runCell({ openPage, cdn, secureOrigin: secure.origin, service }, cell).finally(
        () => secure.stop(),
      );
      expect(outcome).toMatchObject({
        outcome: expect.stringMatching(new RegExp(`^(${fault.ends})$`)),
        link: true,
      });
      expect(outcome.retry).not.toBe('failed');
      expect(agrees(outcome), JSON.stringify(outcome)).toBe(true);
      if (outcome.outcome !== 'ready' && outcome.retry !== 'by itself')
        expect(outcome.view).toMatch(/new tab/);
    });
  }
});
