import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { call, runService, setKnobs, type Answer, type TestService } from './running-service.js';

const NOW = '2026-03-16T08:00:00Z';
let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService(NOW);
});
after(() => service.close());
beforeEach(() => {
  host = `test-reading-${++count}`;
});

async function read(path: string, token = 'a-token'): Promise<Answer> {
  const response = await fetch(`${service.calendly}${path}`, {
    headers: { ...(token && { Authorization: `Bearer ${token}` }) },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

interface Type {
  readonly uri: string;
  readonly slug: string;
  readonly kind: string;
  readonly scheduling_url: string;
  readonly custom_questions: readonly { readonly name: string; readonly type: string }[];
  readonly locations: readonly { readonly kind: string }[];
}

async function typeOf(slug: string): Promise<Type> {
  const { body } = await read(`/event_types?user=https://api.calendly.com/users/${host}&count=100`);
  const found = (body as { collection: readonly Type[] }).collection.find((each) => each.slug === slug);
  assert.ok(found);
  const one = await read(new URL(found.uri).pathname);
  assert.deepEqual((one.body as { resource: Type }).resource, found);
  return found;
}

describe('what Calendly’s API says before a booking', () => {
  it('event types of a user with their questions and places, and nothing without a token', async () => {
    const { scheduling_url: page, custom_questions: questions, locations, kind } = await typeOf('questions');
    assert.equal(page, `${service.calendly}/${host}/questions`);
    assert.equal(kind, 'solo');
    assert.deepEqual(
      new Set(questions.map(({ type }) => type)),
      new Set(['phone_number', 'string', 'text', 'single_select', 'multi_select']),
    );
    assert.deepEqual(
      locations.map((each) => each.kind),
      ['zoom_conference', 'physical', 'outbound_call', 'ask_invitee'],
    );
    assert.equal((await read('/users/me', '')).status, 401);
    assert.equal((await read('/event_types/1')).status, 404);
  });

  it('what the knobs switch on: a group, a question of a type that nobody knows', async () => {
    await setKnobs(service, host, { seats: 5, 'unknown-field': true });
    const { kind, custom_questions: questions } = await typeOf('30min');
    assert.equal(kind, 'group');
    assert.deepEqual(
      questions.map(({ type }) => type),
      ['hologram'],
    );
  });

  it('free times of at most 31 days ahead, which go when they are booked', async () => {
    const { uri } = await typeOf('always');
    const times = async (start: string, end: string): Promise<Answer> =>
      read(
        `/event_type_available_times?${new URLSearchParams({ event_type: uri, start_time: start, end_time: end })}`,
      );
    const day = ['2026-03-17T00:00:00Z', '2026-03-18T00:00:00Z'] as const;
    const starts = async (): Promise<string[]> =>
      ((await times(...day)).body as { collection: { start_time: string }[] }).collection.map(
        (each) => each.start_time,
      );
    assert.equal((await starts()).length, 24);
    const booked = await fetch(`${service.calendly}/invitees`, {
      method: 'POST',
      headers: { Authorization: 'Bearer a-token', 'Content-Type': 'application/json' },
      body: JSON.stringify({
        event_type: uri,
        start_time: '2026-03-17T10:00:00Z',
        invitee: { name: 'Ada', email: 'ada@example.com', timezone: 'Europe/Paris' },
      }),
    });
    assert.equal(booked.status, 201);
    assert.equal((await starts()).includes('2026-03-17T10:00:00Z'), false);
    assert.equal((await times('2026-03-15T00:00:00Z', day[1])).status, 400, 'a start that has passed');
    assert.equal((await times(day[0], '2026-04-20T00:00:00Z')).status, 400, 'more than 31 days');
  });

  it('answers have to be to the host’s own questions, and a place one that is offered', async () => {
    const { uri } = await typeOf('questions');
    const invite = (more: object): Promise<Answer> =>
      call(`${service.calendly}/invitees?rate-limit=50`, {
        method: 'POST',
        body: { event_type: uri, ...more },
      });
    assert.equal((await invite({})).status, 401);
    const range = { event_type: uri, start_time: '2026-03-17T00:00:00Z', end_time: '2026-03-24T00:00:00Z' };
    const { body } = await read(`/event_type_available_times?${new URLSearchParams(range)}`);
    const [free] = (body as { collection: { start_time: string }[] }).collection;
    const send = async (more: object): Promise<number> => {
      const { status } = await fetch(`${service.calendly}/invitees?rate-limit=50`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${host}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          event_type: uri,
          start_time: free?.start_time,
          invitee: { name: 'Ada', email: 'ada@example.com', timezone: 'Europe/Paris' },
          ...more,
        }),
      });
      return status;
    };
    const needed = [
      { question: 'Company', answer: 'Acme', position: 1 },
      { question: 'I accept the terms', answer: 'Yes', position: 7 },
    ];
    assert.equal(await send({}), 400, 'a required question without an answer');
    assert.equal(
      await send({ questions_and_answers: [...needed, { question: 'company', answer: 'x', position: 1 }] }),
      400,
    );
    assert.equal(await send({ questions_and_answers: needed, location: { kind: 'outbound_call' } }), 400);
    assert.equal(
      await send({ questions_and_answers: needed, location: { kind: 'custom', location: 'x' } }),
      400,
    );
    assert.equal(
      await send({
        questions_and_answers: needed,
        location: { kind: 'outbound_call', location: '+33612345678' },
      }),
      201,
    );
  });
});
