import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { availabilitySchema } from '../../src/protocol/availability-schema.js';
import type { CompanionOptions } from '../../src/server/index.js';
import { acuityTalk, easyTalk, hubspotTalk } from './fake-schedulers.js';
import { fakeUpstream, json, type FakeUpstream, type Talk } from './fake-upstream.js';
import { onEachEngine } from './places.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const STARTS = ['2026-03-03T22:30:00.000Z', '2026-03-04T09:00:00.000Z'];

type Upstream = NonNullable<CompanionOptions['upstreams']>[number];

const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

const SOURCES: readonly {
  readonly name: string;
  readonly page: string;
  readonly talk: Talk;
  readonly secret: string;
  readonly upstream: (api: string) => Upstream;
}[] = [
  {
    name: 'Acuity',
    page: 'https://acme.as.me/schedule.php?appointmentType=101',
    talk: acuityTalk(STARTS),
    secret: 'acuity-key-1',
    upstream: (api) => ({
      provider: 'acuity',
      api,
      userId: 4711,
      apiKey: 'acuity-key-1',
      pages: ['https://acme.as.me'],
    }),
  },
  {
    name: 'HubSpot',
    page: 'https://meetings.hubspot.com/ada/intro',
    talk: hubspotTalk(STARTS),
    secret: 'hubspot-token-1',
    upstream: (api) => ({ provider: 'hubspot', api, token: 'hubspot-token-1' }),
  },
  {
    name: 'Easy!Appointments',
    page: 'https://book.example.com/?service=2',
    talk: easyTalk(STARTS),
    secret: 'none',
    upstream: (api) => ({
      provider: 'easyappointments',
      api,
      pages: ['https://book.example.com'],
      timeZone: 'Europe/Berlin',
      services: [{ id: 2, minutes: 30 }],
    }),
  },
];

onEachEngine('availability of services that are asked day by day or month by month', (open) => {
  for (const { name, page, talk, secret, upstream } of SOURCES)
    describe(name, () => {
      const question = `http://companion.test/v1/availability?${new URLSearchParams({
        src: page,
        start: '2026-03-03T00:00:00Z',
        end: '2026-03-06T00:00:00Z',
        timeZone: 'Asia/Kolkata',
      })}`;

      it('is given out by its page alone, asked for once, and tells no secret', async () => {
        const service = await fakeUpstream(talk);
        upstreams.push(service);
        const place = await open();
        const companion = await place.companion({ now: () => NOW, upstreams: [upstream(service.origin)] });
        const first = await companion.fetch(new Request(question));
        const text = await first.text();
        assert.equal(first.status, 200, text);
        const { slots } = availabilitySchema.parse(JSON.parse(text));
        assert.deepEqual(
          slots.map(({ start, end }) => [Date.parse(start), Date.parse(end ?? '') - Date.parse(start)]),
          STARTS.map((start) => [Date.parse(start), 1_800_000]),
        );
        assert.doesNotMatch(`${text}${JSON.stringify([...first.headers])}`, RegExp(secret));
        const asked = service.arrived.length;
        const second = await companion.fetch(new Request(question));
        assert.match(second.headers.get('cache-status') ?? '', /hit/);
        assert.equal(service.arrived.length, asked);
      });

      it('is a failure in words when the service is down, and none of its words', async () => {
        const service = await fakeUpstream(() => json({ secretive: 'stack trace' }, { status: 500 }));
        upstreams.push(service);
        const place = await open();
        const companion = await place.companion({ now: () => NOW, upstreams: [upstream(service.origin)] });
        const answer = await companion.fetch(new Request(question));
        assert.equal(answer.status, 502);
        const text = await answer.text();
        assert.equal((JSON.parse(text) as { code: string }).code, 'upstream-status');
        assert.doesNotMatch(text, /stack trace/);
      });
    });
});
