import { expect } from '@open-wc/testing';
import { waitUntil } from '../helpers/wait-until.js';
import type { LoadReport, WidgetReport } from '../../src/protocol/load-report.js';
import { loadReportSchema } from '../../src/protocol/load-report-schema.js';
import { createBeacon } from '../../src/widget/metrics/beacon.js';
import { reportTo, type PageReporter } from '../../src/widget/metrics/report-to.js';
import { Collector, type Received } from '../helpers/collector.js';
import { calcom, mount, newHost, unmountAll } from '../helpers/widget.js';

const widget = (instance: number, more: Partial<WidgetReport> = {}): WidgetReport => ({
  instance,
  provider: 'cal',
  mode: 'inline',
  loading: 'lazy',
  outcome: 'ready',
  attempts: 1,
  cache: 'miss',
  marks: { visible: 10, 'frame-start': 20, ready: 500 },
  ...more,
});

type Page = Window & typeof globalThis & { readonly metrics?: { readonly reportTo: typeof reportTo } };

const pages: HTMLIFrameElement[] = [];

/** Opens a page of its own, which can be left without the tests ending with it. Its address holds a secret. */
async function openPage(): Promise<Page> {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { width: '600px', height: '400px', border: '0' });
  frame.src = new URL('../helpers/metrics-page.html?email=ada%40example.com#secret', import.meta.url).href;
  document.body.append(frame);
  pages.push(frame);
  const page = (): Page => frame.contentWindow as Page;
  await waitUntil(() => 'metrics' in page(), 'the page did not come');
  return page();
}

/** Adds widgets to the page's report; resolves when the reporter has them. */
async function report(page: Page, endpoint: string, ...widgets: WidgetReport[]): Promise<PageReporter> {
  const reporter = page.metrics?.reportTo({ endpoint, sampleRate: 1, version: '0.1.0' });
  const host = page.document.querySelector('#widget');
  if (!reporter || !host) throw new Error('The page has no metrics');
  const requested = new Set<WidgetReport>();
  for (const one of widgets) reporter.add({ host, snapshot: () => (requested.add(one), one) });
  await waitUntil(() => requested.size === widgets.length, 'the part that reports did not come');
  return reporter;
}

/** The report on the wire, held to the schema that collectors use. */
const read = ({ body }: Received): LoadReport => loadReportSchema.parse(JSON.parse(body));

const fetchesLater = 'fetchLater' in globalThis;

