import type { Figures, Summary } from '../../../src/dashboard/figures.js';

type Loads = Summary['series'][number];

const HOUR = 3_600_000;

/** One step of a series, an hour after the one before. */
export const aStep = (hour: number, more: Partial<Loads> = {}): Loads => ({
  at: new Date(Date.UTC(2026, 10, 23, hour)).toISOString(),
  count: 0,
  errors: 0,
  seen: 0,
  booked: 0,
  cacheShare: null,
  measures: {},
  ...more,
});

/** A summary of four hours. */
export const aSummary = (more: Partial<Summary> = {}): Summary => ({
  v: 1,
  from: '2026-11-23T00:00:00.000Z',
  to: '2026-11-23T04:00:00.000Z',
  reported: 0,
  accuracy: 0.01,
  count: 0,
  errors: 0,
  seen: 0,
  booked: 0,
  cacheShare: null,
  measures: {},
  outcomes: {},
  failures: {},
  browsers: {},
  devices: {},
  cache: {},
  funnel: { seen: 0, opened: 0, chosen: 0, booked: 0 },
  by: { provider: [], mode: [], page: [], calendar: [], slowest: [] },
  timeZone: 'UTC',
  step: HOUR,
  series: [0, 1, 2, 3].map((hour) => aStep(hour)),
  ...more,
});

/** Percentiles of a duration in milliseconds. */
export const aMeasure = (p50: number, p75: number, p95: number) => ({
  count: 10,
  avg: p50,
  min: p50,
  max: p95,
  p50,
  p75,
  p95,
  p99: p95,
});

export const someFigures = (summary: Summary, before = aSummary()): Figures => ({
  view: { window: '7d', provider: '', page: '' },
  summary,
  before,
  status: {
    v: 1,
    at: '2026-11-23T04:00:00.000Z',
    upstreams: [],
    queue: { waiting: 0, underWay: 0, failed: 0, oldest: 0 },
    answers: { hit: 0, miss: 0, stale: 0, failed: 0, hitShare: null, times: {} },
    webhooks: [],
  },
  bookings: null,
  sync: null,
  hasLoads: true,
});
