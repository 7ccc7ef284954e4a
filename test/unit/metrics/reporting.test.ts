import { expect, waitUntil as wait } from '@open-wc/testing';
import {
  loadReportSchema,
  type LoadReport,
  type PageVitals,
  type WidgetReport,
} from '../../../src/protocol/load-report.js';
import { createBeacon, type Ways } from '../../../src/widget/metrics/beacon.js';
import { composeReport } from '../../../src/widget/metrics/compose-report.js';
import { wantsPrivacy } from '../../../src/widget/metrics/privacy.js';
import { createReporter, type Reporter } from '../../../src/widget/metrics/reporting.js';
import { createSampler } from '../../../src/widget/metrics/sampling.js';
import { whySilent } from '../../../src/widget/metrics/why-silent.js';
import { isWidgetShift } from '../../../src/widget/metrics/widget-shifts.js';

/** As patient as a busy machine needs. */
const waitUntil = (isDone: () => boolean): Promise<void> => wait(isDone, undefined, { timeout: 10_000 });

const widget = (instance: number, more: Partial<WidgetReport> = {}): WidgetReport => ({
  instance,
  provider: 'cal',
  mode: 'inline',
  loading: 'lazy',
  outcome: 'ready',
  attempts: 1,
  cache: 'stale',
  cacheAge: 12,
  marks: { defined: 12, visible: 1234, 'frame-start': 1240, 'frame-load': 2000, ready: 2345 },
  ...more,
});

const report = (widgets: readonly WidgetReport[]): LoadReport => ({
  v: 1,
  id: 'k3j5h2g7f9',
  seq: 1,
  page: 'https://example.com/book',
  version: '0.1.0',
  navigation: 'navigate',
  sampleRate: 1,
  vitals: { lcp: 1200.5, cls: 0.0123, inp: 48, widgetCls: 0, widgetLcp: false, widgetInp: true },
  widgets,
});

