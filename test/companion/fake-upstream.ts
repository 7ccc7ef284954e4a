import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `performance.now()` */
  readonly at: number;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The reply to a request; null where the function writes the response itself. */
export type Talk = (request: Arrived, response: ServerResponse) => Reply | null | Promise<Reply | null>;

export interface FakeUpstream {
  readonly origin: string;
  readonly arrived: Arrived[];
  /** The most that were under way at one moment. */
  readonly mostAtOnce: number;
  readonly connections: number;
  talk: Talk;
  close(): Promise<void>;
}

export const json = (value: unknown, more: Reply = {}): Reply => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
  ...more,
});

const DAY = 86_400_000;

/** Times as Cal.com writes them: `perDay` on each day from `start` to `end`, from 09:00 UTC on, an hour each. */
export function calSlots({ query }: Arrived, perDay = 3): Reply {
  const [start, end] = ['start', 'end'].map((name) => Date.parse(query.get(name) ?? ''));
  if (start === undefined || end === undefined) throw new Error('no range');
  const data: Record<string, { start: string; end: string }[]> = {};
  for (let day = Math.floor(start / DAY) * DAY; day <= end; day += DAY) {
    const times = Array.from({ length: perDay }, (_, i) => day + (9 + i) * 3_600_000);
    const within = times.filter((time) => time >= start && time <= end);
    if (within.length > 0)
      data[new Date(day).toISOString().slice(0, 10)] = within.map((time) => ({
        start: new Date(time).toISOString(),
        end: new Date(time + 3_600_000).toISOString(),
      }));
  }
  return json({ status: 'success', data });
}

/** A scheduling service that says what a test wants it to. */
export async function fakeUpstream(talk: Talk): Promise<FakeUpstream> {
  const arrived: Arrived[] = [];
  let [underWay, most, connections] = [0, 0, 0];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://upstream.test');
    const one = {
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      at: performance.now(),
    };
    arrived.push(one);
    most = Math.max(most, ++underWay);
    response.on('close', () => underWay--);
    void (async () => {
      const reply = await fake.talk(one, response);
      if (!reply) return;
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(reply.body);
    })();
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeUpstream = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    get mostAtOnce() {
      return most;
    },
    get connections() {
      return connections;
    },
    talk,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}
