import { request, type ClientRequest } from 'node:http';
import { forget, TIMES_GONE } from '../../../src/server/availability/forget.js';
import { openContext } from '../../../src/server/open-context.js';
import { calSlots, fakeUpstream } from '../../companion/fake-upstream.js';
import { ms, quantile, type Stage, type Where } from './stage.js';
import { usageOf } from './usage.js';

const WANTED = 5000;
const BOOKINGS = 5;
/** A page without the event by then will not get it. */
const PATIENCE = 20_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** So many connections this process may have, and leave some for itself; Node has raised its limit as far as it may. */
function connections(): number {
  const { userLimits } = process.report.getReport() as unknown as {
    readonly userLimits?: { readonly open_files?: { readonly soft: number | string } };
  };
  const files = Number(userLimits?.open_files?.soft);
  return Number.isNaN(files) ? WANTED : Math.min(WANTED, files - 500);
}

/** Pages that listen; `onBooking` is called for each page that gets the event of a booking. */
class Pages {
  readonly #open: ClientRequest[] = [];
  lost = 0;
  onBooking = (): void => undefined;

  /** Fulfilled when the page has been greeted, or was refused. */
  open(url: string): Promise<void> {
    return new Promise((resolve) => {
      const lose = (): void => {
        this.lost++;
        resolve();
      };
      const listening = request(url, { agent: false }, (answer) => {
        if (answer.statusCode !== 200) return lose();
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          if (text.includes('event: here')) resolve();
          if (text.includes(`event: ${TIMES_GONE}`)) this.onBooking();
        });
      });
      listening.on('error', lose);
      listening.end();
      this.#open.push(listening);
    });
  }

  close(): void {
    for (const one of this.#open.splice(0)) one.destroy();
  }
}

/** Thousands of open pages on one instance: what each costs, and how long until all of them know of a booking. */
export async function listeners(where: Where, stage: Stage): Promise<void> {
  const upstream = await fakeUpstream((asked) => calSlots(asked));
  const options = {
    ...where,
    log: 'silent' as const,
    upstreams: [{ provider: 'cal' as const, pages: ['https://cal.com'], api: upstream.origin }],
  };
  const { origin, child } = await stage.startMeasured(
    'companion.ts',
    JSON.stringify({ ...options, live: { perClient: 1_000_000 } }),
  );
  const src = 'src=https://cal.com/acme/30min';
  await (await fetch(`${origin}/v1/availability?${src}`)).arrayBuffer();
  const before = await usageOf(child);
  const count = connections();
  const pages = new Pages();
  for (let i = 0; i < count; i += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, count - i) }, () => pages.open(`${origin}/v1/live?${src}`)),
    );
  const after = await usageOf(child);

  // Somebody books at another instance.
  const context = await openContext(options);
  const took: number[] = [];
  const deaf: number[] = [];
  for (let n = 0; n < BOOKINGS; n++) {
    const start = Math.ceil(Date.now() / DAY) * DAY + (9 + n) * HOUR;
    let informed = 0;
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, PATIENCE);
      pages.onBooking = () => {
        if (++informed < count) return;
        clearTimeout(late);
        resolve();
      };
      void forget(context, { provider: 'cal', slug: '30min', start, end: start + HOUR });
    });
    took.push(performance.now() - began);
    deaf.push(count - informed);
  }
  await context.close();
  const { lost } = pages;
  pages.close();
  await stage.stopAll();
  await upstream.close();
  const kilobytes = (of: 'memory' | 'resident'): string =>
    ((after[of] - before[of]) / count / 1024).toFixed(1);
  stage.row(
    `${count.toLocaleString('en')} listening pages, 1 instance`,
    `all informed of a booking after ${ms(quantile(took, 0.5))}, at worst ${ms(Math.max(...took))}; ${kilobytes('resident')} kB each (${kilobytes('memory')} of them JavaScript's)`,
    'every one within 1 s',
    lost === 0 && deaf.every((left) => left === 0) && Math.max(...took) <= 1000,
  );
}
