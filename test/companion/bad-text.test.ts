import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { parseInstant } from '../../src/server/http/instant.js';
import { isStorable, isStorableUrl } from '../../src/server/http/storable-text.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { aReport, beacon } from './reports.js';

const token = 'a-token-for-this-test';
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

onEachEngine('a character that no store takes', (open) => {
  it('is refused in every parameter, before anybody is asked', async () => {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const companion = await (
      await open()
    ).companion({
      token,
      webhooks: SECRETS,
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const paths = ['%00', '%ED%A0%80', '%2500', '%252500'].flatMap((bad) => [
      `/v1/availability?src=https://cal.com/acme/a${bad}b`,
      `/v1/availability?src=https%3A%2F%2Fcal.com%2Facme%2Fa${bad}b`,
      `/v1/availability?src=https://cal.com/acme/30min&timeZone=${bad}`,
      `/v1/availability?eventType=${bad}&provider=cal`,
      `/v1/live?src=https://cal.com/acme/a${bad}b`,
      `/v1/metrics?page=${bad}`,
      `/v1/metrics/summary?provider=${bad}`,
      `/v1/bookings/record?provider=cal&id=${bad}`,
      `/embed?src=https://cal.com/acme/30min&label=${bad}`,
      `/dashboard/${bad}`,
      `/v1/${bad}`,
    ]);
    for (const path of paths) {
      const answer = await companion.fetch(
        new Request(`http://companion.test${path}`, { headers: { authorization: `Bearer ${token}` } }),
      );
      assert.equal(answer.status, 400, path);
    }
    assert.equal(upstream.arrived.length, 0);
    for (const text of ['a\0b', 'a\ud800b']) {
      assert.equal((await companion.fetch(beacon(JSON.stringify(aReport({ page: text }))))).status, 400);
      const body = calBody('BOOKING_CREATED', text, Date.parse('2026-03-05T09:00:00Z'));
      assert.equal((await companion.fetch(signedByCal(body))).status, 400);
    }
    const notes = calBody('BOOKING_CREATED', 'uid', Date.now() + 86_400_000, { responses: 'a\0b' });
    assert.equal((await companion.fetch(signedByCal(notes))).status, 202, 'what is not kept does not matter');
  });
});

describe('text that can be stored', () => {
  it('has every character there is, in pairs where it takes two', () => {
    assert.ok(isStorable({ a: ['ü€😀\u2028', 1, null], b: true }));
    assert.ok(!isStorable({ a: ['\ud83d'] }));
    assert.ok(!isStorable({ 'a\0': 1 }));
    assert.ok(isStorableUrl('/embed?label=100%25&x=%F0%9F%98%80%ED%9F%BF'));
  });
});

describe('an instant', () => {
  it('is a day of the calendar', () => {
    for (const wrong of ['2026-02-30', '2026-02-29T10:00:00Z', '2026-04-31', '2026-13-01', 'soon'])
      assert.equal(parseInstant(wrong), undefined, wrong);
    for (const right of ['2028-02-29', '2026-12-31T23:59:59+02:00', '2026-01-01T00:00:00.000Z'])
      assert.equal(parseInstant(right), Date.parse(right), right);
  });

  it('that is none is an error where times are asked for', async () => {
    const { createCompanion } = await import('../../src/server/index.js');
    const { openPlace } = await import('./places.js');
    const place = await openPlace('embedded');
    const companion = await createCompanion({ ...place.where, log: 'silent' });
    const answer = await companion.fetch(
      new Request('http://companion.test/v1/availability?src=https://cal.com/a/b&start=2026-02-30'),
    );
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { code: string }).code, 'bad-instant');
    await companion.close();
    await place.close();
  });
});
