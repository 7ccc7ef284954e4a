import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalPage } from '../../src/scheduling/page-address.js';

describe('the canonical address of a scheduling page', () => {
  const same: readonly (readonly [address: string, spellings: readonly string[]])[] = [
    [
      'https://cal.com/acme/30min',
      [
        'https://cal.com/acme/30min/',
        'https://www.cal.com/acme/30min',
        'https://app.cal.com/acme/30min',
        'https://CAL.com./Acme/30Min?month=2026-12#x',
        'https://cal.com:443//acme//30min/embed',
        'https://cal.com/%61cme/30%6Din',
      ],
    ],
    [
      'https://cal.com/j%C3%BCrgen/30min',
      [
        'https://cal.com/jürgen/30min',
        'https://cal.com/j%c3%bcrgen/30min',
        'https://cal.com/ju\u0308rgen/30min',
      ],
    ],
    [
      'https://cal.com/alice%2Bbob/dynamic',
      ['https://cal.com/Alice+Bob/dynamic', 'https://cal.com/alice%2bbob/dynamic'],
    ],
    ['https://acme.cal.com/bob', ['https://Acme.cal.com/Bob/']],
    ['https://calendly.com/acme/30min', ['https://www.calendly.com/Acme/30Min/?month=2026-12']],
    ['http://meet.example:8080/a', ['http://MEET.example:8080/A/']],
    ['https://cal.com/%25zz/x', ['https://cal.com/%zz/X']],
  ];
  for (const [address, spellings] of same)
    it(`is ${address} however the link was written`, () => {
      for (const spelling of [address, ...spellings])
        assert.equal(canonicalPage(new URL(spelling)), address, spelling);
    });

  it('keeps the query parameters that belong to it, and no others', () => {
    const page = new URL('https://cal.com/alice+bob/dynamic?utm_source=x&duration=45&month=2026-12');
    assert.equal(canonicalPage(page, ['duration']), 'https://cal.com/alice%2Bbob/dynamic?duration=45');
  });

  it('is another one for another host, path or port', () => {
    const pages = [
      'https://cal.com/acme/30min',
      'https://cal.com/acme/15min',
      'https://acme.cal.com/acme/30min',
      'https://app.example.com/acme/30min',
      'https://example.com/acme/30min',
      'https://cal.com:8443/acme/30min',
      'http://cal.com/acme/30min',
    ];
    assert.equal(new Set(pages.map((page) => canonicalPage(new URL(page)))).size, pages.length);
  });
});
