import { expect } from '@open-wc/testing';
import { calendarFile, googleUrl, outlookUrl } from '../../../src/widget/booking/calendar-entry.js';

const ENTRY = {
  title: 'Intro; with Ada, and "you"',
  start: '2026-12-01T10:00:00+01:00',
  end: '',
  minutes: 30,
  location: 'Main St 1\\2,\nBerlin',
};
const NOW = Date.parse('2026-11-30T08:00:00Z');

describe('entry for the visitor’s calendar', () => {
  it('a calendar file has the instants in UTC and escapes what has a meaning in it', () => {
    const lines = calendarFile(ENTRY, NOW, 'uid-1').split('\r\n');
    expect(lines).to.include.members([
      'UID:uid-1',
      'DTSTAMP:20261130T080000Z',
      'DTSTART:20261201T090000Z',
      'DTEND:20261201T093000Z',
      'SUMMARY:Intro\\; with Ada\\, and "you"',
      'LOCATION:Main St 1\\\\2\\,\\nBerlin',
    ]);
    expect(lines.at(-1)).to.equal('');
  });

  it('no line of a calendar file is longer than 75 octets, and no character is split', () => {
    const title = 'Überlänge 📅 '.repeat(30);
    const file = calendarFile({ ...ENTRY, title }, NOW, 'uid-1');
    for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).to.be.at.most(75);
    expect(file.replaceAll('\r\n ', '')).to.contain(title.trimEnd());
  });

  it('links to Google and Outlook say the same times', () => {
    expect(new URL(googleUrl(ENTRY)).searchParams.get('dates')).to.equal('20261201T090000Z/20261201T093000Z');
    const outlook = new URL(outlookUrl({ ...ENTRY, end: '2026-12-01T09:45:00Z' })).searchParams;
    expect([outlook.get('startdt'), outlook.get('enddt')]).to.deep.equal([
      '2026-12-01T09:00:00.000Z',
      '2026-12-01T09:45:00.000Z',
    ]);
  });
});
