import type { LoadReport } from '../src/protocol/load-report.js';
import { createCompanion, type Companion } from '../src/server/index.js';
import { sampleDeliveries, type SampleDelivery } from './sample-bookings.js';
import { sampleReports, SAMPLE_PAGES } from './sample-reports.js';
import { sendDeliveries } from './send-deliveries.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days that sample data reaches back: twice the longest period of the dashboard, so that it has one to compare with. */
export const SAMPLE_DAYS = 60;

/** How fine sample data is, by its age in days: the companion stores a report at the moment it comes, so each step costs a write. */
const STEPS = [
  { from: SAMPLE_DAYS, to: 14, step: DAY },
  { from: 14, to: 2, step: 6 * HOUR },
  { from: 2, to: 0, step: HOUR },
] as const;

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';

/** What the made-up visitors browse with, one after the other. */
const BROWSERS = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Safari/537.36`,
  `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`,
  `Mozilla/5.0 (Linux; Android 10; K) ${BLINK} Mobile Safari/537.36`,
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.6 Safari/605.1.15`,
  `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Safari/537.36 Edg/140.0.0.0`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Safari/537.36`,
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
] as const;
const METRICS = 'http://companion.invalid/v1/metrics';

/** The starts and lengths of all steps of some days that begin after `since`, in milliseconds since 1970. */
function stepsUntil(
  now: number,
  days: number,
  since: number,
): { readonly at: number; readonly length: number }[] {
  return STEPS.flatMap(({ from, to, step }) => {
    const count = ((from - to) * DAY) / step;
    const start = now - from * DAY;
    return Array.from({ length: count }, (_, i) => ({ at: start + i * step, length: step }));
    // Not the step in which the last one was.
  }).filter(({ at }) => at >= now - days * DAY && at > since + HOUR / 2);
}

/** Companions that write at the same time: each collects the reports of a moment before it stores them. */
const WRITERS = 6;

const TOKEN = 'opens-the-companion-of-the-sample-data';
const SECRET = 'signs-the-deliveries-of-the-sample-data';

/** A companion with another clock. */
async function openWriter(data: string, now: () => number): Promise<Companion> {
  return createCompanion({
    data,
    token: TOKEN,
    webhooks: { cal: SECRET, calendly: SECRET },
    now,
    log: 'silent',
    metricsDays: SAMPLE_DAYS + 2,
    clientLimit: 1_000_000,
    proxies: 1, // so that each visitor has an address: the companion limits what one client may send
  });
}

/** When the newest sample was, in milliseconds since 1970; 0 without any. */
async function newestSample(data: string, now: number): Promise<number> {
  const companion = await openWriter(data, () => now);
  try {
    const newest = SAMPLE_PAGES.map(async (page) => {
      const query = new URLSearchParams({ window: `${SAMPLE_DAYS}d`, page, limit: '1' });
      const headers = { authorization: `Bearer ${TOKEN}` };
      const response = await companion.fetch(new Request(`${METRICS}?${query}`, { headers }));
      const { loads } = (await response.json()) as { readonly loads: readonly { readonly at: string }[] };
      return loads[0] ? Date.parse(loads[0].at) : 0;
    });
    return Math.max(...(await Promise.all(newest)));
  } finally {
    await companion.close();
  }
}

let visitors = 0;

/** A visitor's address that no other one has. */
function nextAddress(): string {
  visitors++;
  return `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
}

async function send({ fetch }: Companion, report: LoadReport): Promise<void> {
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'x-forwarded-for': nextAddress(),
    'user-agent': BROWSERS[visitors % BROWSERS.length] ?? BROWSERS[0],
  };
  const response = await fetch(
    new Request(METRICS, { method: 'POST', headers, body: JSON.stringify(report) }),
  );
  if (!response.ok)
    throw new Error(`the sample data was refused with ${response.status}: ${await response.text()}`);
}

/**
 * Adds load reports of made-up visitors of the last days to the companion of a folder, as browsers send them, and their
 * bookings, as scheduling services deliver them. Data from an earlier start stays; only what has happened since then is
 * added. The folder must not be in use.
 */
export async function addSampleData(
  data: string,
  { now = Date.now(), days = SAMPLE_DAYS }: { readonly now?: number; readonly days?: number } = {},
): Promise<void> {
  const steps = stepsUntil(now, days, await newestSample(data, now));
  const deliveries: SampleDelivery[] = [];

  async function write(): Promise<void> {
    let clock = now;
    const companion = await openWriter(data, () => clock);
    try {
      for (let step = steps.shift(); step; step = steps.shift()) {
        clock = step.at;
        const reports = sampleReports({ ...step, now });
        deliveries.push(...sampleDeliveries(reports, { ...step, now }));
        await Promise.all(reports.map((report) => send(companion, report)));
      }
    } finally {
      clock = now;
      await companion.close();
    }
  }
  await Promise.all(Array.from({ length: Math.min(WRITERS, steps.length) }, write));

  // Deliveries say themselves when something happened, so that they need no clock in the past.
  const companion = await openWriter(data, () => now);
  try {
    await sendDeliveries(companion, deliveries, { secret: SECRET, now });
  } finally {
    await companion.close();
  }
}
