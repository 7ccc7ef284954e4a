import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Problem, problemResponse } from '../../src/server/http/problem.js';
import { openContext } from '../../src/server/open-context.js';
import { webhooksFeature } from '../../src/server/webhooks/webhooks-routes.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { openPlace } from './places.js';
import { until } from './until.js';

const MEGABYTE = 1_048_576;
const START = Date.parse('2026-03-05T09:00:00Z');
const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

/** Whatever was due has happened. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A delivery whose body comes as the test gives it out. */
function inPieces(): {
  readonly request: Request;
  give: (piece: Uint8Array) => void;
  end: () => void;
  /** All that was given has been read, and more is waited for. */
  readonly isRead: () => boolean;
  readonly isGivenUp: () => boolean;
} {
  let body: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isGivenUp = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void (body = controller),
    cancel: () => void (isGivenUp = true),
  });
  return {
    request: new Request('http://companion.test/v1/webhooks/cal', {
      method: 'POST',
      headers: { 'x-cal-signature-256': 'a'.repeat(64) },
      body: stream,
      duplex: 'half',
    } as RequestInit),
    give: (piece) => body?.enqueue(piece),
    end: () => body?.close(),
    isRead: () => body?.desiredSize === 1,
    isGivenUp: () => isGivenUp,
  };
}

describe('deliveries that take their time', () => {
  async function scene(): Promise<(request: Request, address?: string) => Promise<Response>> {
    const place = await openPlace('embedded');
    const context = await openContext({ ...place.where, log: 'silent', webhooks: SECRETS });
    ends.push(
      () => place.close(),
      () => context.close(),
    );
    const { ownLimits } = webhooksFeature(context, { add: (jobs) => Promise.resolve(jobs.length) });
    assert.ok(ownLimits);
    ownLimits.onError((cause, c) => {
      assert.ok(cause instanceof Problem, String(cause));
      return problemResponse(c, cause);
    });
    return async (request, address) => ownLimits.fetch(request, { address });
  }

  it('are given up after ten seconds, and answered so', async (t) => {
    const deliver = await scene();
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const slow = inPieces();
    let status = 0;
    const answer = deliver(slow.request).then((response) => {
      ({ status } = response);
      return response;
    });
    slow.give(new TextEncoder().encode('{'));
    await until(slow.isRead);
    t.mock.timers.tick(9_999);
    await turn();
    assert.deepEqual([status, slow.isGivenUp()], [0, false]);
    t.mock.timers.tick(1);
    assert.ok(slow.isGivenUp());
    const problem = (await (await answer).json()) as { code: string };
    assert.deepEqual([status, problem.code], [408, 'too-slow']);
  });

  it('of strangers fill half of the memory for deliveries, one of them a sixth, and signers find room all the same', async () => {
    const deliver = await scene();
    const piece = new Uint8Array(MEGABYTE); // always the same: the test needs no memory itself
    const small = (i: number) => signedByCal(calBody('BOOKING_CREATED', `uid-${i}`, START));
    const large = (i: number) =>
      signedByCal(
        calBody('BOOKING_CREATED', `large-${i}`, START, { metadata: { x: 'x'.repeat(9 * MEGABYTE) } }),
      );
    assert.equal((await deliver(small(0), '192.0.2.1')).status, 202);
    const strangers = Array.from({ length: 3 }, inPieces);
    const answers = strangers.map(({ request }, i) => deliver(request, `198.51.100.${i}`));
    for (const { give } of strangers) for (let i = 0; i < 10; i++) give(piece);
    await until(() => strangers.every(({ isRead }) => isRead()));

    // Of these 30 MB none is a signed one's. A stranger finds no room for a large one, and room for a real one.
    const refused = await deliver(large(1), '198.51.100.9');
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal(((await refused.json()) as { code: string }).code, 'too-many-deliveries');
    assert.equal((await deliver(large(2), '198.51.100.0')).status, 503, 'one of them a sixth');
    assert.equal((await deliver(small(3), '198.51.100.9')).status, 202, 'small ones need no room');
    assert.equal((await deliver(large(4), '192.0.2.1')).status, 202, 'whose last was signed goes before');
    assert.equal((await deliver(large(5), '198.51.100.9')).status, 202, 'and so does this one by now');

    for (const { end } of strangers) end();
    assert.deepEqual(
      (await Promise.all(answers)).map(({ status }) => status),
      [401, 401, 401],
    );
    assert.equal((await deliver(large(6), '198.51.100.7')).status, 202, 'the room is given back');
  });

  it('of a client that has sent many unsigned ones are read as long as they are small', async () => {
    const deliver = await scene();
    const wrong = (): Request => signedByCal(calBody('BOOKING_CREATED', 'uid', START), 'a wrong secret');
    for (let i = 0; i < 60; i++) assert.equal((await deliver(wrong(), '198.51.100.1')).status, 401);
    const large = signedByCal(
      calBody('BOOKING_CREATED', 'large', START, { metadata: { x: 'x'.repeat(MEGABYTE) } }),
    );
    assert.equal((await deliver(large, '198.51.100.1')).status, 429);
    const genuine = signedByCal(calBody('BOOKING_CREATED', 'uid', START));
    assert.equal((await deliver(genuine, '198.51.100.1')).status, 202);
  });
});
