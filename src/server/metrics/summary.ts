import type { Context } from '../feature.js';
import { ACCURACY, type Distribution } from './distribution.js';
import { countLoads } from './hours.js';
import type { LoadFilter, Window } from './loads.js';
import { MEASURES, STEPS, type Measure, type Step } from './measures.js';
import { HOUR } from './schema.js';
import { Tally } from './tally.js';

/** Milliseconds (shifts have no unit). */
export interface MeasureSummary {
  readonly count: number;
  readonly avg: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
}

/** Loads that have something in common. Counts are weighed with the sample rate, so they are of all loads. */
export interface LoadsSummary {
  readonly count: number;
  readonly errors: number;
  /** Loads whose widget was seen, and those that led to a booking. */
  readonly seen: number;
  readonly booked: number;
  /** Of the loads that asked for times, those that had some in the cache; null where none asked. */
  readonly cacheShare: number | null;
  readonly measures: Readonly<Partial<Record<Measure, MeasureSummary>>>;
}

type Named = LoadsSummary & { readonly name: string };

export interface Summary extends LoadsSummary {
  readonly v: 1;
  /** ISO 8601 instants, `to` exclusive. */
  readonly from: string;
  readonly to: string;
  /** Loads that were reported, unweighed. */
  readonly reported: number;
  /** Percentiles are at most this share away from the value they stand for; all other figures are exact. */
  readonly accuracy: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  readonly cache: Readonly<Record<string, number>>;
  readonly funnel: Readonly<Record<Step, number>>;
  /** The most frequent ones first; pages with the longest wait for the calendar first. */
  readonly by: {
    readonly provider: readonly Named[];
    readonly mode: readonly Named[];
    readonly page: readonly Named[];
    readonly slowest: readonly Named[];
  };
  readonly step: number;
  readonly series: readonly (LoadsSummary & { readonly at: string })[];
}

export interface SummaryQuestion extends Window {
  readonly filter: LoadFilter;
  /** How many providers, modes and pages are named. */
  readonly limit: number;
}

const SHARES = [0.5, 0.75, 0.95, 0.99];

/** Whoever reads it does not believe more digits than these. */
const rounded = (value: number): number => Number(value.toPrecision(6));

function measureSummary(distribution: Distribution): MeasureSummary {
  const { count, sum, min, max } = distribution;
  const [p50 = NaN, p75 = NaN, p95 = NaN, p99 = NaN] = distribution.percentiles(SHARES).map(rounded);
  return { count: rounded(count), avg: rounded(sum / count), min, max, p50, p75, p95, p99 };
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const roundedCounts = <Name extends string>(counts: Readonly<Record<string, number>>): Record<Name, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, rounded(count)])) as Record<
    Name,
    number
  >;

function loadsSummary(tally: Tally, measures: readonly Measure[]): LoadsSummary {
  const { hit = 0, stale = 0, miss = 0 } = tally.cache;
  const asked = hit + stale + miss;
  const found = measures.flatMap((measure) => {
    const distribution = tally.measures.get(measure);
    return distribution ? [[measure, measureSummary(distribution)] as const] : [];
  });
  return {
    count: rounded(total(tally.outcomes)),
    errors: rounded(tally.outcomes['failed'] ?? 0),
    seen: rounded(tally.steps['seen'] ?? 0),
    booked: rounded(tally.steps['booked'] ?? 0),
    cacheShare: asked > 0 ? rounded((hit + stale) / asked) : null,
    measures: Object.fromEntries(found),
  };
}

/** What is told of parts of the whole. */
const MAIN: readonly Measure[] = ['calendar-wait', 'times-wait', 'ready', 'lcp'];

/** A slow page is one that was slow for more than a visitor or two. */
const ENOUGH = 3;

/** Lengths of a step, in milliseconds: a series has 24 to 60 of them where it can. */
const STEPS_OF_TIME = [60_000, 120_000, 300_000, 600_000, HOUR, 2 * HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR];
const MOST_STEPS = 60;

export const stepFor = ({ from, to }: Window): number =>
  STEPS_OF_TIME.find((step) => (to - from) / step <= MOST_STEPS) ?? 28 * 24 * HOUR;

class Tallies extends Map<string, Tally> {
  merge(name: string, tally: Tally): void {
    const known = this.get(name) ?? new Tally();
    known.merge(tally);
    this.set(name, known);
  }

  named(limit: number, order: (summary: Named) => number): Named[] {
    return [...this]
      .map(([name, tally]) => ({ name, ...loadsSummary(tally, MAIN) }))
      .sort((a, b) => order(b) - order(a))
      .slice(0, limit);
  }
}

/** What visitors felt within a window. Percentiles are of that window and filter, never averages of percentiles. */
export async function summarize(
  { store }: Pick<Context, 'store'>,
  { from, to, filter, limit }: SummaryQuestion,
): Promise<Summary> {
  const step = stepFor({ from, to });
  const whole = new Tally();
  const [provider, mode, page] = [new Tallies(), new Tallies(), new Tallies()];
  const series = new Map<number, Tally>();
  // Steps begin on the hour, as sums do.
  for (let at = Math.floor(from / step) * step; at < to; at += step) series.set(at, new Tally());
  await countLoads(store, { from, to }, filter, {
    stepOf: (at) => Math.floor(at / step) * step,
    each(at, alike, tally) {
      whole.merge(tally);
      provider.merge(alike.provider, tally);
      mode.merge(alike.mode, tally);
      page.merge(alike.page, tally);
      series.get(at)?.merge(tally);
    },
  });
  const byCount = ({ count }: Named): number => count;
  return {
    v: 1,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    reported: whole.rows,
    accuracy: ACCURACY,
    ...loadsSummary(whole, MEASURES),
    outcomes: roundedCounts(whole.outcomes),
    failures: roundedCounts(whole.failures),
    cache: roundedCounts(whole.cache),
    funnel: {
      ...(Object.fromEntries(STEPS.map((name) => [name, 0])) as Record<Step, number>),
      ...roundedCounts(whole.steps),
    },
    by: {
      provider: provider.named(limit, byCount),
      mode: mode.named(limit, byCount),
      page: page.named(limit, byCount),
      slowest: page
        .named(Infinity, ({ measures }) => measures['calendar-wait']?.p75 ?? -1)
        .filter(({ measures }) => (measures['calendar-wait']?.count ?? 0) >= ENOUGH)
        .slice(0, limit),
    },
    step,
    series: [...series].map(([at, tally]) => ({
      at: new Date(at).toISOString(),
      ...loadsSummary(tally, MAIN),
    })),
  };
}
