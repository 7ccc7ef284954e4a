import { waitUntil } from './wait-until.js';
import type { LoadReport } from '../../src/protocol/load-report.js';

/** One request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const { default: origin } = (await import(new URL('/__collector.js', location.href).href)) as {
  readonly default: string;
};

let tests = 0;

/** A place of this test's own at the collector, which really receives what the browser sends. */
export class Collector {
  private readonly base = `${origin}/${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${++tests}`;
  /** Same site as the page, another origin: cookies would come along, and a preflight would be needed for JSON. */
  readonly endpoint = `${this.base}/v1/metrics`;
  /** Is not answered before `release()`. */
  readonly hold = `${this.base}/hold`;

  async received(): Promise<readonly Received[]> {
    const response = await fetch(this.base);
    return (await response.json()) as Received[];
  }

  async release(): Promise<void> {
    await fetch(`${this.base}?release`);
  }

  /** The requests to the endpoint, once there are `count` of them. */
  async requests(count = 1): Promise<readonly Received[]> {
    let seen: readonly Received[] = [];
    await waitUntil(async () => {
      seen = (await this.received()).filter(({ path }) => path === '/v1/metrics');
      return seen.length >= count;
    }, `the collector did not get ${count} requests`);
    return seen;
  }

  async reports(count = 1): Promise<readonly LoadReport[]> {
    return (await this.requests(count)).map(({ body }) => JSON.parse(body) as LoadReport);
  }
}
