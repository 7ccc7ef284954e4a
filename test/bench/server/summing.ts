// Works on load reports as a companion does, one kind of work for each message: `{ store, now }` as JSON is the first word.
import { forgetLoads, trimLoads } from '../../../src/server/metrics/forget-loads.js';
import { sumHours } from '../../../src/server/metrics/hours.js';
import { summarize } from '../../../src/server/metrics/summary.js';
import { openStore } from '../../../src/server/store/open-store.js';
import { tellHeld } from './held.js';

const DAY = 86_400_000;
const options = JSON.parse(process.argv[2] ?? '{}') as {
  readonly data?: string;
  readonly database?: string;
  readonly now: number;
};
const store = await openStore(
  { data: options.data ?? '', database: options.database, now: () => options.now },
  () => undefined,
);
const summary = (): Promise<unknown> =>
  summarize({ store }, { from: options.now - 30 * DAY, to: options.now, filter: {}, limit: 200 });

const WORK: Readonly<Record<string, () => Promise<unknown>>> = {
  'a summary': summary,
  'five summaries at once': () => Promise.all(Array.from({ length: 5 }, summary)),
  'hours summed up': () => sumHours(store, new AbortController().signal),
  'half of the rows removed': () => trimLoads(store, 100_000),
  'everything removed': () => forgetLoads(store, options.now),
};

process.on('message', (message) => {
  const work = WORK[String((message as { work?: string }).work)];
  if (work) void work().then(() => process.send?.({ done: true }));
});
process.on('SIGTERM', () => void store.close().then(() => process.exit()));
tellHeld();
console.log('ready');
