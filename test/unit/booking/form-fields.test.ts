import { expect } from '@open-wc/testing';
import {
  PLACE_DETAIL,
  fieldProblem,
  formProblems,
  phoneNumber,
  type Answer,
  type FieldError,
  type FieldKind,
  type FormField,
  type Place,
} from '../../../src/widget/booking/form-fields.js';

const field = (kind: FieldKind, changes: Partial<FormField> = {}): FormField => ({
  kind,
  target: 'answer',
  slug: 'x',
  label: '',
  placeholder: '',
  required: false,
  options: ['A', 'B'],
  places: [],
  ...changes,
});

const errorOf = (kind: FieldKind, answer: Answer | undefined, required = false): FieldError | null =>
  fieldProblem(field(kind, { required }), { x: answer })?.error ?? null;

describe('the answer to a field', () => {
  const table: readonly (readonly [FieldKind, Answer | undefined, FieldError | null])[] = [
    ['text', 'x'.repeat(501), 'long'],
    ['textarea', 'x'.repeat(1000), null],
    ['email', ' ada@example.org ', null],
    ['email', 'ada@example', 'email'],
    ['email', 'a b@example.org', 'email'],
    ['phone', '+49 (30) 1234-56', null],
    ['phone', '0049 30 123456', null],
    ['phone', '030 123456', 'phone'],
    ['url', 'example.org/x?y', null],
    ['url', 'https://bücher.example', null],
    ['url', 'nonsense', 'url'],
    ['select', 'B', null],
    ['radio', 'C', 'option'],
    ['multiselect', ['A', 'C'], 'option'],
    ['checkbox', ['A', 'B'], null],
    ['emails', 'a@x.org, b@x.org', null],
    ['emails', 'a@x.org; A@x.org', 'duplicate'],
    ['emails', ['nobody'], 'email'],
    ['boolean', false, null],
  ];
  for (const [kind, answer, error] of table)
    it(`of kind ${kind}, ${JSON.stringify(answer).slice(0, 30)}, ${error ? `has the error "${error}"` : 'is accepted'}`, () => {
      expect(errorOf(kind, answer)).to.equal(error);
    });

  it('may be missing unless the field is required', () => {
    const kinds: readonly FieldKind[] = [
      'text',
      'email',
      'phone',
      'url',
      'select',
      'emails',
      'checkbox',
      'address',
    ];
    for (const kind of kinds) {
      expect(errorOf(kind, undefined)).to.equal(null);
      expect(errorOf(kind, '  ', true)).to.equal('required');
    }
    expect(errorOf('boolean', false, true)).to.equal('accept');
    expect(errorOf('boolean', true, true)).to.equal(null);
  });

  it('to a choice of places includes what the place needs', () => {
    const place = (type: string, needs: Place['needs']): Place => ({
      type,
      integration: '',
      text: '',
      needs,
    });
    const location = field('location', { places: [place('link', null), place('attendeePhone', 'phone')] });
    expect(fieldProblem(location, {})).to.deep.equal({ slug: 'x', error: 'required' });
    expect(fieldProblem(location, { x: '0' })).to.equal(null);
    expect(fieldProblem(location, { x: '7' })).to.deep.equal({ slug: 'x', error: 'required' });
    expect(fieldProblem(location, { x: '1' })).to.deep.equal({ slug: PLACE_DETAIL, error: 'required' });
    expect(fieldProblem(location, { x: '1', [PLACE_DETAIL]: '12' })).to.deep.equal({
      slug: PLACE_DETAIL,
      error: 'phone',
    });
    expect(fieldProblem(location, { x: '1', [PLACE_DETAIL]: '+49301234' })).to.equal(null);
  });
});

describe('the form', () => {
  it('names every problem in its own order', () => {
    const form = [
      field('text', { slug: 'a', required: true }),
      field('url', { slug: 'b' }),
      field('email', { slug: 'c' }),
    ];
    expect(formProblems(form, { b: '?', c: '?' }).map(({ slug }) => slug)).to.deep.equal(['a', 'b', 'c']);
    expect(formProblems(form, { a: 'x' })).to.deep.equal([]);
  });

  it('writes phone numbers as plus and digits', () => {
    expect(phoneNumber(' 0049 (0)30–12.34 ')).to.equal('+490301234');
  });
});
