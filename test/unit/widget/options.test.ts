import { expect } from '@open-wc/testing';
import { propertyName, readOption } from '../../../src/widget/options.js';
import { readAddress } from '../../../src/widget/read-source.js';

describe('options', () => {
  it('an option with junk, blanks or no value is its default', () => {
    expect(readOption('mode', 'sidebar')).to.equal('inline');
    expect(readOption('mode', '  ')).to.equal('inline');
    expect(readOption('mode', null)).to.equal('inline');
    for (const junk of ['', 'many', '0', '-1', '61', '2.5', 'NaN', 'Infinity', '1e9'])
      expect(readOption('slots', junk), junk).to.equal(6);
    for (const junk of ['2', '-0.1', 'x']) expect(readOption('sample-rate', junk), junk).to.equal(1);
  });

  it('an option with a keyword is read in any case and with spaces around it', () => {
    expect(readOption('mode', ' PopUp ')).to.equal('popup');
    expect(readOption('sample-rate', ' 0.25 ')).to.equal(0.25);
    expect(readOption('label', '  Book me ')).to.equal('Book me');
  });

  it('a switch is on when it is present and off only with an explicit value', () => {
    for (const on of ['', 'true', '1', 'debug', 'yes']) expect(readOption('debug', on), on).to.equal(true);
    for (const off of [null, 'false', 'FALSE', '0', 'off', 'no'])
      expect(readOption('debug', off)).to.equal(false);
  });

  it('the property of an option has the name that frameworks expect', () => {
    expect(propertyName('hide-details')).to.equal('hideDetails');
    expect(propertyName('src')).to.equal('src');
  });

  it('a duration is read in seconds, with or without a unit', () => {
    for (const [written, seconds] of [
      ['12', 12],
      ['1.5s', 1.5],
      ['800ms', 0.8],
      ['800 MS', 0.8],
      ['15000', 15],
      ['300', 0.3],
    ] as const)
      expect(readOption('timeout', written), written).to.equal(seconds);
    for (const junk of ['', 'soon', '0', '-3', '1e3', '999999999', '99ms', '301s'])
      expect(readOption('timeout', junk), junk).to.equal(20);
  });

  it('a height is a keyword or a CSS length in pixels, within its bounds', () => {
    for (const [written, height] of [
      [' Grow ', 'grow'],
      ['640', '640px'],
      ['640px', '640px'],
      ['40rem', 'clamp(120px, 40rem, 10000px)'],
      ['80VH', 'clamp(120px, 80vh, 10000px)'],
      ['.5svh', 'clamp(120px, 0.5svh, 10000px)'],
    ] as const)
      expect(readOption('height', written), written).to.equal(height);
    for (const junk of [
      '',
      'tall',
      '50%',
      '0',
      '-640',
      '119px',
      '10001',
      '1e3',
      'calc(1px)',
      '640px; color: red',
    ])
      expect(readOption('height', junk), junk).to.equal('auto');
  });
});

describe('zero', () => {
  it('is a number like others, where the bounds of an option allow it', () => {
    expect(readOption('retries', '0')).to.equal(0);
    expect(readOption('sample-rate', '0')).to.equal(0);
  });
});

describe('consent', () => {
  for (const [written, meant] of [
    ['require', 'required'],
    ['true', 'required'],
    ['Granted', 'granted'],
    ['false', 'granted'],
    ['', 'granted'],
    [null, 'granted'],
  ] as const)
    it(`of ${JSON.stringify(written)} is ${meant}: a slip asks the visitor`, () => {
      expect(readOption('consent', written)).to.equal(meant);
    });
});

