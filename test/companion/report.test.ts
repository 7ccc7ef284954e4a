import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runCli } from './cli-run.js';
import { onEachEngine } from './places.js';
import { storeReports } from '../../src/server/metrics/store-reports.js';
import type { Summary } from '../../src/server/metrics/summary.js';
import { aReport } from './reports.js';

onEachEngine('npx booking-widget-companion report', (open) => {
  it('prints the last hour for people and for programs, also while no companion runs', async () => {
    const place = await open();
    await (await place.companion()).close();
    const words = Object.entries(place.where).map(([name, value]) => `--${name}=${value}`);
    const empty = await runCli(['report', ...words]).ended;
    assert.match(empty.said, /^No loads were reported/);
    assert.equal(empty.code, 0);

    const store = await place.store();
    await storeReports(store, [
      ...Array.from({ length: 3 }, () => aReport({}, { cache: 'hit' })),
      aReport(
        { page: 'https://shop.example/other' },
        { outcome: 'failed', failure: 'blocked-csp', marks: {} },
      ),
    ]);
    const { said, code } = await runCli(['report', '--since', '30m', ...words]).ended;
    assert.equal(code, 0, said);
    assert.match(said, /│ 4 +│ +25\.0 % │ +75\.0 %/);
    assert.match(said, /for the calendar │ 1\.00 s/);
    assert.match(said, /blocked-csp +│ +1/);
    assert.match(said, /https:\/\/shop\.example\/book/);
    const machine = await runCli(['report', '--json', ...words]).ended;
    const summary = JSON.parse(machine.said) as Summary & { status: unknown };
    assert.equal(summary.count, 4);
    assert.ok(summary.status);
    const wrong = await runCli(['report', '--since', 'yesterday', ...words]).ended;
    assert.match(wrong.said, /`since`: must be like 30m.*"yesterday"/);
    assert.equal(wrong.code, 2);
  });
});
