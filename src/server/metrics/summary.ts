import type { Context } from '../feature.js';
import { ACCURACY, type Distribution } from './distribution.js';
import { countLoads } from './hours.js';
import type { LoadFilter, Window } from './loads.js';
import { MEASURES, STEPS, type Measure, type Step } from './measures.js';
import { OTHER } from './limits.js';
import { stepsOfTime } from './steps-of-time.js';
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
  /** IANA name: the zone whose days the series shows. */
  readonly timeZone: string;
  readonly step: number;
  readonly series: readonly (LoadsSummary & { readonly at: string })[];
}

export interface SummaryQuestion extends Window {
  readonly filter: LoadFilter;
  /** How many providers, modes and pages are named. */
  readonly limit: number;
  /** IANA name; UTC without. */
  readonly timeZone?: string | undefined;
}

const SHARES = [0.5, 0.75, 0.95, 0.99];

/** More digits than these mean nothing. */
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

/** Measures of parts of the whole. */
const MAIN: readonly Measure[] = ['calendar-wait', 'times-wait', 'ready', 'lcp'];

/** A slow page is one that was slow for more than a visitor or two. */
const ENOUGH = 3;

/** Max. names whose loads are kept apart in one answer; the rarest are counted under "other". */
const MAX_NAMES = 300;

class Tallies extends Map<string, Tally> {
  merge(name: string, tally: Tally): void {
    let known = this.get(name);
    if (!known) {
      if (this.size >= 2 * MAX_NAMES) this.#fold();
      known = new Tally();
      this.set(name, known);
    }
    known.merge(tally);
  }

  /** Puts the rarest names together. */
  #fold(): void {
    const rare = this.#byCount().slice(MAX_NAMES - 1);
    const other = this.get(OTHER) ?? new Tally();
    for (const [name, tally] of rare) {
      if (name === OTHER) continue;
      other.merge(tally);
      this.delete(name);
    }
    this.set(OTHER, other);
  }

  #byCount(): [string, Tally][] {
    return [...this].sort(([, a], [, b]) => total(b.outcomes) - total(a.outcomes));
  }

  /** The most frequent ones. */
  named(limit: number): Named[] {
    return this.#byCount()
      .slice(0, limit)
      .map(([name, tally]) => ({ name, ...loadsSummary(tally, MAIN) }));
  }

  /** Those that were waited for longest. */
  slowest(limit: number): Named[] {
    return [...this]
      .flatMap(([name, tally]) => {
        const waits = tally.measures.get('calendar-wait');
        const [p75 = 0] = waits?.percentiles([0.75]) ?? [];
        return waits && waits.count >= ENOUGH ? [{ name, tally, p75 }] : [];
      })
      .sort((a, b) => b.p75 - a.p75)
      .slice(0, limit)
      .map(({ name, tally }) => ({ name, ...loadsSummary(tally, MAIN) }));
  }
}

/**
 * What visitors felt within a window. Percentiles are of that window and filter, never averages of percentiles. Days of the
 * series are those of `timeZone`.
 */
export async function summarize(
  { store }: Pick<Context, 'store'>,
  { from, to, filter, limit, timeZone = 'UTC' }: SummaryQuestion,
): Promise<Summary> {
  const steps = stepsOfTime({ from, to }, timeZone);
  const whole = new Tally();
  const [provider, mode, page] = [new Tallies(), new Tallies(), new Tallies()];
  const series = new Map(steps.starts.map((at) => [at, new Tally()]));
  await countLoads(store, { from, to }, filter, {
    stepOf: (at) => steps.of(at),
    each(at, alike, tally) {
      whole.merge(tally);
      provider.merge(alike.provider, tally);
      mode.merge(alike.mode, tally);
      page.merge(alike.page, tally);
      series.get(at)?.merge(tally);
    },
  });
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
      provider: provider.named(limit),
      mode: mode.named(limit),
      page: page.named(limit),
      slowest: page.slowest(limit),
    },
    timeZone,
    step: steps.length,
    series: [...series].map(([at, tally]) => ({
      at: new Date(at).toISOString(),
      ...loadsSummary(tally, MAIN),
    })),
  };
}
