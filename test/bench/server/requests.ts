import { calSlots, fakeUpstream, type FakeUpstream } from '../../companion/fake-upstream.js';
import type { Where } from './stage.js';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A budget of Cal.com's size; a call more in any minute is a violation. */
export const BUDGET = 120;

/** Options of a companion in a process of its own, as text. */
export const optionsFor = (where: Where, upstream: FakeUpstream, more: object = {}): string =>
  JSON.stringify({ ...where, ...upstreamsFor(upstream), ...more });

export const upstreamsFor = ({ origin }: FakeUpstream): object => ({
  upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: origin }],
});

/** The address of a page's slots. */
export const question = (
  origin: string,
  event: string,
  from: number,
  { days = 7, host = 'acme', preferred }: { days?: number; host?: string; preferred?: number } = {},
): string =>
  `${origin}/v1/availability?${new URLSearchParams({
    src: `https://cal.com/${host}/${event}`,
    start: new Date(from).toISOString(),
    end: new Date(from + days * DAY).toISOString(),
    timeZone: 'Europe/Berlin',
    ...(preferred !== undefined && { preferred: new Date(preferred).toISOString() }),
  })}`;

export const tomorrow = (now = Date.now()): number => Math.ceil(now / DAY) * DAY;

export const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/** A scheduling service that takes its time. */
export const slowly = (least: number, more: number): Promise<FakeUpstream> =>
  fakeUpstream(async (request) => {
    await sleep(least + Math.random() * more);
    return calSlots(request, 8);
  });

/** The busiest minute of what arrived; `speed` is how fast the companion's clock runs. */
export function busiest({ arrived }: FakeUpstream, speed = 1): number {
  const at = arrived.map((one) => one.at * speed);
  return Math.max(0, ...at.map((begin) => at.filter((one) => one >= begin && one < begin + MINUTE).length));
}

/** Chooses event types as sites do: a few very often, most seldom. */
export const popular = (names: number): string => `event-${Math.floor(names * Math.random() ** 3)}`;
