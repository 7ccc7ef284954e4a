import { expect } from '@open-wc/testing';
import type { Availability } from '../../../src/protocol/availability.js';
import { MARKS, type WidgetReport } from '../../../src/protocol/load-report.js';
import { loadReportSchema } from '../../../src/protocol/load-report-schema.js';
import { LoadRecord, MARK_OF, type LoadRecordOptions } from '../../../src/widget/metrics/load-record.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { initialState } from '../../../src/widget/state/initial-state.js';
import { reduce } from '../../../src/widget/state/reduce.js';
import type { WidgetState } from '../../../src/widget/state/state.js';
import { frameFailed, load, providerLoaded } from '../../helpers/widget-state.js';

const TIME_ORIGIN = 1_790_000_000_000;

/** Slots that the provider answered this long before the page's time origin. */
const slots = (ageMs = 0): Availability => ({
  v: 1,
  from: '2026-11-23T00:00Z',
  to: '2026-11-30T00:00Z',
  fetchedAt: TIME_ORIGIN - ageMs,
  slots: [{ start: '2026-11-23T09:00Z' }],
});

const VISIBLE: WidgetEvent = { type: 'visible' };
/** Starts the frame. */
const NEAR: WidgetEvent = { type: 'near', savesData: false };
const FRAME_LOAD: WidgetEvent = { type: 'frame-load' };
const READY: WidgetEvent = { type: 'frame-ready' };
const FRESH: WidgetEvent = { type: 'slots-fresh', availability: slots() };
const cached = (ageMs = 0, stale = false): WidgetEvent => ({
  type: 'slots-cached',
  availability: slots(ageMs),
  stale,
});
const choose = (start: string): WidgetEvent => ({ type: 'choose', slot: { start } });
const booked = (id: string, change: 'created' | 'moved' | 'cancelled' = 'created'): WidgetEvent => ({
  type: 'booked',
  booking: { id, change },
});

/** A widget without a page: events go through the real reducer, and those that change nothing go no further. */
class Recorded {
  state: WidgetState = initialState;
  viewStart = 0;
  readonly record: LoadRecord;

  constructor(instance = 1, options: LoadRecordOptions = {}) {
    this.record = new LoadRecord(instance, {
      viewStart: () => this.viewStart,
      timeOrigin: TIME_ORIGIN,
      ...options,
    });
    this.record.mark('defined', 1);
  }

  at(ms: number, ...events: WidgetEvent[]): this {
    for (const event of events) {
      const before = this.state;
      this.state = reduce(before, event);
      if (this.state !== before) this.record.record(event, this.state, ms);
    }
    return this;
  }

  get report(): WidgetReport {
    return this.record.snapshot();
  }
}

const seen = (): Recorded => new Recorded().at(10, load()).at(20, VISIBLE);

