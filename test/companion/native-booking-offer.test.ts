import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventDetailsSchema } from '../../src/protocol/event-details-schema.js';
import type { BookingOffer } from '../../src/protocol/booking.js';
import { calendlyForm, offerOf } from '../../src/server/upstreams/calendly-form.js';
import { inviteeBody } from '../../src/server/upstreams/calendly-invitee.js';
import { bookingService } from './booking-service.js';
import { onEachEngine } from './places.js';

const service = bookingService();

onEachEngine('whether an event type is booked through the companion', (open) => {
  async function offer(host: string, more?: object, slug = '30min'): Promise<BookingOffer | undefined> {
    const companion = await service.open(await open(), host, more);
    const query = new URLSearchParams({ src: service.page(host, slug) });
    const response = await companion.fetch(new Request(`http://companion.test/v1/event?${query}`));
    assert.equal(response.status, 200);
    return eventDetailsSchema.parse(await response.json()).booking;
  }

  it('is not said where the owner has not turned it on', async () => {
    assert.equal(await offer(service.host(), {}), undefined);
  });

  it('is said with the questions and places of the host', async () => {
    const found = await offer(service.host(), undefined, 'questions');
    assert.ok(found?.offered);
    assert.deepEqual(found.fields.slice(0, 5), [
      { name: 'name', kind: 'name', required: true },
      { name: 'email', kind: 'email', required: true },
      { name: 'question-0', kind: 'phone', label: 'Phone Number', required: false },
      { name: 'question-1', kind: 'text', label: 'Company', required: true },
      { name: 'question-2', kind: 'textarea', label: 'What would you like to achieve?', required: false },
    ]);
    assert.deepEqual(found.places, [
      { name: 'zoom_conference', kind: 'video', service: 'zoom' },
      { name: 'physical', kind: 'in-person' },
      { name: 'outbound_call', kind: 'phone', needs: 'phone' },
      { name: 'ask_invitee', kind: 'other', needs: 'text' },
    ]);
    const simple = await offer(service.host());
    assert.deepEqual(simple?.offered && simple.places, [], 'one place of the host needs no question');
  });

  it('is denied with the reason where the event type needs its page', async () => {
    for (const [knob, reason] of [
      ['seats', 'the kind group'],
      ['unknown-field', 'a question of the type hologram'],
      ['hidden', 'a secret event type'],
      ['instant', 'the method poll'],
    ] as const) {
      const host = service.host();
      await service.turn(host, { [knob]: true });
      assert.deepEqual(await offer(host), { offered: false, reason });
    }
  });
});

const TYPE = {
  uri: 'https://api.calendly.com/event_types/AAA',
  scheduling_url: 'https://calendly.com/acme/30min',
  active: true,
  secret: false,
  kind: 'solo',
  type: 'StandardEventType',
  pooling_type: null,
  custom_questions: [],
  locations: null,
};
const QUESTION = { name: 'Why?', type: 'string', position: 0, enabled: true, required: false };

describe('an event type as the API has it', () => {
  it('is booked on its page for every setting that is missing, of another kind, or costs money', () => {
    assert.equal(typeof calendlyForm(TYPE), 'object');
    for (const name of Object.keys(TYPE))
      assert.equal(typeof calendlyForm({ ...TYPE, [name]: undefined }), 'string', name);
    for (const [change, reason] of [
      [{ active: false }, 'not active'],
      [{ kind: 'group' }, 'the kind group'],
      [{ type: 'AdhocEventType' }, 'the type AdhocEventType'],
      [{ pooling_type: 'collective' }, 'the pooling collective'],
      [{ duration_options: [15, 30] }, 'several lengths'],
      [{ is_paid: true }, 'a price'],
      [{ payment: { amount: 10 } }, 'a price'],
      [{ custom_questions: [{ ...QUESTION, type: 'date' }] }, 'a question of the type date'],
      [{ custom_questions: [QUESTION, QUESTION] }, 'two questions at one position'],
      [{ locations: [{ kind: 'metaverse' }] }, 'a place of the kind metaverse'],
      [{ locations: [{ kind: 'physical' }] }, 'a place of the kind physical without a text'],
      [{ locations: [{ kind: 'zoom_conference' }, { kind: 'zoom_conference' }] }, 'two places of one kind'],
      [
        {
          custom_questions: [
            { ...QUESTION, type: 'single_select', answer_choices: ['A'], include_other: true },
          ],
        },
        'a question with an answer of one’s own',
      ],
    ] as const)
      assert.equal(calendlyForm({ ...TYPE, ...change }), reason);
    for (const nothing of [null, undefined, 7, [], 'text'])
      assert.equal(typeof calendlyForm(nothing), 'string');
  });

  it('gives the request its questions word for word, and its own place without telling it before', () => {
    const form = calendlyForm({
      ...TYPE,
      custom_questions: [
        { ...QUESTION, enabled: false, required: true },
        { ...QUESTION, name: ' Which?  ', type: 'multi_select', position: 4, answer_choices: ['A', 'B'] },
      ],
      locations: [{ kind: 'physical', location: 'Backstreet 7' }],
    });
    assert.ok(typeof form === 'object');
    assert.doesNotMatch(JSON.stringify(offerOf(form)), /Backstreet/);
    const parameters = {
      start: '2026-03-17T11:00:00+01:00',
      timeZone: 'Europe/Paris',
      answers: { name: ' Ada L ', email: 'ada@example.com', 'question-4': ['A', 'B'] },
    };
    assert.deepEqual(inviteeBody(form, { ...parameters, utm: { utm_source: 'mail' } }), {
      event_type: TYPE.uri,
      start_time: '2026-03-17T10:00:00Z',
      invitee: { name: 'Ada L', email: 'ada@example.com', timezone: 'Europe/Paris' },
      location: { kind: 'physical', location: 'Backstreet 7' },
      questions_and_answers: [{ question: ' Which?  ', answer: 'A\nB', position: 4 }],
      tracking: {
        utm_source: 'mail',
        utm_medium: null,
        utm_campaign: null,
        utm_content: null,
        utm_term: null,
        salesforce_uuid: null,
      },
    });
    assert.equal(
      inviteeBody(form, { ...parameters, answers: { ...parameters.answers, email: 'ada' } }),
      'email',
    );
  });

  it('with a round robin names no place', () => {
    const form = calendlyForm({
      ...TYPE,
      pooling_type: 'round_robin',
      locations: [{ kind: 'outbound_call' }],
    });
    assert.ok(typeof form === 'object');
    assert.deepEqual(form.places, []);
  });
});
