import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { createCompanion, type Companion } from '../../src/server/index.js';
import { serve, type Served } from '../../src/server/node.js';
import { calSlots, fakeUpstream, json, type FakeUpstream, type Talk } from './fake-upstream.js';
import { onEachEngine, openPlace, type Place } from './places.js';

const DAY = 86_400_000;
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

async function upstreamThat(talk: Talk): Promise<FakeUpstream> {
  const upstream = await fakeUpstream(talk);
  upstreams.push(upstream);
  return upstream;
}

/** All of Cal.com, or some pages of it, from this upstream. */
const calFrom = (
  { origin: api }: FakeUpstream,
  page = 'https://cal.com',
): { provider: 'cal'; pages: string[]; api: string } => ({ provider: 'cal', pages: [page], api });

/** Everything that comes back on a connection on which these bytes were sent. */
function say(port: number, ...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let reply = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
      socket.end();
    });
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => (reply += part));
    socket.on('close', () => resolve(reply));
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ECONNRESET' || cause.code === 'EPIPE') resolve(reply);
      else reject(cause);
    });
  });
}

const question = (query: string): string => `GET /v1/availability?${query} HTTP/1.1\r\nHost: x.test\r\n\r\n`;

const places: Place[] = [];
after(async () => {
  for (const each of places) await each.close();
});

