import { expect } from '@open-wc/testing';
import { isPassing, retryDelay } from '../../../src/widget/retry-backoff.js';
import { pickTimes } from '../../../src/widget/views/pick-times.js';
import { slotFormat } from '../../../src/widget/views/slot-format.js';

const slots = (...starts: string[]) => starts.map((start) => ({ start }));
const dayOf = ({ start }: { start: string }): string => start.slice(0, 10);

describe('which times to show', () => {
  const busy = slots(
    '2026-11-23T08:00Z',
    '2026-11-23T09:00Z',
    '2026-11-23T10:00Z',
    '2026-11-23T11:00Z',
    '2026-11-24T08:00Z',
    '2026-11-24T09:00Z',
    '2026-11-25T08:00Z',
  );

  it('are the soonest, from two days at least', () => {
    const days = pickTimes(busy, 6, 0, dayOf);
    expect(days.map(({ day, slots: times }) => [day, times.length])).to.deep.equal([
      ['2026-11-23', 3],
      ['2026-11-24', 2],
      ['2026-11-25', 1],
    ]);
  });

  it('are never more than asked for, and never over', () => {
    expect(pickTimes(busy, 2, 0, dayOf).flatMap((day) => day.slots)).to.have.length(2);
    const late = pickTimes(busy, 6, Date.parse('2026-11-24T08:00Z'), dayOf);
    expect(late.map(({ day }) => day)).to.deep.equal(['2026-11-24', '2026-11-25']);
    expect(late[0]?.slots).to.deep.equal(slots('2026-11-24T09:00Z'));
  });

  it('are none when there are none', () => {
    expect(pickTimes([], 6, 0, dayOf)).to.deep.equal([]);
  });
});

describe('how times are written', () => {
  const slot = { start: '2026-11-24T09:00:00Z', end: '2026-11-24T09:30:00Z' };

  it('follows the language and the zone', () => {
    expect(slotFormat('de', 'Europe/Berlin').time(new Date(slot.start))).to.equal('10:00');
    expect(slotFormat('de', 'Europe/Berlin').day(slot)).to.equal('Dienstag, 24. November');
    expect(slotFormat('en-US', 'America/New_York').time(new Date(slot.start))).to.match(/^4:00\sAM$/);
  });

  it('puts a time on the day it has in the visitor’s zone', () => {
    const late = { start: '2026-11-24T23:30:00Z' };
    expect(slotFormat('en', 'Pacific/Kiritimati').day(late)).to.include('25');
    expect(slotFormat('en', 'Pacific/Pago_Pago').day(late)).to.include('24');
  });

  it('names the zone in words and falls back for languages nobody knows', () => {
    expect(slotFormat('en', 'Europe/Berlin').zone).to.include('Central European');
    expect(slotFormat('not a language', 'UTC').time(new Date(slot.start))).to.be.a('string').that.is.not
      .empty;
  });

  it('says the end where it is known', () => {
    expect(slotFormat('de', 'Europe/Berlin').full(slot)).to.match(/10:00.*10:30/);
    expect(slotFormat('de', 'Europe/Berlin').full({ start: slot.start }))
      .to.include('10:00')
      .and.not.include('10:30');
  });
});

describe('retries', () => {
  it('wait 5, 10, then 20 s, give or take a fifth', () => {
    for (const [attempt, seconds] of [
      [1, 5],
      [2, 10],
      [3, 20],
      [9, 20],
    ] as const) {
      expect(retryDelay(attempt, () => 0)).to.equal(seconds * 800);
      expect(retryDelay(attempt, () => 0.5)).to.equal(seconds * 1000);
      expect(retryDelay(attempt, () => 1)).to.equal(seconds * 1200);
    }
  });

  it('are only for what waiting can mend', () => {
    expect((['offline', 'timeout', 'provider-error', 'rate-limited'] as const).every(isPassing)).to.equal(
      true,
    );
    expect(
      (['bad-config', 'not-found', 'blocked-csp', 'refused', 'blocked-coep'] as const).some(isPassing),
    ).to.equal(false);
  });
});
