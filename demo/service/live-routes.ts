import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { eventAt } from './calendly-pages.js';
import { addressOf, keepWaiting, pathOf, queryOf, type Env } from './http.js';
import type { Service } from './service.js';
import type { Change } from './webhooks.js';

const DAY = 86_400_000;

/** The slots that a change takes, and those that it frees. */
function timesIn({ trigger, booking, old }: Change): { start: string; end: string; taken: boolean }[] {
  const { start, end } = booking;
  return [
    ...(old ? [{ start: old.start, end: old.end, taken: false }] : []),
    { start, end, taken: trigger !== 'BOOKING_CANCELLED' },
  ];
}

/** `GET /v1/live?src=…`: the events that a companion server would send. No events are kept for clients that reconnect. */
export function liveRoutes(service: Service): Hono<Env> {
  const app = new Hono<Env>();
  let id = 0;
  app.get('/live', (c) => {
    const query = queryOf(c);
    const pages = query.getAll('src').map((src) => {
      const parts = pathOf(src);
      return { src, key: parts && eventAt(service.catalogue, parts)?.key };
    });
    service.requests.add({
      time: service.clock(),
      provider: 'companion',
      method: 'GET',
      path: new URL(c.req.url).pathname,
      query,
      key: pages[0]?.key ?? '',
      address: addressOf(c),
      origin: c.req.header('origin') ?? '',
    });
    return streamSSE(c, async (stream) => {
      const say = (event: string, data: object): void =>
        void stream.writeSSE({ event, id: String(++id), data: JSON.stringify({ v: 1, ...data }) });
      const leave = service.webhooks.listen((change) => {
        const src = pages.filter(({ key }) => key === change.event.key).map((page) => page.src);
        if (src.length > 0) for (const times of timesIn(change)) say('times-gone', { src, ...times });
      });
      say('here', {});
      await keepWaiting(c, DAY);
      leave();
    });
  });
  return app;
}
