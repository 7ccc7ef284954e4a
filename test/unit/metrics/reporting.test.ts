import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import type { LoadReport, PageVitals } from '../../../src/protocol/load-report.js';
import { loadReportSchema } from '../../../src/protocol/load-report-schema.js';
import { createReporter, type Reporter } from '../../../src/widget/metrics/reporting.js';
import { loadReport as report, widgetReport as widget } from '../../helpers/load-reports.js';

describe('reporter', () => {
  const sent: LoadReport[] = [];
  const left: LoadReport[] = [];
  let canLeave = true;
  let vitals: PageVitals = {};
  let view = { start: 0, navigation: 'navigate' };
  const included = new Set<Element>();
  const read = (body: string): LoadReport => loadReportSchema.parse(JSON.parse(body));

  const create = (gather = 0): Reporter =>
    createReporter(
      { endpoint: 'https://c.example/', sampleRate: 0.5, version: '0.1.0', view: () => view },
      {
        send(body) {
          sent.push(read(body));
          return 'sendBeacon';
        },
        leave: (body) => canLeave && !!left.push(read(body)),
      },
      () => ({
        values: () => vitals,
        include(host) {
          included.add(host);
          return () => included.delete(host);
        },
      }),
      gather,
    );

  const host = document.createElement('div');
  let removes: (() => void)[] = [];
  const add = (reporter: Reporter, snapshot = () => widget(1)): (() => void) => {
    const remove = reporter.add({ host, snapshot });
    removes.push(remove);
    return remove;
  };

  let visibility: DocumentVisibilityState = 'visible';
  const hide = (): void => {
    visibility = 'hidden';
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  };

  before(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
  });
  after(() => {
    Reflect.deleteProperty(document, 'visibilityState');
  });
  beforeEach(() => {
    sent.length = left.length = 0;
    canLeave = true;
    vitals = {};
    view = { start: 0, navigation: 'navigate' };
  });
  afterEach(async () => {
    for (const remove of removes) remove();
    removes = [];
    // The listeners go with the last gathering; a hidden page then sends nothing.
    await waitUntil(() => {
      const before = sent.length;
      dispatchEvent(new Event('pagehide'));
      return sent.length === before;
    });
  });

  it('a reporter sends all widgets of the page in one report without the page’s query', () => {
    const reporter = create();
    add(reporter);
    add(reporter, () => widget(2, { outcome: 'failed', failure: 'refused' }));
    vitals = { lcp: 900 };
    hide();
    expect(sent).to.have.length(1);
    const [{ id, widgets, ...rest } = report([])] = sent;
    expect(id).to.match(/^[a-z0-9]{6,}$/);
    expect(widgets).to.deep.equal([widget(2, { outcome: 'failed', failure: 'refused' }), widget(1)]);
    expect(rest).to.deep.equal({
      v: 1,
      seq: 1,
      page: location.origin + location.pathname,
      version: '0.1.0',
      navigation: 'navigate',
      sampleRate: 0.5,
      vitals: { lcp: 900 },
    });
    expect(location.search, 'this page has a query').to.not.equal('');
  });

  it('a reporter sends when the page is hidden and again only after a change', () => {
    const reporter = create();
    let current = widget(1, { outcome: 'pending' });
    add(reporter, () => current);
    hide();
    hide();
    dispatchEvent(new Event('pagehide'));
    expect(sent.map(({ seq }) => seq)).to.deep.equal([1]);
    current = widget(1);
    dispatchEvent(new Event('pagehide'));
    expect(sent.map(({ seq, widgets }) => [seq, widgets[0]?.outcome])).to.deep.equal([
      [1, 'pending'],
      [2, 'ready'],
    ]);
    expect(sent[1]?.id).to.equal(sent[0]?.id);
  });

  it('a reporter gathers terminal outcomes that come together into one report', async () => {
    const reporter = create(20);
    let snapshots = 0;
    for (let instance = 1; instance <= 30; instance++)
      add(reporter, () => widget(instance, { attempts: ++snapshots }));
    for (let i = 0; i < 30; i++) reporter.changed('terminal');
    await waitUntil(() => sent.length === 1);
    reporter.changed('terminal');
    await waitUntil(() => sent.length > 1);
    expect(sent.map(({ seq, widgets }) => [seq, widgets.length])).to.deep.equal([
      [1, 30],
      [2, 30],
    ]);
    expect(left).to.have.length(0);
  });

  it('a reporter leaves other changes with the browser in place of the earlier ones', async () => {
    const reporter = create();
    let current = widget(1, { outcome: 'pending' });
    add(reporter, () => current);
    reporter.changed();
    await waitUntil(() => left.length === 1);
    current = widget(1);
    reporter.changed();
    await waitUntil(() => left.length === 2);
    expect(sent).to.have.length(0);
    hide();
    expect(left.map(({ seq }) => seq)).to.deep.equal([1, 2]);
    expect(sent.map(({ seq }) => seq)).to.deep.equal([3]);
  });

  it('a reporter sends at the end of the page where the browser keeps nothing', () => {
    canLeave = false;
    const reporter = create();
    add(reporter);
    reporter.changed();
    hide();
    expect(sent.map(({ seq }) => seq)).to.deep.equal([1]);
  });

  it('a reporter starts a new report after the back-forward cache', async () => {
    const reporter = create();
    add(reporter);
    add(reporter, () => widget(2))();
    await waitUntil(() => sent.length === 1);
    expect(sent[0]?.widgets, 'a widget that went is remembered').to.have.length(2);
    view = { start: 60_000, navigation: 'back-forward-cache' };
    hide();
    expect(sent[1]).to.include({ seq: 1, navigation: 'back-forward-cache' });
    expect(sent[1]?.id).to.not.equal(sent[0]?.id);
    expect(sent[1]?.widgets, 'but not into the next view').to.have.length(1);
  });

  it('a reporter sends nothing for a prerendered page before its activation', async () => {
    let prerendering = true;
    Object.defineProperty(document, 'prerendering', { configurable: true, get: () => prerendering });
    try {
      const reporter = create();
      add(reporter);
      hide();
      reporter.changed('terminal');
      dispatchEvent(new Event('pagehide'));
      prerendering = false;
      view = { start: 800, navigation: 'prerender' };
      document.dispatchEvent(new Event('prerenderingchange'));
      await waitUntil(() => sent.length > 0);
      expect(sent.map(({ seq, navigation }) => [seq, navigation])).to.deep.equal([[1, 'prerender']]);
    } finally {
      Reflect.deleteProperty(document, 'prerendering');
    }
  });

  it('a reporter sends a removed widget once and stops listening, also when it is removed twice', async () => {
    const reporter = create();
    const unseen = reporter.add({ host, snapshot: () => widget(2, { outcome: 'unseen' }) });
    const remove = add(reporter);
    expect(included.has(host)).to.equal(true);
    unseen();
    remove();
    remove();
    expect(included.has(host)).to.equal(false);
    await waitUntil(() => sent.length === 1);
    expect(sent[0]?.widgets.map(({ instance }) => instance)).to.deep.equal([1]);
    vitals = { cls: 0.1 };
    hide();
    expect(sent).to.have.length(1);
    add(reporter, () => widget(3));
    hide();
    expect(sent[1]?.widgets.map(({ instance }) => instance)).to.deep.equal([1, 3]);
  });
});
