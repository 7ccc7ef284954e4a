import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { call, runService, type TestService } from './running-service.js';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly triggerEvent?: string;
    readonly event?: string;
    readonly payload: Record<string, unknown>;
  };
}

let service: TestService;
let listener: Server;
let url = '';
let host = '';
let count = 0;
const deliveries: Delivery[] = [];

before(async () => {
  service = await runService('2026-03-16T08:00:00Z');
  listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      deliveries.push({ headers: request.headers, text, body: JSON.parse(text) as Delivery['body'] });
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
});
after(async () => {
  listener.close();
  await service.close();
});
beforeEach(() => {
  host = `test-hooks-${++count}`;
  deliveries.length = 0;
});

const subscribe = (more: object, match = host): Promise<unknown> =>
  call(service.control, { method: 'POST', body: { match, webhooks: [{ url, ...more }] } });

const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await call(`${service.cal}/v2/bookings${path}`, {
    version: '2024-08-13',
    method: 'POST',
    body,
  });
  await service.service.webhooks.settled();
  return (answer.body as { data: Record<string, unknown> }).data;
};
const book = (eventTypeSlug = 'always'): Promise<Record<string, unknown>> =>
  post('', {
    start: '2026-04-13T10:00:00.000Z',
    eventTypeSlug,
    username: host,
    attendee: { name: 'Ada', email: 'ada@example.com', timeZone: 'Europe/Berlin' },
    metadata: { utm_source: 'news' },
  });

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
const only = (): Delivery => {
  assert.equal(deliveries.length, 1);
  const [delivery] = deliveries;
  assert.ok(delivery);
  return delivery;
};

describe('webhooks in Cal.com’s manner', () => {
  it('tell a booking, signed over the raw body', async () => {
    await subscribe({ secret: 'sesame' });
    const { uid } = await book();
    const { headers, text, body } = only();
    assert.equal(headers['x-cal-signature-256'], hmac('sesame', text));
    assert.equal(headers['x-cal-webhook-version'], '2021-10-20');
    assert.equal(body.triggerEvent, 'BOOKING_CREATED');
    const { uid: delivered, type, startTime, status, metadata } = body.payload;
    assert.deepEqual(
      { delivered, type, startTime, status, metadata },
      {
        delivered: uid,
        type: 'always',
        startTime: '2026-04-13T10:00:00.000Z',
        status: 'ACCEPTED',
        metadata: { utm_source: 'news' },
      },
    );
  });

  it('write a word instead of a signature when there is no secret', async () => {
    await subscribe({});
    await book();
    assert.equal(only().headers['x-cal-signature-256'], 'no-secret-provided');
  });

  it('tell a move under the new uid with the old one beside it, then the cancellation', async () => {
    const { uid: old } = await book();
    await subscribe({ secret: 'sesame' });
    const { uid } = await post(`/${String(old)}/reschedule`, { start: '2026-04-13T12:00:00.000Z' });
    const { payload, triggerEvent } = only().body;
    assert.equal(triggerEvent, 'BOOKING_RESCHEDULED');
    assert.equal(payload['uid'], uid);
    assert.equal(payload['rescheduleUid'], old);
    assert.equal(payload['rescheduleStartTime'], '2026-04-13T10:00:00.000Z');
    deliveries.length = 0;
    await post(`/${String(uid)}/cancel`, { cancellationReason: 'ill' });
    assert.equal(only().body.triggerEvent, 'BOOKING_CANCELLED');
    assert.equal(only().body.payload['cancellationReason'], 'ill');
  });

  it('tell those who asked about this host only, and nobody after a reset', async () => {
    await subscribe({}, `${host}-other`);
    await book();
    assert.equal(deliveries.length, 0);
    await subscribe({});
    await call(`${service.control}/reset`, { method: 'POST', body: { match: host } });
    await book();
    assert.equal(deliveries.length, 0);
  });

  it('do not keep a booking from being made when nobody answers', async () => {
    await call(service.control, {
      method: 'POST',
      body: { match: host, webhooks: [{ url: 'http://127.0.0.1:1/' }] },
    });
    assert.equal(typeof (await book())['uid'], 'string');
  });
});

describe('webhooks in Calendly’s manner', () => {
  it('are signed over time and body, and tell a move as two deliveries', async () => {
    const { uid: old } = await book();
    await subscribe({ secret: 'sesame', style: 'calendly' });
    const { uid } = await post(`/${String(old)}/reschedule`, { start: '2026-04-13T12:00:00.000Z' });
    assert.equal(deliveries.length, 2);
    for (const { headers, text } of deliveries) {
      const [, t = '', v1] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['calendly-webhook-signature'])) ?? [];
      assert.equal(v1, hmac('sesame', `${t}.${text}`));
      assert.equal(Number(t) * 1000, service.now);
    }
    const named = (event: string): Record<string, unknown> | undefined =>
      deliveries.find(({ body }) => body.event === event)?.body.payload;
    assert.equal(named('invitee.canceled')?.['rescheduled'], true);
    assert.match(String(named('invitee.canceled')?.['new_invitee']), new RegExp(String(uid)));
    assert.match(String(named('invitee.created')?.['old_invitee']), new RegExp(String(old)));
  });
});
