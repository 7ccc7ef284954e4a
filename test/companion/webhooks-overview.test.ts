import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import type { Companion } from '../../src/server/index.js';
import type { WebhookOverview } from '../../src/server/webhooks/overview.js';
import { RefusalLog } from '../../src/server/webhooks/refusal-log.js';
import {
  CALENDLY_SECRET,
  calBody,
  calendlyBody,
  SECRETS,
  signedByCal,
  signedByCalendly,
} from './deliveries.js';
import { onEachEngine } from './places.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const START = NOW + 3 * DAY;
const token = 'a-token-for-this-test';

async function overview(companion: Companion): Promise<readonly [WebhookOverview, WebhookOverview]> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await companion.fetch(new Request('http://companion.test/v1/webhooks', { headers }));
  assert.equal(response.status, 200);
  const { webhooks } = (await response.json()) as { webhooks: WebhookOverview[] };
  const [cal, calendly] = webhooks;
  assert.ok(cal && calendly);
  return [cal, calendly];
}

onEachEngine('`GET /v1/webhooks`', (open) => {
  it('says of each provider what came of its deliveries, to the owner alone', async () => {
    const place = await open();
    const clock = { now: NOW };
    const options = { token, now: () => clock.now, webhooks: { calendly: CALENDLY_SECRET } };
    const companion = await place.companion({ ...options, webhooks: SECRETS });
    const other = await place.companion(options);
    assert.equal((await companion.fetch(new Request('http://companion.test/v1/webhooks'))).status, 401);
    assert.deepEqual((await overview(other))[0], {
      provider: 'cal',
      path: '/v1/webhooks/cal',
      hasSecret: false,
      lastReceived: null,
      lastGood: null,
      lastRefused: null,
      refused: 0,
      lastTest: null,
      unreadable: 0,
      lastUnreadable: null,
      triggers: {},
    });
    const deliver = async (request: Request, status: number): Promise<number> => {
      clock.now += 60_000;
      assert.equal((await companion.fetch(request)).status, status);
      return clock.now;
    };
    await deliver(signedByCal(calBody('BOOKING_CREATED', 'a', START)), 202);
    await deliver(signedByCal(calBody('BOOKING_CREATED', 'b', START)), 202);
    await deliver(signedByCal(calBody('BOOKING_CANCELLED', 'b', START)), 202);
    const good = await deliver(signedByCal(calBody('MEETING_ENDED', 'b', START)), 200);
    const unreadable = await deliver(
      signedByCal(calBody('BOOKING_PAID', 'c', START, { startTime: 'x' })),
      202,
    );
    await deliver(signedByCal(calBody('BOOKING_CREATED', 'd', START), 'another-secret'), 401);
    const refused = await deliver(
      new Request('http://companion.test/v1/webhooks/cal', { method: 'POST', body: '{}' }),
      401,
    );
    const stale = signedByCalendly(calendlyBody('invitee.created', 'x', START), clock.now - DAY);
    await deliver(stale, 401);
    const [cal, calendly] = await overview(companion);
    assert.deepEqual(cal, {
      provider: 'cal',
      path: '/v1/webhooks/cal',
      hasSecret: true,
      lastReceived: refused,
      lastGood: good,
      lastRefused: { at: refused, code: 'no-signature', why: 'X-Cal-Signature-256 is missing.' },
      refused: 2,
      lastTest: null,
      unreadable: 1,
      lastUnreadable: { at: unreadable, why: '`payload.startTime`: must be an instant' },
      triggers: { BOOKING_CANCELLED: 1, BOOKING_CREATED: 2, BOOKING_PAID: 1, MEETING_ENDED: 1 },
    });
    assert.deepEqual([calendly.lastRefused?.code, calendly.lastGood], ['stale-signature', null]);
    assert.deepEqual((await overview(other))[0], { ...cal, hasSecret: false }, 'all instances know');
    await companion.close();
    clock.now += 31 * DAY;
    assert.deepEqual((await overview(other))[0].triggers, {}, 'counts are those of a month');
  });

  it('names deliveries to a companion without a secret as refused', async () => {
    const companion = await (await open()).companion({ token, now: () => NOW });
    assert.equal((await companion.fetch(signedByCal(calBody('BOOKING_CREATED', 'a', START)))).status, 403);
    assert.equal((await overview(companion))[0].lastRefused?.code, 'no-webhook-secret');
  });

  it('stands beside a warning in the log for refused signatures, with nothing of the delivery', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn', base: null }, { write: (line: string) => void lines.push(line) });
    const companion = await (await open()).companion({ token, log, webhooks: SECRETS, now: () => NOW });
    for (let i = 0; i < 30; i++) {
      const forged = signedByCal(calBody('BOOKING_CREATED', `canary-${i}`, START), 'canary-secret');
      assert.equal((await companion.fetch(forged)).status, 401);
    }
    const refusals = lines.filter((line) => line.includes('a delivery was refused'));
    assert.deepEqual(
      refusals.map((line) => {
        const { level, provider, code, refused } = JSON.parse(line) as Record<string, unknown>;
        return [level, provider, code, refused];
      }),
      [[40, 'cal', 'bad-signature', 1]],
    );
    assert.doesNotMatch(lines.join(), /canary|personal/i);
  });
});

describe('the log of refused deliveries', () => {
  it('has one line a minute for each provider and reason, with the number of those before', () => {
    const clock = { now: 0 };
    const said: string[] = [];
    const log = new RefusalLog(
      { warn: (line: object) => void said.push(Object.values(line).join(' ')) },
      () => clock.now,
    );
    const refuse = (times: number): void => {
      for (let i = 0; i < times; i++) log.add('cal', 'bad-signature');
    };
    refuse(100);
    log.add('calendly', 'bad-signature');
    clock.now = 59_999;
    refuse(1);
    assert.deepEqual(said, ['cal bad-signature 1', 'calendly bad-signature 1']);
    clock.now = 60_000;
    refuse(2);
    assert.deepEqual(said.slice(2), ['cal bad-signature 101']);
  });
});
