import { expect } from '@open-wc/testing';
import type { Availability } from '../../../src/protocol/availability.js';
import { loadReportSchema, MARKS, type WidgetReport } from '../../../src/protocol/load-report.js';
import { LoadTimings, MARK_OF, type TimingsOptions } from '../../../src/widget/metrics/load-timings.js';
import { pageView } from '../../../src/widget/metrics/page-view.js';
import { initialState, reduce, type Action, type WidgetState } from '../../../src/widget/widget-state.js';

const TIME_ORIGIN = 1_790_000_000_000;
const facts = { provider: 'cal', mode: 'inline', loading: 'lazy' };

/** Times that the provider answered this long before the page's time origin. */
const times = (ageMs = 0): Availability => ({
  v: 1,
  from: '2026-11-23T00:00Z',
  to: '2026-11-30T00:00Z',
  fetchedAt: TIME_ORIGIN - ageMs,
  slots: [{ start: '2026-11-23T09:00Z' }],
});

/** A widget without a page: actions go through the real reducer. */
class Told {
  state: WidgetState = initialState;
  viewStart = 0;
  readonly timings: LoadTimings;

  constructor(instance = 1, options: TimingsOptions = {}) {
    this.timings = new LoadTimings(instance, {
      viewStart: () => this.viewStart,
      timeOrigin: TIME_ORIGIN,
      ...options,
    });
  }

  at(ms: number, ...heard: (Action | 'defined' | 'visible')[]): this {
    for (const one of heard) {
      if (typeof one !== 'string') this.state = reduce(this.state, one);
      this.timings.hear(one, this.state, ms);
    }
    return this;
  }

  get loadId(): number {
    return this.state.loadId;
  }

  get report(): WidgetReport {
    return this.timings.snapshot(facts);
  }
}

const seen = (): Told => new Told().at(10, 'defined', { type: 'load' }).at(20, 'visible');

