import { expect } from '@open-wc/testing';
import { loadReportSchema } from '../../../src/protocol/load-report-schema.js';
import { composeReport } from '../../../src/widget/metrics/compose-report.js';
import { loadReport as report, widgetReport as widget } from '../../helpers/load-reports.js';

describe('load report', () => {
  const size = (text: string): number => new TextEncoder().encode(text).length;

  it('a load report matches the schema of the collector', () => {
    const text = composeReport(report([widget(1), widget(2, { outcome: 'failed', failure: 'blocked-csp' })]));
    const read: unknown = JSON.parse(text);
    expect(loadReportSchema.parse(read)).to.deep.equal(read);
  });

  it('a load report has at most 16 kB, drops the least telling widgets first and stays valid', () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      widget(at + 1, { outcome: (['unseen', 'pending', 'shown', 'ready'] as const)[at % 4] ?? 'ready' }),
    );
    many.push(widget(301, { outcome: 'failed', failure: 'timeout' }));
    many.push(widget(302, { outcome: 'pending', marks: { ...widget(1).marks, booked: 9000 } }));
    const text = composeReport({ ...report(many), page: `https://example.com/${'p'.repeat(2000)}` });
    expect(size(text)).to.be.within(14_000, 16_000);
    const { widgets } = loadReportSchema.parse(JSON.parse(text));
    expect(widgets[0]?.instance, 'the booking').to.equal(302);
    expect(widgets[1]?.instance, 'the failure').to.equal(301);
    expect(new Set(widgets.slice(2).map(({ outcome }) => outcome))).to.have.all.keys('ready');
  });

  it('a load report leaves out no widget that fits', () => {
    const forty = Array.from({ length: 40 }, (_, at) => widget(at + 1, { outcome: 'unseen', marks: {} }));
    expect(loadReportSchema.parse(JSON.parse(composeReport(report(forty)))).widgets).to.have.length(40);
  });
});
