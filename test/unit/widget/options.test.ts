import { expect } from '@open-wc/testing';
import { propertyName, readOption, readSeconds } from '../../../src/widget/options.js';
import { readAddress } from '../../../src/widget/page-address.js';

describe('options', () => {
  it('reads junk, blanks and nothing as the default', () => {
    expect(readOption('mode', 'sidebar')).to.equal('inline');
    expect(readOption('mode', '  ')).to.equal('inline');
    expect(readOption('mode', null)).to.equal('inline');
    for (const junk of ['', 'many', '0', '-1', '61', '2.5', 'NaN', 'Infinity', '1e9'])
      expect(readOption('slots', junk), junk).to.equal(6);
    for (const junk of ['2', '-0.1', 'x']) expect(readOption('sample-rate', junk), junk).to.equal(1);
  });

  it('reads words in any case and with spaces around them', () => {
    expect(readOption('mode', ' PopUp ')).to.equal('popup');
    expect(readOption('sample-rate', ' 0.25 ')).to.equal(0.25);
    expect(readOption('label', '  Book me ')).to.equal('Book me');
  });

  it('reads a switch as on when it is written, and off only when it says so', () => {
    for (const on of ['', 'true', '1', 'debug', 'yes']) expect(readOption('debug', on), on).to.equal(true);
    for (const off of [null, 'false', 'FALSE', '0', 'off', 'no'])
      expect(readOption('debug', off)).to.equal(false);
  });

  it('names properties as frameworks expect them', () => {
    expect(propertyName('hide-details')).to.equal('hideDetails');
    expect(propertyName('src')).to.equal('src');
  });

  it('reads lengths of time in seconds, with or without a unit', () => {
    expect(readSeconds('12', 20)).to.equal(12);
    expect(readSeconds('1.5s', 20)).to.equal(1.5);
    expect(readSeconds('800ms', 20)).to.equal(0.8);
    expect(readSeconds('15000', 20)).to.equal(15);
    for (const junk of ['', 'soon', '0', '-3', '1e3', '999999999'])
      expect(readSeconds(junk, 20), junk).to.equal(20);
  });
});

describe('the address of the scheduling page', () => {
  it('is taken as it is when it is http or https', () => {
    for (const good of [
      'https://cal.com/acme/30min',
      'http://localhost:3000/x?y=%E0%A4%A',
      ' https://calendly.com/a/b ',
    ])
      expect(readAddress(good), good).to.be.instanceOf(URL);
  });

  it('may leave the scheme to the page', () => {
    expect(readAddress('//cal.com/acme')).to.have.property('href', `${location.protocol}//cal.com/acme`);
  });

  it('is refused with a sentence that names the option and the value otherwise', () => {
    for (const bad of [
      'acme/30min',
      '/book',
      'cal.com/acme',
      'javascript:alert(1)',
      'data:text/html,hi',
      'https://',
    ])
      expect(readAddress(bad), bad)
        .to.include({ code: 'bad-config' })
        .and.to.have.property('detail')
        .that.includes(`src "${bad}"`);
    expect(readAddress('')).to.have.property('detail').that.includes('src is missing');
  });
});
