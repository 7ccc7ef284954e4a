import type { Outcome, WidgetReport } from '../../protocol/load-report.js';
import { Distribution, type Written } from './distribution.js';
import { MEASURES, stepsOf, type Measure, type Step } from './measures.js';
import { columnOf, type LoadRow } from './schema.js';

type Counts = Record<string, number>;

const more = (counts: Counts, name: string, weight: number): void => {
  counts[name] = (counts[name] ?? 0) + weight;
};

const merge = (into: Counts, from: Counts): void => {
  for (const [name, weight] of Object.entries(from)) more(into, name, weight);
};

interface WrittenTally {
  readonly rows: number;
  readonly outcomes: Counts;
  readonly failures: Counts;
  readonly cache: Counts;
  readonly steps: Counts;
  /** Missing in tallies of before. */
  readonly browsers?: Counts;
  readonly devices?: Counts;
  readonly measures: Readonly<Record<string, Written>>;
}

const COLUMNS = MEASURES.map((measure) => [measure, columnOf(measure)] as const);

/** What of a row is counted. */
export const COUNTED = [
  'at',
  'page',
  'provider',
  'mode',
  'calendar',
  'browser',
  'device',
  'weight',
  'outcome',
  'failure',
  'cache',
  'failed',
  ...COLUMNS.map(([, column]) => column),
] as const satisfies readonly (keyof LoadRow)[];

export type CountedRow = Pick<LoadRow, (typeof COUNTED)[number]>;

/** Many loads, counted. Two tallies make one. Everything but `rows` is weighed with the sample rate. */
export class Tally {
  /** Loads that were reported. */
  rows = 0;
  readonly outcomes: Counts = {};
  readonly failures: Counts = {};
  readonly cache: Counts = {};
  readonly steps: Counts = {};
  readonly browsers: Counts = {};
  readonly devices: Counts = {};
  readonly measures = new Map<Measure, Distribution>();

  add(row: CountedRow): void {
    const { weight } = row;
    this.rows++;
    more(this.outcomes, row.outcome, weight);
    if (row.failure !== null) more(this.failures, row.failure, weight);
    more(this.cache, row.cache, weight);
    if (row.browser) more(this.browsers, row.browser, weight);
    if (row.device) more(this.devices, row.device, weight);
    for (const step of stepsOfRow(row)) more(this.steps, step, weight);
    for (const [measure, column] of COLUMNS) {
      const value = row[column];
      if (value !== null) this.#of(measure).add(value, weight);
    }
  }

  merge(other: Tally): void {
    this.rows += other.rows;
    merge(this.outcomes, other.outcomes);
    merge(this.failures, other.failures);
    merge(this.cache, other.cache);
    merge(this.steps, other.steps);
    merge(this.browsers, other.browsers);
    merge(this.devices, other.devices);
    for (const [measure, distribution] of other.measures) this.#of(measure).merge(distribution);
  }

  #of(measure: Measure): Distribution {
    const known = this.measures.get(measure);
    if (known) return known;
    const distribution = new Distribution();
    this.measures.set(measure, distribution);
    return distribution;
  }

  write(): string {
    const { rows, outcomes, failures, cache, steps, browsers, devices } = this;
    const measures = Object.fromEntries([...this.measures].map(([name, one]) => [name, one.write()]));
    const written = { rows, outcomes, failures, cache, steps, browsers, devices, measures };
    return JSON.stringify(written satisfies WrittenTally);
  }

  static read(text: string): Tally {
    const { rows, measures, ...counts } = JSON.parse(text) as WrittenTally;
    const tally = new Tally();
    tally.rows = rows;
    merge(tally.outcomes, counts.outcomes);
    merge(tally.failures, counts.failures);
    merge(tally.cache, counts.cache);
    merge(tally.steps, counts.steps);
    merge(tally.browsers, counts.browsers ?? {});
    merge(tally.devices, counts.devices ?? {});
    for (const [name, written] of Object.entries(measures))
      tally.measures.set(name as Measure, Distribution.read(written));
    return tally;
  }
}

const stepsOfRow = ({ outcome, ...row }: CountedRow): readonly Step[] => {
  const marks: WidgetReport['marks'] = {
    ...(row.m_opened !== null && { opened: row.m_opened }),
    ...(row.m_slot_chosen !== null && { 'slot-chosen': row.m_slot_chosen }),
    ...(row.m_booked !== null && { booked: row.m_booked }),
  };
  return stepsOf({ outcome: outcome as Outcome, marks });
};
