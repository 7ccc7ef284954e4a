import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { it } from 'node:test';
import { Problem, problemResponse } from '../../src/server/http/problem.js';
import { serve } from '../../src/server/node.js';
import { openContext } from '../../src/server/open-context.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import { webhooksFeature } from '../../src/server/webhooks/webhooks-routes.js';
import { MAX_BYTES } from '../../src/server/webhooks/signed-body.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal, signedByCalendly } from './deliveries.js';
import { onEachEngine } from './places.js';
import {
  NOW,
  START,
  codeOf,
  rowOf,
  webhookScenesOn,
  created,
  createdAtCalendly,
  type WebhookScene,
} from './webhook-scene.js';

onEachEngine('deliveries', (open) => {
  const scene = webhookScenesOn(open);

  // Nothing of what is refused or ignored stays behind, so all of it can go to one companion.
  let shared: Promise<WebhookScene> | undefined;
  const sharedScene = (): Promise<WebhookScene> => (shared ??= scene());
  for (const [about, request, status, code] of [
    ['without a signature', () => unsigned('cal'), 401, 'no-signature'],
    ['of a webhook without secret', () => unsigned('cal', 'no-secret-provided'), 401, 'no-signature'],
    ['signed with another secret', () => signedByCal(created(), 'another secret'), 401, 'bad-signature'],
    ['with a signature that is none', () => unsigned('cal', 'sha256=abc'), 401, 'bad-signature'],
    [
      'signed in capitals and too long',
      () => unsigned('cal', `${'A'.repeat(64)}${'b'.repeat(9000)}`),
      401,
      'bad-signature',
    ],
    ['changed on its way', () => changed(signedByCal(created())), 401, 'bad-signature'],
    ['without a signature (Calendly)', () => unsigned('calendly'), 401, 'no-signature'],
    [
      'signed four minutes ago',
      () => signedByCalendly(createdAtCalendly(), NOW - 4 * 60_000),
      401,
      'stale-signature',
    ],
    [
      'signed in four minutes',
      () => signedByCalendly(createdAtCalendly(), NOW + 4 * 60_000),
      401,
      'stale-signature',
    ],
    [
      'signed with another key (Calendly)',
      () => signedByCalendly(createdAtCalendly(), NOW, 'another key'),
      401,
      'bad-signature',
    ],
    ['too large', () => signedByCal('x'.repeat(MAX_BYTES + 1)), 413, 'too-large'],
  ] as const)
    it(`are refused ${about}, and nothing of them is kept`, async () => {
      const { store, deliver } = await sharedScene();
      const answer = await deliver(request());
      assert.equal(await codeOf(answer), code);
      assert.equal(answer.status, status);
      assert.deepEqual(await queueDepth(store), { waiting: 0, underWay: 0, failed: 0, oldest: 0 });
    });

  it('are refused while no secret is set, and the answer says which', async () => {
    const { deliver } = await scene({ webhooks: { calendly: 'only-calendlys' } });
    const answer = await deliver(signedByCal(created()));
    assert.equal(answer.status, 403);
    const problem = (await answer.json()) as { code: string; detail: string };
    assert.equal(problem.code, 'no-webhook-secret');
    assert.match(problem.detail, /`webhooks.cal`/);
  });

  it('are believed with any of several secrets, while one replaces another', async () => {
    const { deliver } = await scene({ webhooks: { cal: ['the-new-secret', CAL_SECRET] } });
    assert.equal((await deliver(signedByCal(created('a')))).status, 202);
    assert.equal((await deliver(signedByCal(created('b'), 'the-new-secret'))).status, 202);
    assert.equal((await deliver(signedByCal(created('c'), 'the-third-secret'))).status, 401);
  });

  for (const [about, body] of [
    ['about a meeting', JSON.stringify({ triggerEvent: 'MEETING_STARTED', payload: {} })],
    ['about something new', JSON.stringify({ triggerEvent: 'BOOKING_DREAMED_OF', payload: { uid: 1 } })],
    ['that only try the address out', JSON.stringify({ triggerEvent: 'PING', payload: {} })],
    ['that are empty', '{}'],
    ['named like a part of every object', JSON.stringify({ triggerEvent: 'constructor' })],
    ['that are null', 'null'],
    ['that are a list', '[]'],
    ['that are a number', '7'],
  ] as const)
    it(`${about} are acknowledged, and there is nothing to do`, async () => {
      const { store, deliver } = await sharedScene();
      const answer = await deliver(signedByCal(body));
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), { is: 'ignored' });
      assert.deepEqual(await queueDepth(store), { waiting: 0, underWay: 0, failed: 0, oldest: 0 });
    });

  it('that cannot be stored are not acknowledged, and are taken when they are sent again', async () => {
    const context = await openContext({ ...(await open()).where, log: 'silent', webhooks: SECRETS });
    let isOut = true;
    const stored: string[] = [];
    const { ownLimits } = webhooksFeature(context, {
      add(jobs) {
        if (isOut) return Promise.reject(new Error('the disk is full'));
        stored.push(...jobs.map(({ key }) => key));
        return Promise.resolve(jobs.length);
      },
    });
    assert.ok(ownLimits);
    ownLimits.onError((cause, c) => {
      assert.ok(cause instanceof Problem);
      return problemResponse(c, cause);
    });
    const refused = await ownLimits.fetch(signedByCal(created()));
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    const text = await refused.text();
    assert.match(text, /not-stored/);
    assert.doesNotMatch(text, /disk/);
    isOut = false;
    assert.equal((await ownLimits.fetch(signedByCal(created()))).status, 202);
    assert.deepEqual(stored, [`cal ${createHash('sha256').update(created()).digest('hex')}`]);
    await context.close();
  });

  it('are not held back by the limits of clients', async () => {
    const { deliver } = await scene({ clientLimit: 1 });
    for (let i = 0; i < 5; i++) assert.equal((await deliver(signedByCal(created(`uid-${i}`)))).status, 202);
  });

  it('without end are read no further than they may be', async () => {
    const { deliver } = await scene();
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const answer = await deliver(
      new Request('http://companion.test/v1/webhooks/cal', {
        method: 'POST',
        headers: { 'x-cal-signature-256': 'a'.repeat(64) },
        body: endless,
        duplex: 'half',
      } as RequestInit),
    );
    assert.equal(await codeOf(answer), 'too-large');
    assert.ok(given < MAX_BYTES + 1_000_000);
  });

  it('that are large and genuine are read, over a socket too, and larger ones are refused', async () => {
    const { companion, store, drained } = await scene();
    const { origin, stop } = await serve(companion, { port: 0 });
    const large = calBody('BOOKING_CREATED', 'large', START, { metadata: { x: 'x'.repeat(5_000_000) } });
    assert.equal((await fetch(signedByCal(large, CAL_SECRET, origin))).status, 202);
    await drained();
    assert.equal(await rowOf(store, 'large'), 'accepted 03-05T09:00');
    // Without a length it cannot be refused at once.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = httpRequest(
        `${origin}/v1/webhooks/cal`,
        { method: 'POST', headers: { 'x-cal-signature-256': 'a'.repeat(64) } },
        (answer) => {
          resolve(answer.statusCode);
          sending.destroy();
        },
      );
      sending.on('error', reject);
      for (let i = 0; i < 12; i++) sending.write(Buffer.alloc(1_048_576));
      sending.end();
    });
    assert.equal(status, 413);
    await stop();
  });
});

const unsigned = (provider: string, signature?: string): Request =>
  new Request(`http://companion.test/v1/webhooks/${provider}`, {
    method: 'POST',
    body: provider === 'cal' ? created() : createdAtCalendly(),
    headers: signature === undefined ? {} : { 'x-cal-signature-256': signature },
  });

const changed = (request: Request): Request =>
  new Request(request.url, { method: 'POST', headers: request.headers, body: `${created()} ` });
