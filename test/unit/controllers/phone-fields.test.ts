import { expect } from '@open-wc/testing';
import { PLACE_DETAIL, type FormField } from '../../../src/widget/booking/form-fields.js';
import { phoneFields } from '../../../src/widget/controllers/phone-fields.js';
import { initialState } from '../../../src/widget/state/initial-state.js';

const field = (more: Partial<FormField>): FormField => ({
  kind: 'phone',
  target: 'phone',
  slug: 'attendeePhoneNumber',
  label: '',
  placeholder: '',
  required: true,
  options: [],
  places: [],
  ...more,
});
const place = { type: 'attendeePhone', integration: '', text: '', needs: 'phone' } as const;
const FORM = [
  field({}),
  field({ kind: 'text', target: 'answer', slug: 'room' }),
  field({ kind: 'location', target: 'location', slug: 'location', places: [place] }),
];

describe('phone numbers of a form', () => {
  /** The fields of a visitor in a zone of no country, once their chunk is there. */
  const loaded = async () => {
    let phones: ReturnType<typeof phoneFields> | undefined;
    await new Promise<void>((resolve) => {
      phones = phoneFields({ state: { ...initialState, timeZone: 'Etc/Unknown' } }, resolve);
      phones.load(FORM);
    });
    if (!phones) throw new Error('no fields');
    return phones;
  };

  it('all numbers get the calling code of the country that the visitor chooses, and other answers none', async () => {
    const phones = await loaded();
    const root = document.createElement('div');
    const { render } = await import('lit');
    const answers = { attendeePhoneNumber: '030 123', room: '0123', [PLACE_DETAIL]: '030 456' };
    let written: unknown;
    render(
      phones.view('030 123', 'Country', (answer) => (written = answer)),
      root,
    );
    const select = root.querySelector('select');
    expect(select?.getAttribute('aria-label')).to.equal('Country');
    if (select) select.value = 'AT';
    select?.dispatchEvent(new Event('change'));
    expect(written).to.equal('030 123');
    expect(phones.complete(FORM, answers)).to.deep.equal({
      attendeePhoneNumber: '+43 30 123',
      room: '0123',
      [PLACE_DETAIL]: '+43 30 456',
    });
    const complete = { attendeePhoneNumber: '+49 30 123' };
    expect(phones.complete(FORM, complete), 'nothing is to be added').to.equal(complete);
  });

  it('nothing is loaded or changed for a form without a phone number', () => {
    const text = [field({ kind: 'text', target: 'answer' })];
    const phones = phoneFields({ state: initialState }, () => undefined);
    phones.load(text);
    const answers = { attendeePhoneNumber: '030 123' };
    expect(phones.view('030 123', 'Country', () => undefined)).to.equal(undefined);
    expect(phones.complete(text, answers)).to.equal(answers);
  });
});
