import type { Context } from '../feature.js';
import { ACCURACY, type Distribution } from './distribution.js';
import { countLoads } from './hours.js';
import type { LoadFilter, Window } from './loads.js';
import { MEASURES, STEPS, type Measure, type Step } from './measures.js';
import { OTHER } from './limits.js';
import { Slices, turnOfOthers } from '../slices.js';
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
  /** Families of browsers and classes of devices. */
  readonly browsers: Readonly<Record<string, number>>;
  readonly devices: Readonly<Record<string, number>>;
  readonly funnel: Readonly<Record<Step, number>>;
  /** The most frequent ones first; pages with the longest wait for the calendar first. */
  readonly by: {
    readonly provider: readonly Named[];
    readonly mode: readonly Named[];
    readonly page: readonly Named[];
    /** Scheduling pages: origin and path. */
    readonly calendar: readonly Named[];
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

/** Tallies by name. A tally may have thousands of buckets, and there may be hundreds: all of it is done in slices. */
class Tallies {
  readonly #tallies = new Map<string, Tally>();
  readonly #slices: Slices;

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  async merge(name: string, tally: Tally): Promise<void> {
    let known = this.#tallies.get(name);
    if (!known) {
      if (this.#tallies.size >= 2 * MAX_NAMES) await this.#fold();
      known = new Tally();
      this.#tallies.set(name, known);
    }
    known.merge(tally);
  }

  /** Puts the rarest names together. */
  async #fold(): Promise<void> {
    const rare = this.#byCount().slice(MAX_NAMES - 1);
    const other = this.#tallies.get(OTHER) ?? new Tally();
    for (const [name, tally] of rare) {
      if (name === OTHER) continue;
      other.merge(tally);
      this.#tallies.delete(name);
      await this.#slices.next();
    }
    this.#tallies.set(OTHER, other);
  }

  #byCount(): [string, Tally][] {
    return [...this.#tallies]
      .map(([name, tally]) => ({ name, tally, count: total(tally.outcomes) }))
      .sort((a, b) => b.count - a.count)
      .map(({ name, tally }) => [name, tally]);
  }

  /** The most frequent ones. */
  named(limit: number): Promise<Named[]> {
    return this.#summarized(this.#byCount().slice(0, limit));
  }

  /** Those that were waited for longest. */
  async slowest(limit: number): Promise<Named[]> {
    const slow: { readonly named: [string, Tally]; readonly p75: number }[] = [];
    for (const [name, tally] of this.#tallies) {
      const waits = tally.measures.get('calendar-wait');
      if (!waits || waits.count < ENOUGH) continue;
      slow.push({ named: [name, tally], p75: waits.percentiles([0.75])[0] ?? 0 });
      await this.#slices.next();
    }
    slow.sort((a, b) => b.p75 - a.p75);
    return this.#summarized(slow.slice(0, limit).map(({ named }) => named));
  }

  async #summarized(some: readonly [string, Tally][]): Promise<Named[]> {
    const all: Named[] = [];
    for (const [name, tally] of some) {
      all.push({ name, ...loadsSummary(tally, MAIN) });
      await this.#slices.next();
    }
    return all;
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
  // Summaries that are requested at the same moment begin one after another: their first slices would add up.
  await turnOfOthers();
  const steps = stepsOfTime({ from, to }, timeZone);
  // The first use of a time zone takes as long as a slice.
  await turnOfOthers();
  const whole = new Tally();
  const slices = new Slices();
  const [provider, mode, page] = [new Tallies(slices), new Tallies(slices), new Tallies(slices)];
  const calendar = new Tallies(slices);
  const series = new Map(steps.starts.map((at) => [at, new Tally()]));
  await countLoads(store, { from, to }, filter, {
    stepOf: (at) => steps.of(at),
    async each(at, alike, tally) {
      whole.merge(tally);
      await provider.merge(alike.provider, tally);
      await mode.merge(alike.mode, tally);
      await page.merge(alike.page, tally);
      if (alike.calendar) await calendar.merge(alike.calendar, tally);
      series.get(at)?.merge(tally);
      await slices.next();
    },
  });
  const summed: Summary['series'][number][] = [];
  for (const [at, tally] of series) {
    summed.push({ at: new Date(at).toISOString(), ...loadsSummary(tally, MAIN) });
    await slices.next();
  }
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
    browsers: roundedCounts(whole.browsers),
    devices: roundedCounts(whole.devices),
    funnel: {
      ...(Object.fromEntries(STEPS.map((name) => [name, 0])) as Record<Step, number>),
      ...roundedCounts(whole.steps),
    },
    by: {
      provider: await provider.named(limit),
      mode: await mode.named(limit),
      page: await page.named(limit),
      calendar: await calendar.named(limit),
      slowest: await page.slowest(limit),
    },
    timeZone,
    step: steps.length,
    series: summed,
  };
}
