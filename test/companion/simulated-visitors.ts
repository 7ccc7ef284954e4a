import type { Companion } from '../../src/server/index.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import type { Place } from './places.js';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

export interface Clock {
  now: number;
}

/** Numbers from 0 to 1, the same in every run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export interface Simulation {
  readonly clock: Clock;
  readonly companions: readonly Companion[];
  readonly upstream: FakeUpstream;
  /** When the upstream received each call, by the simulated clock. */
  readonly calls: number[];
  close(): Promise<void>;
}

/** Instances on one store whose clock moves only when a test moves it, and by `latency` milliseconds with every call. */
export async function simulate(
  place: Place,
  begin: number,
  { instances = 1, latency = 0, perDay = 3 } = {},
): Promise<Simulation> {
  const clock = { now: begin };
  const calls: number[] = [];
  const upstream = await fakeUpstream((request) => {
    calls.push(clock.now);
    clock.now += latency;
    return calSlots(request, perDay);
  });
  const companions = [];
  for (let i = 0; i < instances; i++)
    companions.push(
      await place.companion({
        now: () => clock.now,
        upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
      }),
    );
  return { clock, companions, upstream, calls, close: () => upstream.close() };
}

export interface View {
  readonly page: string;
  /** Milliseconds since 1970: the beginning of the requested range. */
  readonly from: number;
  readonly days: number;
  readonly timeZone?: string;
}

/** Requests the slots that a page shows. */
export const view = (
  companion: Companion | undefined,
  { page, from, days, timeZone = 'UTC' }: View,
): Promise<Response> => {
  if (!companion) throw new Error('no such instance');
  const query = new URLSearchParams({
    src: `https://cal.com/${page}`,
    start: new Date(from).toISOString(),
    end: new Date(from + days * DAY).toISOString(),
    timeZone,
  });
  return companion.fetch(new Request(`http://companion.test/v1/availability?${query}`));
};

/** The maximum number of moments within any 60 seconds. */
export const busiestMinute = (moments: readonly number[]): number =>
  Math.max(0, ...moments.map((at) => moments.filter((one) => one >= at && one < at + MINUTE).length));

/**
 * When users request slots: they arrive one after another, evenly during `ramp` milliseconds, and each sends one request after
 * another until `length`, on average `pause` milliseconds apart.
 */
export function requestTimes(
  roll: () => number,
  {
    users,
    ramp,
    length,
    pause,
  }: { readonly users: number; readonly ramp: number; readonly length: number; readonly pause: number },
): number[] {
  const times: number[] = [];
  for (let user = 0; user < users; user++)
    for (let at = (ramp * (user + roll())) / users; at < length; at += pause * (0.5 + roll())) times.push(at);
  return times.sort((a, b) => a - b);
}
