import { expect } from '@open-wc/testing';
import { eventTypeIn, readEventDetails } from '../../../src/widget/booking/event-details.js';
import { eventType, ownField, withFields } from './event-type.js';

describe('event details', () => {
  it('reads title, lengths, host and places', () => {
    const event = readEventDetails(
      eventType({
        lengthInMinutesOptions: [15, 30, 60, 'x'],
        locations: [{ type: 'address', address: 'Main St 1' }],
      }),
    );
    expect(event?.title).to.equal('30 minute meeting');
    expect(event?.lengths).to.deep.equal([30, 15, 60]);
    expect(event?.host).to.deep.equal({ name: 'Ada Lovelace', avatar: 'https://cal.com/ada.png' });
    expect(event?.places).to.deep.equal([
      { type: 'address', integration: '', text: 'Main St 1', needs: null },
    ]);
  });

  it('keeps the host’s order and words, as plain text', () => {
    const event = readEventDetails(
      withFields(
        ownField('boolean', {
          label: 'I accept the [terms](https://x.example/t) <b>now</b>\u0000',
          required: true,
        }),
        ownField('select', { options: ['A ', 'B'], placeholder: 'Pick' }),
      ),
    );
    expect(event?.form?.map(({ slug }) => slug)).to.deep.equal([
      'name',
      'email',
      'notes',
      'guests',
      'my-boolean',
      'my-select',
    ]);
    const [terms, select] = event?.form?.slice(-2) ?? [];
    expect(terms?.label).to.equal('I accept the terms (https://x.example/t) now');
    expect(select?.options).to.deep.equal(['A ', 'B'], 'an option is sent back as it was read');
  });

  it('splits a name into two fields, and leaves guests out where the host wants none', () => {
    const fields = [
      { isDefault: true, type: 'splitName', slug: 'splitName', required: true, lastNameRequired: false },
      { isDefault: true, type: 'multiemail', slug: 'guests', required: false },
    ];
    const event = readEventDetails(eventType({ bookingFields: fields, disableGuests: true }));
    expect(event?.form?.map(({ slug, required }) => [slug, required])).to.deep.equal([
      ['firstName', true],
      ['lastName', false],
    ]);
  });

  it('takes no picture and no redirect that a browser would run instead of fetch', () => {
    const event = readEventDetails(
      eventType({
        users: [{ name: 'A', avatarUrl: 'javascript:alert(1)' }],
        successRedirectUrl: 'data:text/html,x',
      }),
    );
    expect([event?.host.avatar, event?.redirect]).to.deep.equal(['', '']);
  });

  it('finds the event type only in an answer with exactly one', () => {
    expect(eventTypeIn({ status: 'success', data: [1] })).to.equal(1);
    for (const body of [null, {}, { data: [] }, { data: [1, 2] }, { data: {} }])
      expect(eventTypeIn(body)).to.equal(undefined);
  });
});
