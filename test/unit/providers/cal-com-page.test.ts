import { expect } from '@open-wc/testing';
import { calCom } from '../../../src/widget/providers/cal-com/cal-com.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';

describe('a page of Cal.com', () => {
  const context: FrameContext = {
    page: new URL('https://cal.com/acme/30min'),
    host: 'www.example.org',
    namespace: 'booking-1-x7',
    modal: true,
    stage: 'revealed',
    slot: null,
    timeZone: 'Europe/Rome',
    theme: '',
    colorScheme: '',
    accent: '',
    layout: '',
    hideDetails: false,
    prefill: {},
    params: [],
  };
  const methods = (changes: Partial<FrameContext>) =>
    calCom
      .respond('hello', { ...context, ...changes })
      .map((message) => (message as { method: string }).method);

  it('receives `connect` once, and a page that it navigates to does not', () => {
    expect(methods({})).to.deep.equal(['parentKnowsIframeReady', 'ui', 'connect']);
    expect(methods({ stage: '' })).to.deep.equal(['parentKnowsIframeReady', 'ui']);
  });

  it('announces a booking also by the messages of older self-hosted versions, under the same id', () => {
    const said = (type: string, data: unknown) =>
      calCom.read({ originator: 'CAL', namespace: context.namespace, type, data }, context);
    const booking = {
      uid: 'u1',
      startTime: new Date('2026-11-24T09:00:00Z'),
      endTime: '2026-11-24T09:30:00.000Z',
      attendees: [{ email: 'ada@example.org' }],
    };
    const notice = { id: 'u1', start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T09:30:00.000Z' };
    expect(said('bookingSuccessful', { booking, organizer: {} })).to.deep.equal({
      type: 'booked',
      booking: { ...notice, change: 'created' },
    });
    expect(said('rescheduleBookingSuccessful', { booking })).to.deep.equal({
      type: 'booked',
      booking: { ...notice, change: 'moved' },
    });
    expect(said('bookingSuccessfulV2', booking)).to.deep.equal(said('bookingSuccessful', { booking }));
    expect(said('bookingSuccessful', { booking: null })).to.equal(null);
  });

  it('proves by its namespace that it was started by this frame', () => {
    expect(calCom.confirms?.({ originator: 'CAL', namespace: 'booking-1-x7', type: 'x' }, context)).to.equal(
      true,
    );
    expect(calCom.confirms?.({ originator: 'CAL', namespace: 'booking-1', type: 'x' }, context)).to.equal(
      false,
    );
    expect(calCom.confirms?.(null, context)).to.equal(false);
  });

  it('that has spoken and shows no slots is distinguished from one that never spoke', () => {
    expect(calCom.whyNotReady?.(['hello', 'resize'])?.detail).to.contain('hello, resize');
    expect(calCom.whyNotReady?.([])).to.equal(null);
  });

  for (const [query, day] of [
    ['?date=2027-01-20&month=2027-02', '2027-01-20'],
    ['?month=2027-02', '2027-02-01'],
    ['?date=2027-02-30', null],
    ['?date=soon', null],
    ['', null],
  ] as const)
    it(`opens at ${day ?? 'today'} with ${query || 'no query'}`, () => {
      expect(calCom.openingDay?.(new URL(`https://cal.com/acme/30min${query}`))).to.equal(day);
    });
});
