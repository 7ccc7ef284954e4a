import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { call, runService, setKnobs, startsIn, type TestService } from './running-service.js';

const START = '2026-04-13T10:00:00Z';
let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService('2026-03-16T08:00:00Z');
});
after(() => service.close());
beforeEach(() => {
  host = `test-invitees-${++count}`;
});

const invite = (more: object = {}, token: string | null = `token-${host}`): Promise<Response> =>
  fetch(`${service.calendly}/invitees`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== null && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      event_type: `https://api.calendly.com/event_types/${host}/always`,
      start_time: START,
      invitee: { name: 'Ada', email: 'ada@example.com', timezone: 'Europe/Paris' },
      ...more,
    }),
  });

const isFree = async (): Promise<boolean> => {
  const range = `start=${START}&end=${START}`;
  const url = `${service.cal}/v2/slots?username=${host}&eventTypeSlug=always&${range}`;
  return startsIn(await call(url)).length > 0;
};

describe('POST /invitees', () => {
  it('books into the same store, takes the slot away and answers the invitee', async () => {
    const response = await invite({ event_guests: ['bob@example.com'] });
    assert.equal(response.status, 201);
    const { resource } = (await response.json()) as { resource: Record<string, string> };
    assert.match(
      resource['uri'] ?? '',
      /^https:\/\/api\.calendly\.com\/scheduled_events\/\w+\/invitees\/\w+$/,
    );
    assert.equal(resource['status'], 'active');
    assert.equal((await fetch(resource['cancel_url'] ?? '')).status, 200);
    assert.equal(await isFree(), false);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });

  it('a slot that is taken is a 404 with the code already_filled, also of a hundred at once', async () => {
    await setKnobs(service, host, { 'rate-limit': 200 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => invite()));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    const lost = answers.find(({ status }) => status === 404);
    const { details } = (await lost?.json()) as { details: { code: string }[] };
    assert.equal(details[0]?.code, 'already_filled');
    assert.equal(answers.filter(({ status }) => status === 404).length, 99);
  });

  it('refuses a missing token, a body without what is needed, and more than ten requests a minute', async () => {
    assert.equal((await invite({}, null)).status, 401);
    assert.equal((await invite({ invitee: { name: 'Ada' } })).status, 400);
    assert.equal((await invite({ tracking: { utm_source: 'a' } })).status, 400, 'all six keys are needed');
    assert.equal((await invite({ event_type: 'https://api.calendly.com/event_types/none' })).status, 404);
    for (let i = 0; i < 8; i++) await invite();
    assert.equal((await invite()).status, 429);
  });

  it('fails as its knobs say, and a lost answer leaves a booking behind', async () => {
    await setKnobs(service, host, { 'booking-error': 'plan' });
    const plan = await invite();
    assert.equal(plan.status, 403);
    assert.match(await plan.text(), /only available on paid Calendly plans/);
    await setKnobs(service, host, { 'booking-error': 'rate-limited', 'retry-after': 9 });
    assert.equal((await invite()).headers.get('retry-after'), '9');
    await setKnobs(service, host, { 'booking-error': null, 'booking-lost': true });
    await assert.rejects(invite(), TypeError);
    assert.equal(await isFree(), false);
  });
});