describe('why a page load is not reported', () => {
  const target = { endpoint: 'https://collect.example/m', sampleRate: 1 };
  const open = { isPrivate: () => false, isIn: () => true };

  it('is said for a missing and an unusable endpoint', () => {
    expect(whySilent(target, open)).to.equal(null);
    expect(whySilent({ ...target, endpoint: '/metrics' }, open), 'relative to the page').to.equal(null);
    expect(whySilent({ ...target, endpoint: '' }, open)).to.contain('no metrics-endpoint');
    for (const endpoint of [
      'javascript:alert(1)',
      'data:text/plain,x',
      'ftp://x.example/',
      'https://',
      'file:///etc',
    ])
      expect(whySilent({ ...target, endpoint }, open), endpoint).to.contain('http(s)');
  });

  it('is privacy where the browser asks for it, and only then', () => {
    expect(wantsPrivacy({ globalPrivacyControl: true })).to.equal(true);
    expect(wantsPrivacy({ doNotTrack: '1' })).to.equal(true);
    expect(wantsPrivacy({ globalPrivacyControl: false, doNotTrack: '0' })).to.equal(false);
    expect(wantsPrivacy({ doNotTrack: 'unspecified' })).to.equal(false);
    expect(wantsPrivacy({ doNotTrack: null })).to.equal(false);
    expect(whySilent(target, { ...open, isPrivate: () => true })).to.contain('privacy');
  });

  it('is the sample: drawn once for the page, with nobody in at 0 and everybody at 1', () => {
    let draws = 0;
    const isIn = createSampler(() => {
      draws++;
      return 0.5;
    });
    expect([isIn(0), isIn(0.5), isIn(0.51), isIn(1), isIn(0.2)]).to.deep.equal([
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(draws).to.equal(1);
    expect(createSampler(() => 0)(0)).to.equal(false);
    expect(createSampler(() => 0.999_999)(1)).to.equal(true);
    expect(whySilent({ ...target, sampleRate: 0.2 }, { ...open, isIn })).to.contain('sample-rate of 0.2');
  });
});

describe('a report', () => {
  const size = (text: string): number => new TextEncoder().encode(text).length;

  it('is what the collector expects', () => {
    const text = composeReport(report([widget(1), widget(2, { outcome: 'failed', failure: 'blocked-csp' })]));
    const read: unknown = JSON.parse(text);
    expect(loadReportSchema.parse(read)).to.deep.equal(read);
  });

  it('has at most 16 kB, without the least telling widgets, and stays valid', () => {
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

  it('leaves nothing out that fits', () => {
    const forty = Array.from({ length: 40 }, (_, at) => widget(at + 1, { outcome: 'unseen', marks: {} }));
    expect(loadReportSchema.parse(JSON.parse(composeReport(report(forty)))).widgets).to.have.length(40);
  });
});

describe('the ways out of a page', () => {
  /** Ways that write down what they are given. */
  const ways = (taken: string[], more: Partial<Ways> = {}): Ways => ({
    fetchLater: (_url, { activateAfter }) => taken.push(`later ${activateAfter ?? 'end'}`),
    navigator: { sendBeacon: () => !!taken.push('beacon') },
    fetch: (_url, { keepalive }) => Promise.resolve(taken.push(keepalive ? 'keepalive' : 'plain')),
    ...more,
  });
  const refuse = (): never => {
    throw new DOMException('over quota', 'QuotaExceededError');
  };

  it('are tried in order, each when the one before is missing, refuses or throws', async () => {
    const taken: string[] = [];
    const send = (more: Partial<Ways>): string =>
      createBeacon('https://c.example/', ways(taken, more)).send('{}');
    const noLater = { fetchLater: undefined } as unknown as Partial<Ways>;
    expect(send({})).to.equal('fetchLater');
    expect(send({ fetchLater: refuse })).to.equal('sendBeacon');
    expect(send(noLater)).to.equal('sendBeacon');
    expect(send({ ...noLater, navigator: { sendBeacon: () => false } })).to.equal('fetch');
    expect(send({ ...noLater, navigator: { sendBeacon: refuse } })).to.equal('fetch');
    expect(send({ ...noLater, navigator: {} })).to.equal('fetch');
    await waitUntil(() => taken.length === 6);
    expect(taken).to.deep.equal(['later 0', 'beacon', 'beacon', 'keepalive', 'keepalive', 'keepalive']);
  });

  it('end with a plain request where one that is kept alive is refused too', async () => {
    const tried: (boolean | undefined)[] = [];
    const fetch: Ways['fetch'] = (_url, { keepalive }) => {
      tried.push(keepalive);
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    createBeacon('https://c.example/', { navigator: {}, fetch }).send('{}');
    await waitUntil(() => tried.length === 2);
    expect(tried).to.deep.equal([true, undefined]);
    const thrown = createBeacon('https://c.example/', { navigator: {}, fetch: refuse });
    expect(thrown.send('{}'), 'a replaced fetch that throws').to.equal('fetch');
  });

  it('carry no credentials, no address of the page, and a type that needs no preflight', () => {
    let init: RequestInit = {};
    createBeacon('https://c.example/', { ...ways([]), fetchLater: (_url, given) => (init = given) }).send(
      '{"v":1}',
    );
    expect(init).to.include({
      method: 'POST',
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'strict-origin',
      body: '{"v":1}',
    });
    expect(init.headers).to.equal(undefined);
  });

  it('keep one report for the end of the page, which a later one and a sent one replace', () => {
    const left: AbortSignal[] = [];
    const fetchLater: Ways['fetchLater'] = (_url, { signal }) => signal && left.push(signal);
    const beacon = createBeacon('https://c.example/', { ...ways([]), fetchLater });
    expect(beacon.leave('1')).to.equal(true);
    expect(beacon.leave('2')).to.equal(true);
    expect(left.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    beacon.send('3');
    expect(left.map(({ aborted }) => aborted)).to.deep.equal([true, true, false]);
    beacon.leave('4');
    expect(left[2]?.aborted, 'what is on its way is not taken back').to.equal(false);
    expect(createBeacon('https://c.example/', { ...ways([]), fetchLater: refuse }).leave('5')).to.equal(
      false,
    );
  });
});

describe('a reporter', () => {
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
    // The listeners go with the last gathering; a hidden page then has nobody to tell.
    await waitUntil(() => {
      const before = sent.length;
      dispatchEvent(new Event('pagehide'));
      return sent.length === before;
    });
  });

  it('tells of all widgets in one report, with what the page is and not more', () => {
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

  it('sends when the page is hidden, and again only when there is news', () => {
    const reporter = create();
    let told = widget(1, { outcome: 'pending' });
    add(reporter, () => told);
    hide();
    hide();
    dispatchEvent(new Event('pagehide'));
    expect(sent.map(({ seq }) => seq)).to.deep.equal([1]);
    told = widget(1);
    dispatchEvent(new Event('pagehide'));
    expect(sent.map(({ seq, widgets }) => [seq, widgets[0]?.outcome])).to.deep.equal([
      [1, 'pending'],
      [2, 'ready'],
    ]);
    expect(sent[1]?.id).to.equal(sent[0]?.id);
  });

  it('gathers terminal outcomes that come together into one report', async () => {
    const reporter = create(20);
    let told = 0;
    for (let instance = 1; instance <= 30; instance++)
      add(reporter, () => widget(instance, { attempts: ++told }));
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

  it('leaves other news with the browser, in place of what it left before', async () => {
    const reporter = create();
    let told = widget(1, { outcome: 'pending' });
    add(reporter, () => told);
    reporter.changed();
    await waitUntil(() => left.length === 1);
    told = widget(1);
    reporter.changed();
    await waitUntil(() => left.length === 2);
    expect(sent).to.have.length(0);
    hide();
    expect(left.map(({ seq }) => seq)).to.deep.equal([1, 2]);
    expect(sent.map(({ seq }) => seq)).to.deep.equal([3]);
  });

  it('does without that where the browser keeps nothing', () => {
    canLeave = false;
    const reporter = create();
    add(reporter);
    reporter.changed();
    hide();
    expect(sent.map(({ seq }) => seq)).to.deep.equal([1]);
  });

  it('starts a new record when the page comes out of the back-forward cache', async () => {
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

  it('says nothing of a prerendered page before it is activated', async () => {
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

  it('reports a widget that goes, then listens no longer; going twice is fine', async () => {
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

describe('a layout shift', () => {
  const rect = (left: number, top: number, width: number, height: number): DOMRectReadOnly =>
    new DOMRectReadOnly(left, top, width, height);
  const nowhere = rect(0, 0, 0, 0);
  const parent = document.createElement('div');
  const host = parent.appendChild(document.createElement('div'));
  const other = document.createElement('p');
  const box = rect(100, 200, 400, 300);
  const isOwn = (
    from: DOMRectReadOnly,
    to: DOMRectReadOnly,
    { node = other, before = 300 }: { node?: Node | null; before?: number } = {},
  ): boolean =>
    isWidgetShift([{ node, previousRect: from, currentRect: to }], host, box, Math.max(300, before));

  it("is the widget's when it grew and pushed what stood there", () => {
    expect(isOwn(rect(100, 220, 400, 20), rect(100, 520, 400, 20))).to.equal(true);
    expect(isOwn(rect(100, 200, 400, 20), nowhere), 'out of sight').to.equal(true);
  });

  it("is the widget's when it shrank and pulled up what came after", () => {
    expect(isOwn(rect(100, 680, 400, 20), rect(100, 510, 400, 20), { before: 470 })).to.equal(true);
    expect(isOwn(nowhere, rect(100, 510, 400, 20), { before: 900 }), 'into sight').to.equal(true);
  });

  it("is the widget's when something moved inside it", () => {
    expect(isOwn(rect(120, 210, 50, 20), rect(120, 260, 50, 20), { node: null })).to.equal(true);
  });

  it('is not when something else moved the widget', () => {
    expect(isOwn(rect(100, 100, 400, 300), rect(100, 200, 400, 300), { node: host })).to.equal(false);
    expect(isOwn(rect(0, 0, 800, 800), rect(0, 100, 800, 800), { node: parent })).to.equal(false);
    const sources = [
      { node: host, previousRect: rect(100, 100, 400, 300), currentRect: box },
      { node: other, previousRect: rect(100, 410, 400, 20), currentRect: rect(100, 510, 400, 20) },
    ];
    expect(isWidgetShift(sources, host, box, 300)).to.equal(false);
  });

  it('is not when it happened above, below or beside the widget', () => {
    expect(isOwn(rect(100, 20, 400, 20), rect(100, 60, 400, 20)), 'above').to.equal(false);
    expect(isOwn(rect(100, 20, 400, 20), nowhere), 'above, out of sight').to.equal(false);
    expect(isOwn(rect(100, 510, 400, 20), rect(100, 600, 400, 20)), 'below').to.equal(false);
    expect(isOwn(rect(520, 220, 200, 20), rect(520, 420, 200, 20)), 'beside').to.equal(false);
    expect(isWidgetShift([], host, box, 300)).to.equal(false);
  });
});
