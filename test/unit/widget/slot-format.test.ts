import { expect } from '@open-wc/testing';
import { slotFormat } from '../../../src/widget/views/slot-format.js';

describe('format of slots', () => {
  const slot = { start: '2026-11-24T09:00:00Z', end: '2026-11-24T09:30:00Z' };

  it('a slot is written in the language and time zone of the visitor', () => {
    expect(slotFormat('de', 'Europe/Berlin').time(new Date(slot.start))).to.equal('10:00');
    expect(slotFormat('de', 'Europe/Berlin').day(slot)).to.match(/^Dienstag, 24\. November/);
    expect(slotFormat('en-US', 'America/New_York').time(new Date(slot.start))).to.match(/^4:00\sAM$/);
  });

  it('a slot is listed under its day in the visitor’s time zone', () => {
    const late = { start: '2026-11-24T23:30:00Z' };
    expect(slotFormat('en', 'Pacific/Kiritimati').day(late)).to.include('25');
    expect(slotFormat('en', 'Pacific/Pago_Pago').day(late)).to.include('24');
  });

  it('the time zone is named in words for the moment of a slot', () => {
    const format = slotFormat('en', 'Europe/Berlin');
    expect(format.zone(new Date('2026-11-24T09:00Z'))).to.equal('Central European Standard Time');
    expect(format.zone(new Date('2026-07-24T09:00Z'))).to.equal('Central European Summer Time');
  });

  it('two slots whose hour is repeated when clocks go back have different offsets', () => {
    const format = slotFormat('en', 'Europe/Berlin');
    const [first, second] = [{ start: '2026-10-25T00:30Z' }, { start: '2026-10-25T01:30Z' }];
    expect(format.time(new Date(first.start))).to.equal(format.time(new Date(second.start)));
    expect([format.offset(first), format.offset(second)]).to.deep.equal(['GMT+2', 'GMT+1']);
  });

  it('the accessible name of a slot includes its end where that is known', () => {
    expect(slotFormat('de', 'Europe/Berlin').full(slot)).to.match(/10:00.*10:30/);
    expect(slotFormat('de', 'Europe/Berlin').full({ start: slot.start }))
      .to.include('10:00')
      .and.not.include('10:30');
  });
});
