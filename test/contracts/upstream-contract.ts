import assert from 'node:assert/strict';
import { it } from 'node:test';
import { UpstreamFailure, type EventType, type Upstream } from '../../src/server/upstreams/upstream.js';
import type { Arrived, FakeUpstream, Reply, Talk } from '../companion/fake-upstream.js';

/** What differs from one scheduling service to another. */
export interface UpstreamCase {
  readonly name: string;
  /** A page of an event type, and other ways to write its address. */
  readonly page: string;
  readonly spellings: readonly string[];
  /** Pages that are not this account's, and pages of it without event type. */
  readonly strangers: readonly string[];
  readonly withoutEvent: readonly string[];
  /** The event type's id, and one that nobody has. */
  readonly id: string;
  readonly noId: string;
  readonly secret?: string;
  /** How the secret is shown; as a bearer's token if not said. */
  readonly authorization?: string;
  /** How a start comes out; as it went in if not said. */
  readonly written?: (start: string) => string;
  /** The service as it is when all is well, with these starts free; `undefined` for requests that are not about times. */
  readonly talk: (starts: readonly string[]) => Talk;
  readonly isAboutTimes: (request: Arrived) => boolean;
}

export interface UpstreamScene {
  readonly upstream: Upstream;
  readonly service: FakeUpstream;
  readonly now: number;
}

const DAY = 86_400_000;

const failureOf = async (work: Promise<unknown>): Promise<UpstreamFailure> => {
  const cause: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(cause instanceof UpstreamFailure, String(cause));
  return cause;
};

/** One suite for every upstream: what the rest of the companion relies on. */
export function upstreamContract(
  {
    page,
    spellings,
    strangers,
    withoutEvent,
    id,
    noId,
    secret,
    authorization = secret && `Bearer ${secret}`,
    written = (start) => start,
    talk,
    isAboutTimes,
  }: UpstreamCase,
  open: (talk: Talk) => Promise<UpstreamScene>,
): void {
  const eventOf = async (upstream: Upstream): Promise<EventType> => {
    const event = await upstream.eventAt(new URL(page));
    assert.ok(event);
    return event;
  };
  const caller = { who: 'test' };
  const later = (now: number, hours: number): string =>
    new Date(Math.ceil(now / DAY) * DAY + DAY + hours * 3_600_000).toISOString();
  const span = (now: number): { from: number; to: number } => {
    const from = Math.ceil(now / DAY) * DAY + DAY;
    return { from, to: from + 3 * DAY };
  };
  /** Well, but for questions about times. */
  const but = (reply: Reply): Talk => {
    const well = talk([]);
    return (request, response) => (isAboutTimes(request) ? reply : well(request, response));
  };

  it('serves its own pages and no others, whatever they look like', async () => {
    const { upstream } = await open(talk([]));
    for (const own of [page, ...spellings]) assert.equal(upstream.serves(new URL(own)), true, own);
    for (const stranger of strangers) assert.equal(upstream.serves(new URL(stranger)), false, stranger);
  });

  it('knows an event type by one key, however its address is written', async () => {
    const { upstream } = await open(talk([]));
    const { key } = await eventOf(upstream);
    for (const spelling of spellings)
      assert.equal((await upstream.eventAt(new URL(spelling)))?.key, key, spelling);
    for (const other of withoutEvent) assert.equal(await upstream.eventAt(new URL(other)), null, other);
  });

  it('finds an event type by its id, and none by another', async () => {
    const { upstream } = await open(talk([]));
    assert.equal((await upstream.eventById(id))?.id, id);
    assert.equal(await upstream.eventById(noId), null);
  });

  it('returns slots in order, each once, as they were written', async () => {
    const scene = await open(() => null);
    const { now, service, upstream } = scene;
    const starts = [later(now, 11), later(now, 9), later(now, 10), later(now, 9)];
    service.talk = talk(starts);
    const [answer] = await upstream.times(await eventOf(upstream), span(now), caller);
    assert.ok(answer && 'slots' in answer);
    assert.deepEqual(
      answer.slots.map(({ start }) => start),
      [starts[1], starts[2], starts[0]].map((start) => written(String(start))),
    );
    assert.equal(answer.at, now);
    assert.deepEqual({ from: answer.from, to: answer.to }, span(now));
    assert.ok(
      answer.slots.every(({ start, end }) => end === undefined || Date.parse(end) > Date.parse(start)),
    );
  });

  it('distinguishes a response without free slots from an empty response', async () => {
    const { upstream, service, now } = await open(talk([]));
    const event = await eventOf(upstream);
    const [answer] = await upstream.times(event, span(now), caller);
    assert.deepEqual(answer && 'slots' in answer ? answer.slots : undefined, []);
    service.talk = but({ body: '' });
    assert.equal((await failureOf(upstream.times(event, span(now), caller))).code, 'not-understood');
  });

  for (const [about, reply, code] of [
    ['HTML', { headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Down' }, 'not-understood'],
    ['another shape', { body: '{"data":[1,2],"collection":[{"status":1}]}' }, 'not-understood'],
    ['null', { body: 'null' }, 'not-understood'],
    ['404', { status: 404, body: '{}' }, 'not-found'],
    ['401', { status: 401, body: '{}' }, 'refused'],
    ['500', { status: 500, body: 'oops' }, 'status'],
    ['429', { status: 429, headers: { 'retry-after': '7' }, body: '{}' }, 'rate-limited'],
    ['a way elsewhere', { status: 307, headers: { location: 'http://169.254.169.254/' } }, 'refused'],
  ] as const)
    it(`reports the failure when the response is ${about}`, async () => {
      const { upstream, service, now } = await open(talk([]));
      const event = await eventOf(upstream);
      service.talk = but(reply);
      const failure = await failureOf(upstream.times(event, span(now), caller));
      assert.equal(failure.code, code);
      if (code === 'rate-limited') {
        assert.equal(failure.wait, 7000);
        const before = service.arrived.length;
        assert.equal((await failureOf(upstream.times(event, span(now), caller))).code, 'rate-limited');
        assert.equal(service.arrived.length, before, 'left alone for as long as it asked');
      }
    });

  it('stops reading a response that exceeds the size limit', async () => {
    const { upstream, service, now } = await open(talk([]));
    const event = await eventOf(upstream);
    service.talk = but({ body: `[${'"",'.repeat(1_500_000)}""]` });
    assert.equal((await failureOf(upstream.times(event, span(now), caller))).code, 'not-understood');
  });

  it('does not accept an incomplete response', async () => {
    const { upstream, service, now } = await open(talk([]));
    const event = await eventOf(upstream);
    const well = talk([]);
    service.talk = (request, response) => {
      if (!isAboutTimes(request)) return well(request, response);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('[]', () => response.destroy());
      return null;
    };
    assert.equal((await failureOf(upstream.times(event, span(now), caller))).code, 'unreachable');
  });

  it('sends its secret only to its own API, in a header', async () => {
    const { upstream, service, now } = await open(talk([]));
    const event = await eventOf(upstream);
    await upstream.times(event, span(now), caller);
    for (const { headers, path, query } of service.arrived) {
      assert.equal(headers['authorization'], authorization);
      assert.ok(secret === undefined || !`${path}?${query}`.includes(secret));
    }
    assert.ok(secret === undefined || !JSON.stringify([event, upstream.account]).includes(secret));
  });
}
