import Table from 'cli-table3';
import { HOUR_MS } from '../../scheduling/durations.js';
import { BadOptions } from '../index.js';
import { durationOf } from '../metrics/metrics-query.js';
import { summarize, type LoadsSummary, type MeasureSummary, type Summary } from '../metrics/summary.js';
import { openContext } from '../open-context.js';
import { readStatus, type Status } from '../status.js';
import { unsentOf, type CallFigures } from '../upstreams/call-tallies.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { booleanOf, type FlagTable } from './flags.js';

export const flags = {
  since: { type: 'string', about: 'how far back, such as 30m, 24h or 7d', variable: 'BOOKING_SINCE' },
  json: { type: 'boolean', about: 'for programs', variable: 'BOOKING_JSON' },
} as const satisfies FlagTable;

/** No colours: it is read in files and mails too. */
const style = { head: [], border: [] };

const count = (value: number): string => Math.round(value).toLocaleString('en');
const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);
const part = (of: number, all: number): string => (all > 0 ? percent(of / all) : '–');
const seconds = (ms: number | undefined): string =>
  ms === undefined ? '–' : ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const drawn = new Table({
    head: [...head],
    style,
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
};

const percentiles = (measure: MeasureSummary | undefined): string[] =>
  (['p50', 'p75', 'p95', 'p99'] as const).map((name) => seconds(measure?.[name]));

const partsRow = ({ name, ...loads }: LoadsSummary & { readonly name: string }): string[] => [
  name.length > 60 ? `${name.slice(0, 59)}…` : name,
  count(loads.count),
  part(loads.errors, loads.count),
  percent(loads.cacheShare),
  seconds(loads.measures['calendar-wait']?.p75),
];

const callsRow = (name: string, { sent, success, p50, p95, p99, slow, outcomes }: CallFigures): string[] => [
  name,
  count(sent),
  percent(success),
  ...[p50, p95, p99].map((time) => seconds(time ?? undefined)),
  count(slow),
  count(outcomes['rate-limited'] ?? 0),
  count(unsentOf(outcomes)),
];

/** A report for people: a few tables, the most telling first. */
export function reportText(summary: Summary, status: Status): string {
  const { from, to, measures, funnel, failures, by } = summary;
  const period = `${from.slice(0, 16).replace('T', ' ')} to ${to.slice(0, 16).replace('T', ' ')} UTC`;
  if (summary.count === 0 && status.upstreams.every(({ used, calls }) => used === 0 && calls.sent === 0))
    return `No loads were reported, ${period}.\n`;
  const blocks = [
    `Loads, ${period}`,
    table(
      ['loads', 'failed', 'times from cache', 'opened', 'time chosen', 'booked'],
      [
        [
          count(summary.count),
          part(summary.errors, summary.count),
          percent(summary.cacheShare),
          count(funnel.opened),
          count(funnel.chosen),
          count(funnel.booked),
        ],
      ],
    ),
    table(
      ['visitors waited', 'half', '75 %', '95 %', '99 %'],
      [
        ['for times', ...percentiles(measures['times-wait'])],
        ['for the calendar', ...percentiles(measures['calendar-wait'])],
      ],
    ),
  ];
  const parts = ['loads', 'failed', 'from cache', 'calendar, 75 %'];
  if (by.provider.length > 0) blocks.push(table(['provider', ...parts], by.provider.map(partsRow)));
  if (by.calendar.length > 1) blocks.push(table(['calendar', ...parts], by.calendar.map(partsRow)));
  for (const [title, counts] of [
    ['browser', summary.browsers],
    ['device', summary.devices],
  ] as const) {
    const most = Object.entries(counts).sort(([, a], [, b]) => b - a);
    if (most.length > 0)
      blocks.push(
        table(
          [title, 'loads'],
          most.map(([name, loads]) => [name, count(loads)]),
        ),
      );
  }
  if (by.slowest.length > 0)
    blocks.push(table(['slowest pages', ...parts], by.slowest.slice(0, 5).map(partsRow)));
  const why = Object.entries(failures).sort(([, a], [, b]) => b - a);
  if (why.length > 0)
    blocks.push(
      table(
        ['failure', 'loads'],
        why.map(([code, loads]) => [code, count(loads)]),
      ),
    );
  blocks.push(
    table(
      ['account', 'calls in the last minute', 'breaker'],
      status.upstreams.map(({ account, used, budget, breaker }) => [
        account,
        `${used} of ${budget}`,
        breaker,
      ]),
    ),
    table(
      ['requests to services', 'sent', 'succeeded', 'half', '95 %', '99 %', 'over 5 s', '429', 'not sent'],
      status.upstreams.flatMap(({ account, calls }) => [
        callsRow(account, calls),
        ...Object.entries(calls.operations).map(([name, figures]) => callsRow(`  ${name}`, figures)),
      ]),
    ),
    `In the queue: ${status.queue.waiting} waiting, ${status.queue.failed} given up.`,
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Prints what visitors felt, from the store: no companion has to run. */
export async function run({ options, written }: Flags): Promise<void> {
  endInTime(1);
  const length = written['since'] === undefined ? HOUR_MS : durationOf(written['since']);
  if (length === undefined)
    throw new BadOptions(`\`since\`: must be like 30m, 24h or 7d, not ${JSON.stringify(written['since'])}`);
  const context = await openContext({ log: 'warn', ...options });
  try {
    const to = context.now() + 1;
    const [summary, status] = [
      await summarize(context, { from: to - length, to, filter: {}, limit: 10 }),
      await readStatus(context),
    ];
    const text = booleanOf('json', written['json'])
      ? `${JSON.stringify({ ...summary, status }, null, 2)}\n`
      : reportText(summary, status);
    process.stdout.write(text);
  } finally {
    await context.close();
  }
}
