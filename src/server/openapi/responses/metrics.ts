import * as z from 'zod';
import { MEASURES, STEPS } from '../../metrics/measures.js';
import type { RecentLoad } from '../../metrics/recent-loads.js';
import type { LoadsSummary, Summary } from '../../metrics/summary.js';
import { MARKS } from '../../../protocol/load-report.js';
import { count, counts, instant, next, share } from './common.js';

const numbers = z.record(z.string(), z.number());

const load = z.object({
  at: instant,
  page: z.string(),
  version: z.string(),
  navigation: z.string(),
  weight: z.number().describe('How many page views this one stands for'),
  provider: z.string(),
  calendar: z.exactOptional(z.string()).describe('Scheduling page: origin and path'),
  browser: z.exactOptional(z.string()),
  device: z.exactOptional(z.string()),
  mode: z.string(),
  loading: z.string(),
  outcome: z.string(),
  failure: z.exactOptional(z.string()),
  attempts: count,
  cache: z.string(),
  cacheAge: z.exactOptional(count),
  marks: z.partialRecord(z.enum(MARKS), count),
  waits: numbers,
  vitals: numbers,
}) satisfies z.ZodType<RecentLoad>;

export const loadsResponse = z.object({ v: z.literal(1), loads: z.array(load), next });

const measure = z.object({
  count,
  avg: z.number(),
  min: z.number(),
  max: z.number(),
  p50: z.number(),
  p75: z.number(),
  p95: z.number(),
  p99: z.number(),
});

const loads = {
  count,
  errors: count,
  seen: count,
  booked: count,
  cacheShare: share,
  measures: z.partialRecord(z.enum(MEASURES), measure),
} satisfies Record<keyof LoadsSummary, z.ZodType>;

const named = z.array(z.object({ name: z.string(), ...loads }));

export const summaryResponse = z.object({
  v: z.literal(1),
  from: instant,
  to: instant,
  reported: count,
  accuracy: z.number(),
  ...loads,
  outcomes: counts,
  failures: counts,
  cache: counts,
  browsers: counts,
  devices: counts,
  funnel: z.record(z.enum(STEPS), count),
  by: z.object({ provider: named, mode: named, page: named, calendar: named, slowest: named }),
  timeZone: z.string(),
  step: z.number().describe('Milliseconds'),
  series: z.array(z.object({ at: instant, ...loads })),
}) satisfies z.ZodType<Summary>;
