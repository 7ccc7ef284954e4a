import { expect } from '@open-wc/testing';
import { slots } from '../../../src/widget/providers/cal-com/slots.js';

describe('a slug with characters that mean something in a query', () => {
  const slugOf = (address: string) =>
    new URL(
      slots.request({
        page: new URL(address),
        api: '',
        start: '2026-11-23T23:00:00.000Z',
        end: '2026-11-30T23:00:00.000Z',
        timeZone: 'Europe/Rome',
      })?.url ?? '',
    ).searchParams.get('eventTypeSlug');

  for (const [path, slug] of [
    ['q&a', 'q&a'],
    ['c++', 'c++'],
    ['c%2B%2B', 'c++'],
    ['a=b', 'a=b'],
    ['a;b', 'a;b'],
    ['50%25-off', '50%-off'],
    ['100%', '100%'],
    ['日本語', '日本語'],
  ] as const)
    it(`is requested as the address writes it (${path})`, () => {
      expect(slugOf(`https://cal.com/acme/${path}`)).to.equal(slug);
    });
});

describe('a response of Cal.com’s slots API', () => {
  const free = { start: '2026-11-24T10:00:00.000Z', end: '2026-11-24T10:30:00.000Z' };
  const later = { start: '2026-11-25T09:00:00.000Z' };
  for (const [what, data, starts] of [
    ['a day out of office', { '2026-11-24': [free], '2026-11-25': [{ ...later, away: true }] }, [free.start]],
    [
      'a slot without a seat left',
      {
        '2026-11-24': [
          { ...free, seatsRemaining: 0 },
          { ...later, seatsRemaining: 4 },
        ],
      },
      [later.start],
    ],
    ['a day that is null', { '2026-11-24': [free], '2026-11-25': null }, [free.start]],
    ['nothing but a day that is null', { '2026-11-24': null }, []],
    ['an empty list', [], []],
    ['only days out of office', { '2026-11-24': [{ ...free, away: true }] }, []],
    ['a start without an offset', { '2026-11-24': [{ start: '2026-11-24T10:00:00' }, later] }, [later.start]],
  ] as const)
    it(`offers what can be booked: ${what}`, () => {
      expect(slots.read({ status: 'success', data })?.map(({ start }) => start)).to.deep.equal(starts);
    });

  it('is not understood where no slot in it can be read', () => {
    expect(slots.read({ data: { '2026-11-24': [{ start: 'soon' }] } })).to.equal(null);
    expect(slots.read({ data: { '2026-11-24': 'full' } })).to.equal(null);
    expect(slots.read({ data: ['2026-11-24T10:00:00.000Z'] })).to.equal(null);
  });

  it('tells an unknown event type from a server without this API', () => {
    const error = (message: string) => ({ status: 'error', error: { code: 'NotFoundException', message } });
    expect(slots.isMissing?.(404, error('Event Type not found'))).to.equal(true);
    expect(slots.isMissing?.(404, error('User with username acme not found'))).to.equal(true);
    expect(slots.isMissing?.(404, error('Cannot GET /v2/slots'))).to.equal(false);
    expect(slots.isMissing?.(500, error('Event Type not found'))).to.equal(false);
    expect(slots.isMissing?.(404, null)).to.equal(false);
  });
});
