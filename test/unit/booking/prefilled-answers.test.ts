import { expect } from '@open-wc/testing';
import { readEventDetails } from '../../../src/widget/booking/event-details.js';
import type { FormField } from '../../../src/widget/booking/form-fields.js';
import { prefilledAnswers, prefillOf } from '../../../src/widget/booking/prefilled-answers.js';
import { eventType, ownField, withFields } from './event-type.js';

const formOf = (type: Record<string, unknown>): readonly FormField[] => readEventDetails(type)?.form ?? [];
const PAGE = new URL('https://cal.com/acme/30min');
const form = formOf(
  withFields(
    ownField('select', { slug: 'size', options: ['S', 'M'] }),
    ownField('multiselect', { slug: 'days', options: ['Mon', 'Tue', 'Wed'] }),
    ownField('boolean', { slug: 'news' }),
    { isDefault: true, type: 'phone', slug: 'attendeePhoneNumber', required: false },
  ),
);
const splitName = formOf(
  eventType({
    bookingFields: [
      { isDefault: true, type: 'splitName', slug: 'name', required: true },
      { isDefault: true, type: 'email', slug: 'email', required: true },
    ],
  }),
);

describe('prefilled answers', () => {
  it('the owner’s prefill fills in the fields of the same name', () => {
    const answers = prefilledAnswers(
      form,
      {
        firstName: 'Ada',
        lastName: 'Lovelace',
        email: 'ada@example.org',
        phone: '+4930123456',
        guests: ['b@example.org', 'c@example.org'],
        size: 'M',
        days: ['Tue', 'Sun'],
        news: true,
      },
      PAGE,
    );
    expect(answers).to.include({
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      attendeePhoneNumber: '+4930123456',
      guests: 'b@example.org, c@example.org',
      size: 'M',
      news: true,
    });
    expect(answers['days']).to.deep.equal(['Tue']);
  });

  it('an option that the host does not offer is left out', () => {
    expect(prefilledAnswers(form, { size: 'XL' }, PAGE)['size']).to.equal(undefined);
  });

  it('a whole name is split where the host asks for two', () => {
    expect(prefilledAnswers(splitName, { name: 'Ada King Lovelace' }, PAGE)).to.include({
      firstName: 'Ada',
      lastName: 'King Lovelace',
    });
  });

  it('the page’s own URL prefills, and the owner’s prefill comes first', () => {
    const page = new URL('https://cal.com/acme/30min?name=Grace&notes=Hello');
    expect(prefilledAnswers(form, { name: 'Ada' }, page)).to.include({ name: 'Ada', notes: 'Hello' });
  });

  it('what was typed prefills the provider’s page that takes the form’s place', () => {
    const prefill = prefillOf(form, {
      name: 'Ada',
      email: 'ada@example.org',
      guests: 'b@example.org, c@example.org',
      size: 'M',
      news: true,
    });
    expect(prefill).to.deep.include({ name: 'Ada', email: 'ada@example.org', size: 'M', news: true });
    expect(prefill['guests']).to.deep.equal(['b@example.org', 'c@example.org']);
  });
});