describe('metrics', () => {
  afterEach(() => {
    for (const page of pages.splice(0)) page.remove();
  });

  it('no report is sent and no chunk fetched without an endpoint, outside the sample or with a privacy signal', async () => {
    const collector = new Collector();
    const target = { endpoint: collector.endpoint, sampleRate: 1, version: '0.1.0' };
    const checks = { isPrivate: () => false, isIn: () => true };
    let fetched = 0;
    const load = (): Promise<never> => {
      fetched++;
      return Promise.reject(new Error('fetched'));
    };
    const silent = [
      reportTo({ ...target, endpoint: '' }, load, checks),
      reportTo({ ...target, endpoint: 'javascript:alert(1)' }, load, checks),
      reportTo({ ...target, sampleRate: 0 }, load),
      reportTo(target, load, { ...checks, isPrivate: () => true }),
    ];
    for (const reporter of silent) {
      expect(reporter.silence).to.be.a('string');
      const remove = reporter.add({ host: document.body, snapshot: () => widget(1) });
      reporter.changed('terminal');
      remove();
    }
    dispatchEvent(new Event('pagehide'));
    expect(fetched).to.equal(0);
    expect(await collector.received()).to.deep.equal([]);
  });

  it('reports honour Global Privacy Control and Do Not Track of the browser', () => {
    const target = { endpoint: new Collector().endpoint, sampleRate: 1, version: '0.1.0' };
    for (const [signal, value] of [
      ['globalPrivacyControl', true],
      ['doNotTrack', '1'],
    ] as const) {
      Object.defineProperty(navigator, signal, { configurable: true, get: () => value });
      try {
        expect(reportTo(target).silence, signal).to.contain('privacy');
      } finally {
        Reflect.deleteProperty(navigator, signal);
      }
    }
  });

  it('no report is sent where the metrics chunk is missing and the next widget requests the chunk again', async () => {
    const collector = new Collector();
    const target = { endpoint: collector.endpoint, sampleRate: 1, version: '0.1.0' };
    let requested = 0;
    const load = (): Promise<never> => {
      requested++;
      return Promise.reject(new TypeError('blocked'));
    };
    const reporter = reportTo(target, load);
    const remove = reporter.add({ host: document.body, snapshot: () => widget(1) });
    reporter.changed('terminal');
    remove();
    expect(await collector.received()).to.deep.equal([]);
    reportTo(target, load);
    expect(requested).to.equal(2);
    expect(await collector.received()).to.deep.equal([]);
  });

  it('one report covers all widgets of the page when they are ready', async () => {
    const collector = new Collector();
    const page = await openPage();
    page.document.cookie = 'session=secret';
    const many = Array.from({ length: 50 }, (_, at) => widget(at + 1));
    const reporter = await report(page, collector.endpoint, ...many);
    for (const _ of many) reporter.changed('terminal');
    const [first] = await collector.requests();
    if (!first) throw new Error('nothing came');
    const { widgets, page: address, navigation, seq } = read(first);
    expect(widgets.length).to.be.within(45, 50);
    expect(new TextEncoder().encode(first.body).length).to.be.at.most(16_000);
    expect({ address, navigation, seq }).to.deep.equal({
      address: page.location.origin + page.location.pathname,
      navigation: 'navigate',
      seq: 1,
    });
    // What is on the wire: no preflight, and nothing that says who or where in detail.
    expect(first.method).to.equal('POST');
    expect(first.headers['content-type']?.toLowerCase()).to.equal('text/plain;charset=utf-8');
    const wire = JSON.stringify([first, ...(await collector.received())]);
    expect(wire).to.not.contain('OPTIONS');
    expect(wire).to.not.contain('example').and.not.contain('#');
    expect(first.headers['referer'] ?? '').to.not.contain('?');
    if (fetchesLater) expect(first.headers).to.not.have.property('cookie');
  });

  it('a report with the outcomes so far is sent when the page is left', async () => {
    const collector = new Collector();
    const page = await openPage();
    await report(page, collector.endpoint, widget(1, { outcome: 'pending', marks: { visible: 10 } }));
    page.frameElement?.remove();
    const [first] = await collector.requests();
    expect(first && read(first).widgets[0]?.outcome).to.equal('pending');
  });

  it('a report is sent when the page is hidden and a new one begins after the back-forward cache', async () => {
    const collector = new Collector();
    const page = await openPage();
    const reporter = await report(page, collector.endpoint, widget(1));
    let visibility = 'hidden';
    Object.defineProperty(page.document, 'visibilityState', { configurable: true, get: () => visibility });
    page.document.dispatchEvent(new page.Event('visibilitychange', { bubbles: true }));
    const [before] = (await collector.requests()).map(read);
    visibility = 'visible';
    page.dispatchEvent(new page.PageTransitionEvent('pageshow', { persisted: true }));
    reporter.changed('terminal');
    const after = (await collector.requests(2)).map(read).find(({ id }) => id !== before?.id);
    expect(before).to.include({ navigation: 'navigate', seq: 1 });
    expect(after).to.include({ navigation: 'back-forward-cache', seq: 1 });
  });

  it('a report arrives by fetch when the quota of sendBeacon is used up', async function () {
    const collector = new Collector();
    const quota = (): boolean => navigator.sendBeacon(collector.hold, 'x'.repeat(30_000));
    // Four of these are more than 64 KiB, and leave connections for the rest.
    const isRefused = [1, 2, 3, 4].map(quota).includes(false);
    try {
      if (!isRefused) return this.skip(); // this browser sets no limit
      const body = JSON.stringify({ v: 1, filler: 'y'.repeat(15_000) });
      const way = createBeacon(collector.endpoint, {
        navigator: { sendBeacon: (url, text) => navigator.sendBeacon(url, text) },
        fetch: (url, init) => fetch(url, init),
      }).send(body);
      expect(way).to.equal('fetch');
      const [first] = await collector.requests();
      expect(first?.body).to.equal(body);
      expect(first?.headers['content-type']?.toLowerCase()).to.equal('text/plain;charset=utf-8');
      expect(first?.headers).to.not.have.property('cookie');
    } finally {
      await collector.release();
    }
  });

  it('a report arrives by fetchLater, by sendBeacon and by fetch', async () => {
    const collector = new Collector();
    const { fetchLater } = globalThis as Parameters<typeof createBeacon>[1] & object;
    const nothing = { navigator: {}, fetch: () => Promise.reject(new Error('not this way')) };
    const ways = [
      ...(fetchLater ? [{ ...nothing, fetchLater: fetchLater.bind(globalThis) }] : []),
      { ...nothing, navigator: { sendBeacon: navigator.sendBeacon.bind(navigator) } },
      { ...nothing, fetch: fetch.bind(globalThis) },
    ];
    ways.forEach((way, at) => createBeacon(collector.endpoint, way).send(`way ${at}`));
    const requests = await collector.requests(ways.length);
    expect(requests.map(({ body }) => body)).to.have.members(ways.map((_, at) => `way ${at}`));
    for (const { method, headers } of requests) {
      expect(method).to.equal('POST');
      expect(headers['content-type']?.toLowerCase()).to.equal('text/plain;charset=utf-8');
    }
  });

  it('reports go to the companion unless metrics-endpoint names another address', async () => {
    const [companion, unused, elsewhere] = [new Collector(), new Collector(), new Collector()];
    const at = ({ endpoint }: Collector): string => endpoint.replace('/v1/metrics', '/');
    const attributes = { ...calcom(newHost()), loading: 'eager', availability: 'off' };
    try {
      mount({ ...attributes, companion: at(companion) });
      mount({ ...attributes, companion: at(unused), 'metrics-endpoint': elsewhere.endpoint });
      for (const collector of [companion, elsewhere]) {
        const [first] = await collector.requests();
        expect(first && read(first).widgets[0]).to.include({ provider: 'cal', outcome: 'ready' });
      }
      expect(await unused.received()).to.deep.equal([]);
    } finally {
      unmountAll();
    }
  });

  describe('web vitals of the page', () => {
    const supported = PerformanceObserver.supportedEntryTypes;

    it('a report holds the layout shift of the page and the share that a widget caused', async function () {
      if (!supported.includes('layout-shift')) return this.skip();
      const collector = new Collector();
      const page = await openPage();
      await report(page, collector.endpoint, widget(1));
      const style = (id: string): CSSStyleDeclaration =>
        (page.document.getElementById(id) as HTMLElement).style;
      /** The vitals of the latest report, once it holds what is meant: the reporter observes shifts after the first paint. */
      const vitals = async (
        isMeant: (vitals: LoadReport['vitals']) => boolean,
      ): Promise<LoadReport['vitals']> => {
        let latest: LoadReport['vitals'] = {};
        await waitUntil(async () => {
          page.dispatchEvent(new page.Event('pagehide'));
          const all = (await collector.requests()).map(read);
          latest = all.reduce((last, one) => (one.seq > last.seq ? one : last)).vitals;
          return isMeant(latest);
        }, 'the report does not hold the shift');
        return latest;
      };
      const shifts: number[] = [];
      new page.PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) shifts.push(startTime);
      }).observe({ type: 'layout-shift' });

      style('before').height = '50px'; // the page pushes the widget and what is behind it
      await waitUntil(() => shifts.length === 1);
      const first = await vitals(({ cls = 0 }) => cls > 0);
      expect(first.widgetCls).to.equal(0);

      style('widget').height = '160px'; // the widget pushes what is behind it
      await waitUntil(() => shifts.length === 2);
      const second = await vitals(({ widgetCls = 0 }) => widgetCls > 0);
      expect(second.cls).to.be.closeTo((first.cls ?? 0) + (second.widgetCls ?? 0), 0.001);

      style('widget').height = '90px'; // and pulls it up
      await waitUntil(() => shifts.length === 3);
      await vitals(({ widgetCls = 0 }) => widgetCls > (second.widgetCls ?? 0));
    });

    it('a report holds the largest contentful paint and whether it was a widget’s', async function () {
      if (!supported.includes('largest-contentful-paint')) return this.skip();
      const collector = new Collector();
      const page = await openPage();
      const text = page.document.createElement('p');
      text.textContent = 'The largest thing on this page is what a widget says. '.repeat(8);
      text.style.fontSize = '20px';
      page.document.querySelector('#widget')?.append(text);
      const reporter = await report(page, collector.endpoint, widget(1));
      let all: readonly LoadReport[] = [];
      await waitUntil(async () => {
        reporter.changed('terminal');
        all = await collector.reports(0);
        return all.some(({ vitals }) => vitals.lcp !== undefined);
      }, 'no report has a largest paint');
      const { vitals } = all.find((one) => one.vitals.lcp !== undefined) ?? {};
      expect(vitals?.lcp).to.be.greaterThan(0);
      expect(vitals?.widgetLcp).to.equal(true);
    });
  });
});