describe('quotation marks around a value', () => {
  it('belong to no value, whichever an editor has made of them', () => {
    const src = 'https://cal.com/acme/30min';
    for (const written of [
      `”${src}”`,
      `“${src}”`,
      `„${src}“`,
      `″${src}″`,
      `‘${src}’`,
      `« ${src} »`,
      `"${src}"`,
    ])
      expect(readOption('src', written), written).to.equal(src);
    expect(readOption('consent', '”required”')).to.equal('required');
    expect(readOption('mode', '‘Popup’')).to.equal('popup');
    expect(readOption('debug', '”false”')).to.equal(false);
    expect(readOption('slots', '“12”')).to.equal(12);
  });

  it('are left where they are not around all of it, and what is invisible goes', () => {
    expect(readOption('label', 'Book “now”')).to.equal('Book “now”');
    expect(readOption('label', '“Book now”')).to.equal('“Book now”');
    expect(readOption('src', '\u200bhttps://cal.com/acme\ufeff\u00a0')).to.equal('https://cal.com/acme');
  });
});

describe('address of the scheduling page', () => {
  it('an http or https address is taken as it is', () => {
    for (const good of [
      'https://cal.com/acme/30min',
      'http://localhost:3000/x?y=%E0%A4%A',
      ' https://calendly.com/a/b ',
    ])
      expect(readAddress(good), good).to.be.instanceOf(URL);
  });

  it('an address without a scheme gets the scheme of the host page', () => {
    expect(readAddress('//cal.com/acme')).to.have.property('href', `${location.protocol}//cal.com/acme`);
  });

  it('an address without a host is read relative to the document', () => {
    const base = 'https://example.com/shop/page';
    expect(readAddress('/book', base)).to.have.property('href', 'https://example.com/book');
    expect(readAddress('acme/30min', base)).to.have.property('href', 'https://example.com/shop/acme/30min');
  });

  it('an address that lacks its scheme is refused with a sentence that says so', () => {
    expect(readAddress('cal.com/acme'))
      .to.have.property('detail')
      .that.equals('src "cal.com/acme" lacks https://');
  });

  it('the address of the page itself is refused, whatever its fragment', () => {
    const base = 'https://example.com/book?a=1';
    for (const own of ['#', '#book', '?a=1', '/book?a=1#x', base])
      expect(readAddress(own, base), own)
        .to.have.property('detail')
        .that.includes('is the address of this page');
    expect(readAddress('?a=2', base), 'another query is another page').to.be.instanceOf(URL);
  });

  it('any other address is refused with a sentence that names the option and the value', () => {
    for (const bad of ['cal.com/acme', 'javascript:alert(1)', 'data:text/html,hi', 'https://'])
      expect(readAddress(bad), bad)
        .to.include({ code: 'bad-config' })
        .and.to.have.property('detail')
        .that.includes(`src "${bad}"`);
    expect(readAddress('')).to.have.property('detail').that.includes('src is missing');
  });

  it('what is no address is not framed as a file beside the host page', () => {
    for (const bad of [
      '”https://cal.com/acme/30min',
      '\u200bhttps://cal.com/acme/30min',
      "'https://cal.com/acme/30min'",
      'https//cal.com/acme/30min',
      'https:/cal.com/acme/30min',
      'https:cal.com/acme/30min',
      'see https://cal.com/acme/30min',
      '[Book](https://cal.com/acme/30min)',
      '{"src":"https://cal.com/acme/30min"}',
      '{{ booking_url }}',
      '<a href=x>',
      'Book a time',
      'undefined',
      'null',
    ])
      expect(readAddress(bad), bad)
        .to.include({ code: 'bad-config' })
        .and.to.have.property('detail')
        .that.equals(`src ${JSON.stringify(bad)} is not an address`);
  });

  it('two addresses in one are refused, an address that passes on another is not', () => {
    for (const bad of [
      'https://cal.com/acme/30min https://calendly.com/a/b',
      'https://https://cal.com/acme/30min',
      'http://https//cal.com/acme/30min',
    ])
      expect(readAddress(bad), bad).to.have.property('detail').that.includes('is more than one address');
    for (const good of [
      'https://example.com/go?to=https://cal.com/acme/30min',
      '/go?to=https://cal.com/acme/[30min]',
      'réservation/été',
      "l'agenda/été",
      'https://example.com/a b/[c]',
    ])
      expect(readAddress(good), good).to.be.instanceOf(URL);
  });
});
