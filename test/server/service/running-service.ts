import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type RunningService, type StartOptions } from '../../../demo/service/start-service.js';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'booking-service-'));

export interface TestService extends RunningService {
  /** The service's clock, in milliseconds since 1970; it stands still unless it is moved. */
  now: number;
  readonly dataDir: string;
}

/** A service on free ports with a diary of its own and a clock that stands still. */
export async function runService(now: string, options: StartOptions = {}): Promise<TestService> {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const clock = { now: Date.parse(now) };
  const running = await startService({ ...options, dataDir, now: () => clock.now });
  return {
    ...running,
    dataDir,
    get now() {
      return clock.now;
    },
    set now(value) {
      clock.now = value;
    },
    async close() {
      await running.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const SLOTS = '2024-09-04';

/** Calls the API with the version that knows `/v2/slots`, or another. */
export async function call(
  url: string,
  {
    version = SLOTS,
    method = 'GET',
    body,
  }: { version?: string | null; method?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(version !== null && { 'cal-api-version': version }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text ? (JSON.parse(text) as unknown) : null,
  };
}

interface SlotsBody {
  readonly status: string;
  readonly data: Readonly<Record<string, readonly { readonly start: string; readonly end?: string }[]>>;
}

/** Times of an answer of `/v2/slots`, by day. */
export const daysIn = ({ body }: Answer): SlotsBody['data'] => (body as SlotsBody).data;
export const startsIn = (answer: Answer): string[] =>
  Object.values(daysIn(answer)).flatMap((slots) => slots.map(({ start }) => start));

export const errorIn = ({ body }: Answer): { code: string; message: string } =>
  (body as { error: { code: string; message: string } }).error;

export const setKnobs = async (
  { control }: { readonly control: string },
  match: string,
  knobs: Readonly<Record<string, string | number | boolean | null>>,
): Promise<number> => (await call(control, { method: 'POST', body: { match, knobs } })).status;
