import { expect } from '@open-wc/testing';
import { formatMessage } from '../../../src/widget/locales/format-message.js';
import { formatPlural } from '../../../src/widget/locales/format-plural.js';

describe('formatMessage', () => {
  it('fills in every occurrence of a placeholder', () => {
    expect(formatMessage('{host}: showing connects to {host}.', { host: 'cal.com' })).to.equal(
      'cal.com: showing connects to cal.com.',
    );
  });

  it('leaves placeholders without a value, and everything else, as they are', () => {
    expect(formatMessage('{time} {other} {} {a b} $1', { time: '9:00' })).to.equal(
      '9:00 {other} {} {a b} $1',
    );
  });

  it('does not interpret values', () => {
    expect(formatMessage('Confirm {time}', { time: '$& {time} <b>' })).to.equal('Confirm $& {time} <b>');
  });
});

describe('formatPlural', () => {
  const times = { one: '{count} time', other: '{count} times' };

  it('chooses the form by the rules of the language and writes the number as the language does', () => {
    expect([0, 1, 2, 1234].map((count) => formatPlural(times, count, 'en'))).to.deep.equal([
      '0 times',
      '1 time',
      '2 times',
      '1,234 times',
    ]);
    const terminy = { one: '{count} termin', few: '{count} terminy', many: '{count} terminów', other: '?' };
    expect([1, 3, 5, 22].map((count) => formatPlural(terminy, count, 'pl'))).to.deep.equal([
      '1 termin',
      '3 terminy',
      '5 terminów',
      '22 terminy',
    ]);
  });

  it('takes the general form where the language has none for the number', () => {
    expect(formatPlural({ other: '{count}' }, 1, 'en')).to.equal('1');
  });
});