describe('load timings', () => {
  it('have one source for every mark', () => {
    const sources = [...new Set(Object.values(MARK_OF)), 'defined', 'visible'];
    expect(sources).to.have.members([...MARKS]);
  });

  it('time a load from its definition to the booking', () => {
    const told = seen();
    const { loadId } = told;
    told
      .at(30, { type: 'frame-start' }, { type: 'times-ask', loadId })
      .at(40, { type: 'times-cached', loadId, availability: times(120_000), stale: true })
      .at(250.4, { type: 'times-fresh', loadId, availability: times() })
      .at(300, { type: 'frame-load', loadId })
      .at(900.6, { type: 'frame-ready', loadId })
      .at(1000, { type: 'open' })
      .at(2000, { type: 'choose', slot: { start: '2026-11-23T09:00Z' }, held: false })
      .at(9000, { type: 'booked', booking: { id: 'b1', change: 'created' } });
    expect(told.report).to.deep.equal({
      instance: 1,
      ...facts,
      outcome: 'ready',
      attempts: 1,
      cache: 'hit',
      cacheAge: 120,
      marks: {
        defined: 10,
        visible: 20,
        'times-cached': 40,
        'times-fresh': 250,
        'frame-start': 30,
        'frame-load': 300,
        ready: 901,
        opened: 1000,
        'slot-chosen': 2000,
        booked: 9000,
      },
    });
  });

  it('keep the first occurrence of everything', () => {
    const told = seen();
    const { loadId } = told;
    told.at(30, { type: 'frame-start' }).at(500, { type: 'frame-load', loadId });
    told.at(700, { type: 'frame-load', loadId }, 'visible', { type: 'frame-ready', loadId });
    told.at(
      800,
      { type: 'choose', slot: { start: 'a' }, held: false },
      { type: 'frame-drop' },
      { type: 'frame-start' },
    );
    told.at(900, { type: 'choose', slot: { start: 'b' }, held: false });
    expect(told.report.marks).to.deep.equal({
      defined: 10,
      visible: 20,
      'frame-start': 30,
      'frame-load': 500,
      ready: 700,
      'slot-chosen': 800,
    });
    expect(told.report.outcome, 'a frame that starts again at another time was ready').to.equal('ready');
  });

  it('do not hear what the reducer did not take', () => {
    const told = seen();
    const stale = told.loadId;
    told.at(30, { type: 'load' }, 'visible', { type: 'frame-start' });
    told
      .at(40, { type: 'frame-ready', loadId: stale }, { type: 'frame-load', loadId: stale })
      .at(50, { type: 'times-fresh', loadId: told.loadId, availability: times() })
      .at(60, { type: 'times-cached', loadId: told.loadId, availability: times(), stale: false });
    expect(told.report.marks).to.have.all.keys('defined', 'visible', 'frame-start', 'times-fresh');
    expect(told.report.cache).to.equal('miss');
    expect(seen().at(40, { type: 'frame-ready', loadId: 1 }).report.marks).to.not.have.property('ready');
  });

  it('count a booking that was moved, not one that was cancelled', () => {
    const cancelled = seen().at(50, { type: 'booked', booking: { id: 'a', change: 'cancelled' } });
    expect(cancelled.report.marks).to.not.have.property('booked');
    const moved = seen().at(50, { type: 'booked', booking: { id: 'b', change: 'moved' } });
    expect(moved.report.marks.booked).to.equal(50);
  });

  it('start over with a new load, and keep when the element was defined', () => {
    const told = seen();
    told
      .at(30, { type: 'frame-start' })
      .at(40, { type: 'times-cached', loadId: 1, availability: times(), stale: false });
    told.at(50, { type: 'load' });
    expect(told.report).to.deep.include({
      outcome: 'unseen',
      attempts: 0,
      cache: 'off',
      marks: { defined: 10 },
    });
    told.at(60, 'visible');
    expect(told.report.marks).to.deep.equal({ defined: 10, visible: 60 });
  });

  it('name the outcome, the failure and the number of attempts', () => {
    const unseen = new Told().at(1, 'defined', { type: 'load' });
    expect(unseen.report.outcome).to.equal('unseen');
    const told = seen();
    const { loadId } = told;
    expect(told.report).to.deep.include({ outcome: 'pending', attempts: 0 });
    told.at(30, { type: 'frame-start' });
    expect(told.report).to.deep.include({ outcome: 'pending', attempts: 1 });
    const failure = { code: 'timeout', detail: 'https://cal.com/acme said nothing' } as const;
    told.at(40, { type: 'frame-fail', loadId, failure, retryAt: 1 });
    expect(told.report).to.deep.include({ outcome: 'failed', failure: 'timeout', attempts: 1 });
    told.at(50, { type: 'retry', automatic: true });
    expect(told.report).to.deep.include({ outcome: 'pending', attempts: 2 });
    told.at(60, { type: 'frame-shown', loadId });
    expect(told.report).to.deep.include({ outcome: 'shown', attempts: 2 }).and.not.have.property('failure');
    told.at(70, { type: 'frame-drop' }, { type: 'frame-start' });
    expect(told.report.attempts, 'a frame for another time is no further attempt').to.equal(2);
  });

  it('note the first frame where the failure came before there was one', () => {
    const failure = { code: 'offline', detail: '' } as const;
    const told = seen().at(30, { type: 'frame-fail', loadId: 1, failure, retryAt: null });
    expect(told.report).to.deep.include({ outcome: 'failed', failure: 'offline', attempts: 0 });
    told.at(40, { type: 'retry', automatic: false });
    expect(told.report.marks['frame-start']).to.equal(40);
  });

  it('tell a cache hit from stale times, from nothing cached, and from no times at all', () => {
    const cached = (ageMs: number, stale: boolean): WidgetReport =>
      new Told(1).at(0, { type: 'load' }).at(1000, {
        type: 'times-cached',
        loadId: 1,
        availability: times(ageMs),
        stale,
      }).report;
    expect(cached(299_000, false)).to.include({ cache: 'hit', cacheAge: 300 });
    expect(cached(60_000, true)).to.include({ cache: 'stale', cacheAge: 61 });
    expect(cached(-5000, false), 'a clock that is behind').to.include({ cache: 'hit', cacheAge: 0 });
    const laterDays = { ...times(), from: '2026-12-01T00:00Z' };
    const fresh = seen().at(30, { type: 'times-fresh', loadId: 1, availability: times() });
    fresh.at(40, { type: 'times-cached', loadId: 1, availability: laterDays, stale: false });
    expect(fresh.report, 'cached times of other days, after fresh ones').to.include({ cache: 'miss' });
    expect(seen().report.cache).to.equal('off');
    expect(seen().at(30, { type: 'times-ask', loadId: 1 }).report.cache).to.equal('miss');
    expect(seen().at(30, { type: 'times-fail', loadId: 1 }).report.cache).to.equal('miss');
  });

  it('are counted from the activation of a prerendered page, and never negative', () => {
    const told = seen().at(30, { type: 'frame-start' }).at(700, { type: 'frame-ready', loadId: 1 });
    told.viewStart = 500;
    expect(told.report.marks).to.deep.equal({ defined: 0, visible: 0, 'frame-start': 0, ready: 200 });
  });

  it('are counted from the return out of the back-forward cache, without what was done in the view before', () => {
    const told = seen().at(700, { type: 'frame-start' }, { type: 'frame-ready', loadId: 1 });
    told.at(800, { type: 'open' }, { type: 'booked', booking: { id: 'a', change: 'created' } });
    told.viewStart = 5000;
    expect(told.report.marks).to.deep.equal({ defined: 0, visible: 0, 'frame-start': 0, ready: 0 });
    told.at(6000, { type: 'booked', booking: { id: 'b', change: 'created' } });
    expect(told.report.marks).to.include({ booked: 1000, ready: 0 });
  });

  it('are marks and measures that any monitoring sees, each with its instance', () => {
    performance.clearMarks();
    performance.clearMeasures();
    const told = new Told(7).at(1, 'defined', { type: 'load' }).at(2, 'visible', { type: 'frame-start' });
    told.at(3, { type: 'frame-load', loadId: 1 }, { type: 'frame-ready', loadId: 1 });
    const ours = (type: string): PerformanceEntry[] =>
      performance.getEntriesByType(type).filter(({ name }) => name.startsWith('booking-widget:'));
    expect(ours('mark').map(({ name, startTime }) => [name, startTime])).to.have.deep.members([
      ['booking-widget:defined', 1],
      ['booking-widget:visible', 2],
      ['booking-widget:frame-start', 2],
      ['booking-widget:frame-load', 3],
      ['booking-widget:ready', 3],
    ]);
    expect(
      ours('measure').map(({ name, startTime, duration }) => [name, startTime, duration]),
    ).to.have.deep.members([
      ['booking-widget:frame-load', 2, 1],
      ['booking-widget:ready', 2, 1],
    ]);
    for (const entry of [...ours('mark'), ...ours('measure')] as PerformanceMark[])
      expect(entry.detail).to.deep.equal({ instance: 7, devtools: { track: 'booking-widget 7' } });
  });

  it('do not throw where User Timing knows no options, or was replaced', () => {
    try {
      for (const broken of [
        () => {
          throw new TypeError('options?');
        },
        undefined,
      ]) {
        Object.assign(performance, { mark: broken, measure: broken });
        const told = seen().at(30, { type: 'frame-start' }, { type: 'frame-ready', loadId: 1 });
        expect(told.report.marks).to.include({ visible: 20, ready: 30 });
      }
    } finally {
      for (const name of ['mark', 'measure']) Reflect.deleteProperty(performance, name);
    }
    expect(performance.mark('still there').name).to.equal('still there');
  });

  it('stay within what collectors believe', () => {
    const told = new Told(70_000).at(1, 'defined', { type: 'load' }).at(9e9, 'visible');
    for (let i = 0; i < 1200; i++) {
      told.at(9e9, { type: 'frame-start' });
    }
    const report = {
      v: 1,
      id: 'x',
      seq: 1,
      page: 'https://example.com/',
      version: '0.1.0',
      navigation: 'navigate',
      sampleRate: 1,
      vitals: {},
      widgets: [told.report],
    };
    expect(loadReportSchema.parse(report)).to.deep.equal(report);
  });
});

describe('the view of the page', () => {
  it('begins with the navigation, or with its activation', () => {
    expect(pageView({ type: 'navigate' }, 0)).to.deep.equal({ start: 0, navigation: 'navigate' });
    expect(pageView({ type: 'reload', activationStart: 0 }, 0)).to.deep.equal({
      start: 0,
      navigation: 'reload',
    });
    expect(pageView({ type: 'navigate', activationStart: 812.5 }, 0)).to.deep.equal({
      start: 812.5,
      navigation: 'prerender',
    });
    expect(pageView(undefined, 0)).to.have.property('start', 0);
  });

  it('begins anew when the page comes out of the back-forward cache', () => {
    expect(pageView({ type: 'navigate', activationStart: 812.5 }, 60_000)).to.deep.equal({
      start: 60_000,
      navigation: 'back-forward-cache',
    });
  });
});
