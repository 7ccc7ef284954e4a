import {
  FakeBrowser,
  FakeClock,
  FakeApi,
  hourlySlots,
  json,
  query,
  reply,
} from '../unit/availability/fake-browser.js';

/*
 * Visitors who come and go, with the real engine and a clock that runs as fast as it can. What they do is drawn from a
 * seeded generator, so that a figure changes only when the engine or the model does.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** mulberry32 */
export const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

export interface Model {
  readonly visitors: number;
  /** Milliseconds over which visitors arrive. */
  readonly span: number;
  /** Sessions per visitor, page views per session: min and max. */
  readonly sessions: readonly [number, number];
  readonly views: readonly [number, number];
  /** Milliseconds that a page is visible, min and max. */
  readonly dwell: readonly [number, number];
  /** Event types on the site; the first is wanted most. */
  readonly events: number;
  /** Share of views that are of the one event type a visitor came for; the others are of any. */
  readonly faithful: number;
  /** Requests a minute that the API takes from one address before it refuses all for a minute; all visitors share it. */
  readonly limit: number;
}

export interface Figures {
  views: number;
  /** Views whose first times came from the cache: fresh, or while they were confirmed. */
  fresh: number;
  stale: number;
  requests: number;
  refused: number;
  /** The most requests in any minute, and the most of one browser. */
  peak: number;
  peakOfBrowser: number;
}

const mostInAMinute = (moments: readonly number[]): number =>
  Math.max(0, ...moments.map((at) => moments.filter((other) => other >= at && other < at + MINUTE).length));

export async function simulate(model: Model, seed = 1): Promise<Figures> {
  const random = seeded(seed);
  const between = ([least, most]: readonly [number, number]) => least + random() * (most - least);
  const clock = new FakeClock(Date.parse('2026-11-23T08:00:00Z'));
  const sent: number[] = [];
  const ofBrowser: number[][] = [];
  let blocked = 0;
  let refused = 0;
  const figures: Figures = {
    views: 0,
    fresh: 0,
    stale: 0,
    requests: 0,
    refused: 0,
    peak: 0,
    peakOfBrowser: 0,
  };

  interface View {
    readonly at: number;
    readonly until: number;
    readonly event: number;
    readonly browser: FakeBrowser;
  }
  const views: View[] = [];
  for (let visitor = 0; visitor < model.visitors; visitor++) {
    const api = new FakeApi();
    const mine: number[] = [];
    ofBrowser.push(mine);
    api.delay = 400;
    api.handler = ({ url }) => {
      sent.push(clock.now);
      mine.push(clock.now);
      const recent = sent.filter((at) => at > clock.now - MINUTE).length;
      if (clock.now < blocked || recent > model.limit) {
        blocked = Math.max(blocked, clock.now + MINUTE);
        refused++;
        return reply('{}', 429);
      }
      return json(hourlySlots(url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? ''));
    };
    const browser = new FakeBrowser(clock, api);
    const event = Math.floor(random() ** 2 * model.events);
    for (let session = Math.round(between(model.sessions)); session > 0; session--) {
      let at = clock.now + random() * model.span;
      for (let count = Math.round(between(model.views)); count > 0; count--) {
        const until = at + between(model.dwell);
        const wanted = random() < model.faithful ? event : Math.floor(random() * model.events);
        views.push({ at, until, event: wanted, browser });
        at = until + between([SECOND, 20 * SECOND]);
      }
    }
  }

  views.sort((a, b) => a.at - b.at);
  for (const { at, until, event, browser } of views)
    clock.startTimer(at - clock.now, () => {
      const tab = browser.tab();
      const widget = tab.widget().load(query(`/host/${event}`));
      clock.startTimer(until - at, () => {
        figures.views++;
        const events = widget.newEvents();
        if (events.find((type) => type !== 'pending') === 'cached')
          figures[events[0] === 'pending' ? 'stale' : 'fresh']++;
        widget.controller.stop();
      });
    });
  await clock.advance(model.span + HOUR);
  return {
    ...figures,
    requests: sent.length,
    refused,
    peak: mostInAMinute(sent),
    peakOfBrowser: Math.max(...ofBrowser.map(mostInAMinute)),
  };
}

/** A day of a site with a few hosts. */
export const DAY: Model = {
  visitors: 100,
  span: 10 * HOUR,
  sessions: [1, 3],
  views: [3, 8],
  dwell: [10 * SECOND, 2 * MINUTE],
  events: 3,
  faithful: 0.9,
  limit: 120,
};

/** The morning on which a whole office is asked to book, from one address. */
export const OFFICE: Model = {
  visitors: 30,
  span: 5 * MINUTE,
  sessions: [1, 1],
  views: [3, 8],
  dwell: [5 * SECOND, MINUTE],
  events: 5,
  faithful: 0.8,
  limit: 120,
};