describe('load record', () => {
  it('names the calendar by its canonical page, without what follows a question mark', () => {
    const of = (src: string): string | undefined =>
      new Recorded()
        .at(1, load({}, { status: 'page', page: new URL(src), provider: 'test', canRequestSlots: true }))
        .record.snapshot().calendar;
    expect(of('https://cal.com/acme/intro?name=Ada&utm_source=x#top')).to.equal('https://cal.com/acme/intro');
    expect(of(`https://cal.com/${'a'.repeat(400)}`)).to.have.length(300);
    expect(new Recorded().record.snapshot()).not.to.have.property('calendar');
  });

  it('every mark of a load report has one source', () => {
    const sources = [...Object.values(MARK_OF), 'defined', 'frame-start'];
    expect(sources).to.have.members([...MARKS]);
  });

  it('a load is timed from the definition of the element to the booking', () => {
    const recorded = seen()
      .at(30, NEAR, providerLoaded(), { type: 'slots-pending' })
      .at(40, cached(120_000))
      .at(250.4, FRESH)
      .at(300, FRAME_LOAD)
      .at(900.6, READY)
      .at(1000, { type: 'open' })
      .at(2000, choose('2026-11-23T09:00Z'))
      .at(9000, booked('b1'));
    expect(recorded.report).to.deep.equal({
      calendar: 'https://schedule.example/acme/30min',
      instance: 1,
      provider: 'test',
      mode: 'inline',
      loading: 'lazy',
      outcome: 'ready',
      attempts: 1,
      cache: 'hit',
      cacheAge: 120,
      marks: {
        defined: 1,
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

  it('a load record names the provider of the address before its code is there', () => {
    expect(seen().report.provider).to.equal('test');
    const none = new Recorded().at(1, load({ mode: 'popup', loading: 'eager' }, { status: 'waiting' }));
    expect(none.report).to.include({ provider: '', mode: 'popup', loading: 'eager' });
  });

  it('a load record keeps the first occurrence of each mark', () => {
    const recorded = seen().at(30, NEAR).at(500, FRAME_LOAD);
    recorded.at(700, FRAME_LOAD, VISIBLE, READY);
    recorded.at(800, choose('a')).at(900, choose('b'), FRAME_LOAD);
    expect(recorded.report.marks).to.deep.equal({
      defined: 1,
      visible: 20,
      'frame-start': 30,
      'frame-load': 500,
      ready: 700,
      'slot-chosen': 800,
    });
    expect(recorded.report.outcome, 'a frame that starts again at another slot was ready').to.equal('ready');
  });

  it('a load record has no mark of what came too late', () => {
    const recorded = seen().at(30, NEAR, load(), VISIBLE).at(40, READY, FRAME_LOAD).at(50, NEAR, FRESH);
    recorded.at(60, cached());
    expect(recorded.report.marks).to.have.all.keys('defined', 'visible', 'frame-start', 'times-fresh');
    expect(recorded.report.cache).to.equal('miss');
  });

  it('a load record counts a moved booking and no cancelled one', () => {
    expect(seen().at(50, booked('a', 'cancelled')).report.marks).to.not.have.property('booked');
    expect(seen().at(50, booked('b', 'moved')).report.marks.booked).to.equal(50);
  });

  it('a load record starts over with a new load and keeps the definition of the element', () => {
    const recorded = seen().at(30, NEAR).at(40, cached()).at(50, load());
    expect(recorded.report).to.deep.include({
      outcome: 'unseen',
      attempts: 0,
      cache: 'off',
      marks: { defined: 1 },
    });
    recorded.at(60, VISIBLE);
    expect(recorded.report.marks).to.deep.equal({ defined: 1, visible: 60 });
  });

  it('a load record names the outcome, the failure and the number of attempts', () => {
    expect(new Recorded().at(1, load()).report.outcome).to.equal('unseen');
    const recorded = seen();
    expect(recorded.report).to.deep.include({ outcome: 'pending', attempts: 0 });
    recorded.at(30, NEAR);
    expect(recorded.report).to.deep.include({ outcome: 'pending', attempts: 1 });
    recorded.at(40, frameFailed('timeout'));
    expect(recorded.report).to.deep.include({ outcome: 'failed', failure: 'timeout', attempts: 1 });
    recorded.at(60, { type: 'retry', automatic: true }).at(70, { type: 'frame-shown' });
    expect(recorded.report)
      .to.deep.include({ outcome: 'shown', attempts: 2 })
      .and.not.have.property('failure');
    recorded.at(80, choose('a'));
    expect(recorded.report.attempts, 'a frame for another slot is no further attempt').to.equal(2);
  });

  it('a load has still failed while a retry is under way', () => {
    const recorded = seen().at(30, NEAR).at(40, frameFailed('offline'), { type: 'retry', automatic: true });
    expect(recorded.report).to.deep.include({ outcome: 'failed', failure: 'offline', attempts: 2 });
  });

  it('a load record has an outcome for an address that cannot be a scheduling page', () => {
    const failure = { code: 'bad-config', detail: '' } as const;
    const recorded = new Recorded().at(30, load({}, { status: 'problem', failure }));
    expect(recorded.report).to.deep.include({ outcome: 'failed', failure: 'bad-config', attempts: 0 });
    recorded.at(40, load(), NEAR);
    expect(recorded.report.marks['frame-start']).to.equal(40);
  });

  it('a load record says that a link stands in for a page that nobody may frame', () => {
    const recorded = seen().at(30, NEAR, providerLoaded({ framing: 'no' }));
    expect(recorded.report).to.deep.include({ outcome: 'linked' });
  });

  it('a load record distinguishes a cache hit, stale slots, a cache miss and no slots', () => {
    const first = (ageMs: number, stale: boolean): WidgetReport =>
      new Recorded().at(0, load()).at(1000, cached(ageMs, stale)).report;
    expect(first(299_000, false)).to.include({ cache: 'hit', cacheAge: 300 });
    expect(first(60_000, true)).to.include({ cache: 'stale', cacheAge: 61 });
    expect(first(-5000, false), 'a clock that is behind').to.include({ cache: 'hit', cacheAge: 0 });
    const fresh = seen().at(30, FRESH);
    const laterDays = { ...slots(), from: '2026-12-01T00:00Z' };
    fresh.at(40, { type: 'slots-cached', availability: laterDays, stale: false });
    expect(fresh.report, 'cached slots of other days, after fresh ones').to.include({ cache: 'miss' });
    expect(seen().report.cache).to.equal('off');
    expect(seen().at(30, { type: 'slots-pending' }).report.cache).to.equal('miss');
    expect(seen().at(30, { type: 'slots-failed', detail: '' }).report.cache).to.equal('miss');
  });

  it('a load record counts from the activation of a prerendered page and is never negative', () => {
    const recorded = seen().at(30, NEAR).at(700, READY);
    recorded.viewStart = 500;
    expect(recorded.report.marks).to.deep.equal({ defined: 0, visible: 0, 'frame-start': 0, ready: 200 });
  });

  it('a load record counts from the return out of the back-forward cache without what the visitor did before', () => {
    const recorded = seen().at(700, NEAR, READY).at(800, { type: 'open' }, booked('a'));
    recorded.viewStart = 5000;
    expect(recorded.report.marks).to.deep.equal({ defined: 0, visible: 0, 'frame-start': 0, ready: 0 });
    recorded.at(6000, booked('b'));
    expect(recorded.report.marks).to.include({ booked: 1000, ready: 0 });
  });

  it('a load record passes each mark on once, with the moment that the visitor waits from', () => {
    const marks: unknown[] = [];
    const recorded = new Recorded(1, { onMark: (...mark) => marks.push(mark) });
    recorded.at(2, load(), NEAR).at(3, FRAME_LOAD).at(4, VISIBLE).at(5, READY, FRAME_LOAD);
    expect(marks).to.deep.equal([
      ['defined', 1, undefined],
      ['frame-start', 2, 2],
      ['frame-load', 3, 2],
      ['visible', 4, 4],
      ['ready', 5, 4],
    ]);
  });

  it('a load record stays within the bounds of the collector', () => {
    const recorded = new Recorded(70_000).at(1, load({ retries: 10 })).at(9e9, VISIBLE, NEAR);
    for (let i = 0; i < 1200; i++)
      recorded.at(9e9, frameFailed('timeout'), { type: 'retry', automatic: false });
    expect(recorded.report).to.include({ attempts: 1000, instance: 10_000 });
    const report = {
      v: 1,
      id: 'x',
      seq: 1,
      page: 'https://example.com/',
      version: '0.1.0',
      navigation: 'navigate',
      sampleRate: 1,
      vitals: {},
      widgets: [recorded.report],
    };
    expect(loadReportSchema.parse(report)).to.deep.equal(report);
  });
});
