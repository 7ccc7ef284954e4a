import { expect } from '@open-wc/testing';
import { bookableNatively } from '../../../src/widget/booking/booking-gate.js';
import { readEventDetails } from '../../../src/widget/booking/event-details.js';
import { bookingBody } from '../../../src/widget/booking/booking-request.js';
import { finalAnswers } from '../../../src/widget/booking/final-answers.js';
import { PLACE_DETAIL, type Answers } from '../../../src/widget/booking/form-fields.js';
import { attendeeLanguage, nativeBooking, pageKind } from '../../../src/widget/providers/cal-com/booking.js';
import { eventType, ownField, withFields } from './event-type.js';
import { eventDetails } from '../../../src/widget/providers/cal-com/details.js';

const SLOTS = 'https://api.cal.com/v2/slots?username=ada&eventTypeSlug=30min&organizationSlug=acme&start=x';

function bodyFor(event: unknown, answers: Answers, changes: object = {}): unknown {
  const gate = bookableNatively(readEventDetails(event), {
    slug: '30min',
    page: 'person',
    secure: true,
    length: null,
  });
  if (!gate.native) throw new Error(gate.reason);
  return bookingBody({
    event: gate.event,
    answers: finalAnswers(gate.form, answers),
    start: '2026-12-01T10:00:00+01:00',
    length: 30,
    timeZone: 'Europe/Berlin',
    language: 'de',
    metadata: {},
    ...changes,
  });
}

describe('the body of a booking', () => {
  it('holds the attendee, the zone, the language and the start in UTC, and nothing that was not answered', () => {
    expect(
      bodyFor(eventType(), { name: ' Ada L ', email: ' ada@example.org ', notes: ' ', guests: '' }),
    ).to.deep.equal({
      eventTypeId: 123,
      start: '2026-12-01T09:00:00.000Z',
      attendee: { name: 'Ada L', email: 'ada@example.org', timeZone: 'Europe/Berlin', language: 'de' },
    });
  });

  it('writes each kind of answer in the shape that the API takes', () => {
    const event = withFields(
      ownField('multiselect', { options: ['A', 'B'] }),
      ownField('boolean', { required: true }),
      ownField('url'),
      ownField('phone'),
      { isDefault: true, type: 'phone', slug: 'attendeePhoneNumber', required: false },
    );
    const body = bodyFor(event, {
      name: 'Ada',
      email: 'a@x.org',
      notes: 'hi',
      guests: 'b@x.org c@x.org',
      'my-multiselect': ['B'],
      'my-boolean': true,
      'my-url': 'example.org',
      'my-phone': '00 49 30 1',
      attendeePhoneNumber: '+49 30 2',
      stranger: 'x',
    }) as Record<string, unknown>;
    expect(body['guests']).to.deep.equal(['b@x.org', 'c@x.org']);
    expect((body['attendee'] as { phoneNumber: string }).phoneNumber).to.equal('+49302');
    expect(body['bookingFieldsResponses']).to.deep.equal({
      notes: 'hi',
      'my-multiselect': ['B'],
      'my-boolean': true,
      'my-url': 'example.org',
      'my-phone': '+49301',
      attendeePhoneNumber: '+49302',
    });
  });

  it('names a place only where it was asked for, with what the visitor gave', () => {
    const location = (locations: unknown[], answers: Answers): unknown =>
      (
        bodyFor(eventType({ locations }), { name: 'A', email: 'a@x.org', ...answers }) as {
          location?: unknown;
        }
      ).location;
    expect(location([{ type: 'integration', integration: 'zoom' }], {})).to.equal(undefined);
    expect(location([{ type: 'attendeePhone' }], { [PLACE_DETAIL]: '+49 30 1234' })).to.deep.equal({
      type: 'attendeePhone',
      phone: '+49301234',
    });
    const both = [{ type: 'integration', integration: 'zoom' }, { type: 'attendeeAddress' }];
    expect(location(both, { location: '0' })).to.deep.equal({ type: 'integration', integration: 'zoom' });
    expect(location(both, { location: '1', [PLACE_DETAIL]: 'Main St' })).to.deep.equal({
      type: 'attendeeAddress',
      address: 'Main St',
    });
  });

  it('names the length only where there are several, and metadata within the limits', () => {
    const several = bodyFor(eventType({ lengthInMinutesOptions: [30, 60] }), { name: 'A' }, { length: 60 });
    expect((several as { lengthInMinutes?: number }).lengthInMinutes).to.equal(60);
    const metadata = { utm_source: 'x'.repeat(600), ['n'.repeat(41)]: 'x', empty: '' };
    const body = bodyFor(eventType(), { name: 'A' }, { metadata }) as { metadata: Record<string, string> };
    expect(Object.entries(body.metadata).map(([name, value]) => [name, value.length])).to.deep.equal([
      ['utm_source', 500],
    ]);
    expect(body).not.to.have.property('lengthInMinutes');
  });

  it('joins first and last name', () => {
    const fields = [
      { isDefault: true, type: 'splitName', slug: 'splitName', required: true },
      { isDefault: true, type: 'email', slug: 'email', required: true },
    ];
    const body = bodyFor(eventType({ bookingFields: fields }), { firstName: 'Ada ', lastName: 'King' });
    expect((body as { attendee: { name: string } }).attendee.name).to.equal('Ada King');
  });
});

describe('Cal.com’s booking requests', () => {
  it('read the event type that the slots are asked for, without a key', () => {
    const request = eventDetails.request(SLOTS);
    expect(request?.url).to.equal(
      'https://api.cal.com/v2/event-types?username=ada&eventSlug=30min&orgSlug=acme',
    );
    expect(request?.headers).to.deep.equal({ 'cal-api-version': '2024-06-14' });
    expect(eventDetails.request('https://api.cal.com/v2/slots?teamSlug=a&eventTypeSlug=b')).to.equal(null);
  });

  it('use the newest version at Cal.com and the older one elsewhere', () => {
    const version = (slots: string): string | undefined =>
      nativeBooking.cancelRequest(slots, 'a/b').headers['cal-api-version'];
    expect(version(SLOTS)).to.equal('2026-02-25');
    expect(version('https://api.cal.eu/v2/slots')).to.equal('2026-02-25');
    expect(version('https://cal.example.org/api/v2/slots')).to.equal('2024-08-13');
    expect(nativeBooking.cancelRequest('https://x.example/api/v2/slots', 'a/b').url).to.equal(
      'https://x.example/api/v2/bookings/a%2Fb/cancel',
    );
  });

  it('name the attendee’s language as Cal.com spells it', () => {
    for (const [tag, language] of Object.entries({
      'de-AT': 'de',
      pt_BR: 'pt-BR',
      'pt-PT': 'pt',
      nb: 'no',
      zh: 'zh-CN',
      'zh-Hant-HK': 'zh-TW',
      tlh: 'en',
      '': 'en',
    }))
      expect(attendeeLanguage(tag), tag).to.equal(language);
  });

  it('tell private links, routing forms and teams from a person’s pages', () => {
    for (const [path, kind] of Object.entries({
      '/ada/30min': 'person',
      '/d/x/30min': 'private-link',
      '/forms/x': 'routing-form',
      '/team/a/b': 'team',
      '/ada/30min?cal.routingFormResponseId=7': 'routing-form',
    }))
      expect(pageKind(new URL(path, 'https://cal.com')), path).to.equal(kind);
  });
});