describe('a companion that receives what is no request', () => {
  let place: Place;
  let upstream: FakeUpstream;
  let served: Served;
  before(async () => {
    place = await openPlace('embedded');
    upstream = await upstreamThat((request) => calSlots(request));
    const companion = await place.companion({ upstreams: [calFrom(upstream, 'https://cal.com/acme')] });
    served = await serve(companion, { port: 0 });
  });
  after(async () => {
    await served.stop();
    await place.close();
  });

  for (const [about, bytes, status, code] of [
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'bad-request'],
    ['TLS', Buffer.from('160301020001000', 'hex'), 400, 'bad-request'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad-request'],
    ['two lengths', 'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'length and chunks',
      'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}`,
      431,
      'headers-too-large',
    ],
    ['an endless address', question(`src=${'x'.repeat(40_000)}`), 431, 'headers-too-large'],
    ['a host that is none', 'GET /x HTTP/1.1\r\nHost: a b\r\n\r\n', 400, 'bad-request'],
    ['a host with a path', 'GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n', 400, 'bad-request'],
    ['no host', 'GET /x HTTP/1.1\r\n\r\n', 400],
    ['a back-slash', 'GET /\\evil.example HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'bad-request'],
    ['another host’s address', 'GET http://169.254.169.254/latest HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['bytes that are no UTF-8', Buffer.from(question('src=\xff\xfe\xc0'), 'latin1'), 400],
    ['percent signs that are no UTF-8', question('src=%ff%fe%c0%80'), 400, 'bad-src'],
    ['percent signs that are nothing', question('src=%zz%'), 400, 'bad-src'],
    ['a NUL', question('src=https://cal.com/acme/%00'), 400, 'bad-text'],
    ['names twice', question('src=http://127.0.0.1/a/b&src=https://cal.com/acme/30min'), 404],
    ['names as lists', question('src[]=https://cal.com/acme/30min'), 400, 'no-event-type'],
    ['no query', question(''), 400, 'no-event-type'],
    ['a method of its own', 'TRACE /v1/availability HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['a chunk that is none', 'POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
  ] as [string, string | Buffer, number, string?][])
    it(`says so to ${about}, and goes on`, async () => {
      const reply = await say(served.port, bytes);
      // A request whose body is bad has perhaps been answered already.
      assert.match(reply, new RegExp(`^HTTP/1.1 ${status} `), reply);
      if (code !== undefined) {
        assert.match(reply, /content-type: application\/problem\+json/i);
        assert.match(reply, new RegExp(`"code":"${code}"`));
      }
      assert.doesNotMatch(reply, /\n {4}at |node_modules|src\/server/);
      assert.equal(upstream.arrived.length, 0, 'nobody is asked');
      assert.equal((await fetch(`${served.origin}/healthz`)).status, 200);
    });

  it('goes on when clients hang up in the middle of a word', async () => {
    for (let i = 0; i < 50; i++)
      await new Promise<void>((resolve) => {
        const socket = connect(served.port, '127.0.0.1', () => {
          socket.write(question(`src=https://cal.com/acme/${i}`).slice(0, 20 + i));
          socket.resetAndDestroy();
        });
        socket.on('close', () => resolve());
        socket.on('error', () => undefined);
      });
    assert.equal((await fetch(`${served.origin}/healthz`)).status, 200);
  });
});

onEachEngine('a companion that is asked for names that nobody has', (open) => {
  const ask = (companion: Companion, words: Readonly<Record<string, string>>): Promise<Response> =>
    companion.fetch(new Request(`http://companion.test/v1/availability?${new URLSearchParams(words)}`));

  it('remembers no more of them than it may ask for', async () => {
    const place = await open();
    const upstream = await upstreamThat(() => json({}, { status: 404 }));
    const companion = await place.companion({ upstreams: [{ ...calFrom(upstream), budget: 8 }] });
    const statuses = new Set<number>();
    for (let i = 0; i < 60; i++)
      statuses.add((await ask(companion, { src: `https://cal.com/junk/${i}` })).status);
    assert.deepEqual([...statuses].sort(), [404, 503]);
    assert.ok(upstream.arrived.length <= 8);
    const store = await place.store();
    const { events } = await store
      .tables<{ availability_event: { event: string } }>()
      .selectFrom('availability_event')
      .select(({ fn }) => fn.countAll<number>().as('events'))
      .executeTakeFirstOrThrow();
    assert.equal(events, upstream.arrived.length);
  });

  for (const [about, words, code] of [
    ['an endless zone', { src: 'https://cal.com/acme/30min', timeZone: 'x'.repeat(10_000) }, 'bad-time-zone'],
    ['an offset for a zone', { src: 'https://cal.com/acme/30min', timeZone: '+25:00' }, 'bad-time-zone'],
    ['a preferred time that is none', { src: 'https://cal.com/acme/30min', preferred: 'NaN' }, 'bad-instant'],
    [
      'a day that is none',
      { src: 'https://cal.com/acme/30min', start: '2026-02-31T99:00:00Z' },
      'bad-instant',
    ],
    ['an endless id', { eventType: '1'.repeat(5000) }, 'no-event-type'],
    ['an id that climbs', { eventType: '../../me', provider: 'cal' }, 'unknown-event-type'],
    ['an id with words of its own', { eventType: '1&username=acme' }, 'unknown-event-type'],
    ['a provider that is not there', { eventType: '1', provider: 'constructor' }, 'unknown-event-type'],
    ['a script', { src: 'javascript:alert(1)' }, 'bad-src'],
    ['markup', { src: '<script>alert(1)</script>' }, 'bad-src'],
    ['a name and a password', { src: 'https://me:secret@evil.example/acme/30min' }, 'unknown-event-type'],
    ['numbers for an address', { src: 'http://2130706433/acme/30min' }, 'unknown-event-type'],
    ['an inward address in IPv6', { src: 'http://[::ffff:127.0.0.1]/acme/30min' }, 'unknown-event-type'],
    ['another port', { src: 'https://cal.com:8443/acme/30min' }, 'unknown-event-type'],
  ] as [string, Record<string, string>, string][])
    it(`answers ${about} in words, and asks nobody`, async () => {
      const upstream = await upstreamThat((request) => calSlots(request));
      const companion = await (await open()).companion({ upstreams: [calFrom(upstream)] });
      const answer = await ask(companion, words);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      const text = await answer.text();
      assert.equal((JSON.parse(text) as { code: string }).code, code);
      assert.ok(text.length < 600);
      assert.doesNotMatch(text, /secret/);
      assert.equal(upstream.arrived.length, 0);
    });
});

describe('a companion’s secrets', () => {
  it('are in no answer and no log line, whatever goes wrong', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(line) });
    const place = await openPlace('embedded');
    const replies = [
      () => json({ error: 'their-canary', echo: 'key-canary' }, { status: 500 }),
      () => json({ error: 'key-canary' }, { status: 401 }),
      () => ({ status: 302, headers: { location: 'http://127.0.0.1:9/key-canary' } }),
      () => ({ body: '<html>key-canary' }),
      () => ({ headers: { 'content-type': 'key-canary' }, body: 'key-canary' }),
      () => json({ data: { 'key-canary': [{ start: 'key-canary' }] } }),
    ];
    const upstream = await upstreamThat((_request, response) => {
      const reply = replies.shift();
      if (reply) return reply();
      response.destroy();
      return null;
    });
    places.push(place);
    const companion = await createCompanion({
      ...place.where,
      log,
      token: 'owner-token-canary',
      upstreams: [
        { ...calFrom(upstream), key: 'cal-key-canary' },
        { provider: 'calendly', token: 'calendly-token-canary', api: upstream.origin },
      ],
    });
    const answered: string[] = [];
    const tell = async (path: string, headers: Record<string, string> = {}): Promise<void> => {
      const request = new Request(`http://companion.test${path}`, { headers });
      const answer = await companion.fetch(request, { address: '192.0.2.77' });
      answered.push(JSON.stringify([...answer.headers]), await answer.text());
    };
    for (let i = 0; i < 8; i++)
      await tell(
        `/v1/availability?${new URLSearchParams({ src: `https://cal.com/page-canary/${i}`, start: new Date(Date.now() + DAY).toISOString() })}`,
      );
    await tell(`/v1/availability?src=https://calendly.com/page-canary/30min`);
    await tell('/healthz', { authorization: 'Bearer owner-token-canary' });
    await tell('/nothing', { authorization: 'Bearer guess-canary', cookie: 'session-canary' });
    await companion.close();
    assert.ok(lines.length > 5, 'something was logged');
    assert.doesNotMatch(lines.join('\n'), /canary|192\.0\.2\.77/);
    assert.doesNotMatch(answered.join('\n').replaceAll(/page-canary/g, ''), /canary/);
  });
});
