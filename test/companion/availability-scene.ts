import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Availability } from '../../src/protocol/availability.js';
import { availabilitySchema } from '../../src/protocol/availability-schema.js';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { calSlots, fakeUpstream, type FakeUpstream, type Talk } from './fake-upstream.js';
import { type Place } from './places.js';

export const NOW = Date.parse('2026-03-02T08:00:00Z');
export const DAY = 86_400_000;
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

export async function upstreamThat(talk: Talk): Promise<FakeUpstream> {
  const upstream = await fakeUpstream(talk);
  upstreams.push(upstream);
  return upstream;
}

export const normal: Talk = (request) => calSlots(request);

export interface Clock {
  now: number;
}

export const optionsFor = (upstream: FakeUpstream, clock: Clock): CompanionOptions => ({
  now: () => clock.now,
  upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
});

export const question = (words: Readonly<Record<string, string>> = {}): string =>
  `http://companion.test/v1/availability?${new URLSearchParams({
    src: 'https://cal.com/acme/30min',
    start: '2026-03-03T00:00:00Z',
    end: '2026-03-06T00:00:00Z',
    timeZone: 'Europe/Berlin',
    ...words,
  })}`;

export const ask = (
  companion: Companion,
  words: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => companion.fetch(new Request(question(words), { headers }));

export const read = async (response: Response): Promise<Availability> => {
  const body = (await response.json()) as unknown;
  assert.equal(response.status, 200, JSON.stringify(body));
  return availabilitySchema.parse(body);
};

export const codeOf = async (response: Response): Promise<string> => {
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  return ((await response.json()) as { code: string }).code;
};

export async function scene(
  open: () => Promise<Place>,
  talk: Talk = normal,
  instances = 1,
): Promise<{
  upstream: FakeUpstream;
  clock: Clock;
  companions: Companion[];
  companion: Companion;
  place: Place;
}> {
  const upstream = await upstreamThat(talk);
  const clock = { now: NOW };
  const place = await open();
  const companions = [];
  for (let i = 0; i < instances; i++) companions.push(await place.companion(optionsFor(upstream, clock)));
  const [companion] = companions;
  assert.ok(companion);
  return { upstream, clock, companions, companion, place };
}
