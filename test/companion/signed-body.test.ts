import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Problem, problemResponse } from '../../src/server/http/problem.js';
import { openContext } from '../../src/server/open-context.js';
import { webhooksArea } from '../../src/server/webhooks/webhooks-routes.js';
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
  async function scene(): Promise<(request: Request) => Promise<Response>> {
    const place = await openPlace('embedded');
    const context = await openContext({ ...place.where, log: 'silent', webhooks: SECRETS });
    ends.push(
      () => place.close(),
      () => context.close(),
    );
    const { ownLimits } = webhooksArea(context, { add: (jobs) => Promise.resolve(jobs.length) });
    assert.ok(ownLimits);
    ownLimits.onError((cause, c) => {
      assert.ok(cause instanceof Problem, String(cause));
      return problemResponse(c, cause);
    });
    return async (request) => ownLimits.fetch(request);
  }

  it('are given up after ten seconds, and told so', async (t) => {
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

  it('fill no more than 64 MB of memory together, and leave it to others when they end', async () => {
    const deliver = await scene();
    const piece = new Uint8Array(MEGABYTE); // always the same: the test needs no memory itself
    const large = Array.from({ length: 7 }, inPieces);
    const answers = large.map(({ request }) => deliver(request));
    for (const { give } of large) for (let i = 0; i < 9; i++) give(piece);
    // When these 63 MB are read, one of two finds a place.
    const [last, more] = [inPieces(), inPieces()];
    const [lastAnswer, moreAnswer] = [deliver(last.request), deliver(more.request)];
    await until(() => large.every(({ isRead }) => isRead()));
    last.give(piece);
    more.give(piece);
    await turn();
    assert.deepEqual([last.isGivenUp(), more.isGivenUp()].sort(), [false, true]);
    const refused = await Promise.race([lastAnswer, moreAnswer]);
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal(((await refused.json()) as { code: string }).code, 'too-many-deliveries');

    for (const { end, isGivenUp } of [...large, last, more]) if (!isGivenUp()) end();
    const statuses = (await Promise.all([...answers, lastAnswer, moreAnswer])).map(({ status }) => status);
    assert.deepEqual(
      statuses.sort(),
      [401, 401, 401, 401, 401, 401, 401, 401, 503],
      'whoever was read to the end was only not signed',
    );
    const genuine = signedByCal(
      calBody('BOOKING_CREATED', 'uid-1', START, { metadata: { x: 'x'.repeat(9 * MEGABYTE) } }),
    );
    assert.equal((await deliver(genuine)).status, 202);
  });
});
