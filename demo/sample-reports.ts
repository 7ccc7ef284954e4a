import { randomUUID } from 'node:crypto';
import type { FailureCode } from '../src/protocol/failure-code.js';
import type { LoadReport, WidgetReport } from '../src/protocol/load-report.js';
import { randomNumbers, type Random } from './random-numbers.js';

/** Nobody can have this host: `.example` is reserved (RFC 2606). The dashboard marks it as sample data. */
const HOST = 'https://sample-data.example';

/** Pages of the made-up site. */
export const SAMPLE_PAGES = [
  `${HOST}/book`,
  `${HOST}/`,
  `${HOST}/pricing`,
  `${HOST}/services/first-consultation`,
  `${HOST}/team/anna`,
  `${HOST}/blog/how-we-work`,
] as const;

/** Scheduling pages of the made-up site. */
const CALENDARS = {
  consultation: `${HOST}/calendars/first-consultation`,
  call: `${HOST}/calendars/short-call`,
  anna: `${HOST}/calendars/anna`,
} as const;

/** Behaviour of the made-up visitors of a page. The shares of all pages add up to 1; all other values are shares of the page's views. */
const HABITS = [
  { share: 0.34, booked: 0.085, slow: 1, mode: 'inline', provider: 'cal', calendar: CALENDARS.consultation },
  { share: 0.24, booked: 0.02, slow: 1.15, mode: 'popup', provider: 'cal', calendar: CALENDARS.call },
  { share: 0.16, booked: 0.045, slow: 1.05, mode: 'popup', provider: 'cal', calendar: CALENDARS.call },
  {
    share: 0.12,
    booked: 0.07,
    slow: 1.4,
    mode: 'inline',
    provider: 'calendly',
    calendar: CALENDARS.consultation,
  },
  { share: 0.08, booked: 0.05, slow: 1.6, mode: 'inline', provider: 'calendly', calendar: CALENDARS.anna },
  { share: 0.06, booked: 0.01, slow: 2.2, mode: 'popup', provider: 'cal', calendar: CALENDARS.call },
] as const;

const FAILURES: readonly FailureCode[] = ['timeout', 'timeout', 'offline', 'blocked-csp', 'provider-error'];

/** Views on a working day. */
const A_DAY = 110;

const HOUR = 3_600_000;

/** Views of an hour relative to the average hour. */
const busyness = (at: number): number => {
  const date = new Date(at);
  const isWeekend = date.getDay() === 0 || date.getDay() === 6;
  const hour = 0.15 + 1.7 * Math.max(0, Math.sin(((date.getHours() - 5) / 18) * Math.PI)) ** 1.5;
  return hour * (isWeekend ? 0.4 : 1.15);
};

/** Milliseconds around a typical value, with a long tail. */
const around = (typical: number, random: Random): number =>
  Math.round(typical * Math.exp(0.45 * (random() + random() + random() - 1.5) * 2));

function sampleWidget(habit: (typeof HABITS)[number], random: Random): WidgetReport {
  const { mode, provider, calendar, slow } = habit;
  const common = { instance: 1, provider, calendar, mode, loading: 'lazy', attempts: 1 };
  const visible = around(350, random);
  if (random() < 0.12)
    return { ...common, outcome: 'unseen', cache: 'off', attempts: 0, marks: { defined: 90 } };
  if (random() < 0.014) {
    const failure = FAILURES[Math.floor(random() * FAILURES.length)] ?? 'timeout';
    return { ...common, outcome: 'failed', failure, cache: 'miss', attempts: 4, marks: { visible } };
  }
  const isCached = random() < 0.58;
  const times = visible + (isCached ? around(25, random) : around(330 * slow, random));
  const opened = mode === 'inline' ? undefined : visible + around(4000, random);
  const begins = opened ?? visible;
  const ready = begins + around(820 * slow, random);
  const isOpened = mode === 'inline' || random() < 0.35;
  const chance = random();
  const booked = isOpened && chance < habit.booked * (mode === 'inline' ? 1 : 2.5);
  const chosen = booked || (isOpened && chance < 0.3);
  return {
    ...common,
    outcome: isOpened ? 'ready' : 'pending',
    cache: isCached ? (random() < 0.6 ? 'hit' : 'stale') : 'miss',
    marks: {
      defined: 90,
      visible,
      [isCached ? 'times-cached' : 'times-fresh']: times,
      ...(isOpened && {
        'frame-start': begins,
        ready,
        ...(opened !== undefined && { opened }),
      }),
      ...(chosen && { 'slot-chosen': ready + around(9000, random) }),
      ...(booked && { booked: ready + around(48_000, random) }),
    },
  };
}

/** Reports of made-up visitors of one stretch of time, in milliseconds since 1970; more of them the closer to `now`. */
export function sampleReports({
  at,
  length,
  now,
}: {
  readonly at: number;
  readonly length: number;
  readonly now: number;
}): LoadReport[] {
  const random = randomNumbers(Math.floor(at / HOUR));
  const hours = Math.round(length / HOUR);
  const busy = Array.from({ length: hours }, (_, i) => busyness(at + i * HOUR)).reduce(
    (sum, one) => sum + one,
    0,
  );
  const growth = 1.15 - (now - at) / (200 * 24 * HOUR);
  const views = Math.floor((A_DAY / 24) * busy * growth * (0.85 + random() * 0.3) + random());
  return Array.from({ length: views }, () => {
    let place = random();
    const page = HABITS.findIndex(({ share }) => (place -= share) < 0);
    const habit = HABITS[page] ?? HABITS[0];
    return {
      v: 1,
      id: randomUUID(),
      seq: 1,
      page: SAMPLE_PAGES[page] ?? SAMPLE_PAGES[0],
      version: 'sample-data',
      navigation: 'navigate',
      sampleRate: 1,
      vitals: { lcp: around(1250 * habit.slow, random), cls: 0.01, widgetCls: 0 },
      widgets: [sampleWidget(habit, random)],
    };
  });
}
