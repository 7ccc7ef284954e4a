import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addDays,
  dayAt,
  instantOf,
  isDay,
  isoInZone,
  isZone,
  startOfDay,
  weekdayOf,
} from '../../../demo/service/page/zone-time.js';

const iso = (instant: number): string => new Date(instant).toISOString();
const at = (text: string): number => Date.parse(text);

describe('zone time', () => {
  it('finds the instant a clock on the wall shows, in summer and in winter', () => {
    assert.equal(iso(instantOf('2026-07-01', 9 * 60, 'Europe/Berlin')), '2026-07-01T07:00:00.000Z');
    assert.equal(iso(instantOf('2026-12-01', 9 * 60, 'Europe/Berlin')), '2026-12-01T08:00:00.000Z');
    assert.equal(iso(instantOf('2026-07-01', 9 * 60, 'America/New_York')), '2026-07-01T13:00:00.000Z');
  });

  it('moves a time that the clocks skip to as far behind the gap', () => {
    // In Berlin 02:00 becomes 03:00 on 29 March 2026.
    assert.equal(iso(instantOf('2026-03-29', 150, 'Europe/Berlin')), '2026-03-29T01:30:00.000Z');
    assert.equal(isoInZone(at('2026-03-29T01:30:00Z'), 'Europe/Berlin'), '2026-03-29T03:30:00.000+02:00');
  });

  it('knows both instants of a time that the clocks show twice', () => {
    // In Berlin 03:00 becomes 02:00 on 25 October 2026.
    assert.equal(iso(instantOf('2026-10-25', 150, 'Europe/Berlin', 'earlier')), '2026-10-25T00:30:00.000Z');
    assert.equal(iso(instantOf('2026-10-25', 150, 'Europe/Berlin', 'later')), '2026-10-25T01:30:00.000Z');
  });

  it('gives the days on which the clocks change 23 and 25 hours', () => {
    const hours = (day: string, zone: string): number =>
      (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / 3_600_000;
    assert.equal(hours('2026-03-29', 'Europe/Berlin'), 23);
    assert.equal(hours('2026-10-25', 'Europe/Berlin'), 25);
    assert.equal(hours('2026-03-08', 'America/New_York'), 23);
    assert.equal(hours('2026-11-01', 'America/New_York'), 25);
    // Lord Howe moves its clocks by half an hour.
    assert.equal(hours('2026-04-05', 'Australia/Lord_Howe'), 24.5);
    assert.equal(hours('2026-10-04', 'Australia/Lord_Howe'), 23.5);
    // In Beirut the clocks change at midnight: the day begins at 01:00.
    assert.equal(hours('2026-03-29', 'Asia/Beirut'), 23);
  });

  it('writes offsets of half and three quarter hours, and both ends of the world', () => {
    const instant = at('2026-06-15T12:00:00Z');
    assert.equal(isoInZone(instant, 'Asia/Kolkata'), '2026-06-15T17:30:00.000+05:30');
    assert.equal(isoInZone(instant, 'Pacific/Chatham'), '2026-06-16T00:45:00.000+12:45');
    assert.equal(isoInZone(instant, 'America/St_Johns'), '2026-06-15T09:30:00.000-02:30');
    assert.equal(isoInZone(instant, 'Pacific/Kiritimati'), '2026-06-16T02:00:00.000+14:00');
    assert.equal(isoInZone(instant, 'Pacific/Pago_Pago'), '2026-06-15T01:00:00.000-11:00');
    assert.equal(isoInZone(instant, 'UTC'), '2026-06-15T12:00:00.000+00:00');
  });

  it('tells which day it is somewhere', () => {
    const instant = at('2026-12-31T23:30:00Z');
    assert.equal(dayAt(instant, 'Europe/Berlin'), '2027-01-01');
    assert.equal(dayAt(instant, 'UTC'), '2026-12-31');
    assert.equal(dayAt(instant, 'Pacific/Pago_Pago'), '2026-12-31');
    assert.equal(dayAt(at('2026-06-15T00:00:00Z'), 'UTC'), '2026-06-15');
  });

  it('counts days over the ends of months and leap years', () => {
    assert.equal(addDays('2028-02-28', 1), '2028-02-29');
    assert.equal(addDays('2026-01-01', -1), '2025-12-31');
    assert.equal(weekdayOf('2026-03-29'), 0);
  });

  it('knows a day and a zone when it sees one', () => {
    assert.ok(isDay('2026-02-28'));
    for (const junk of ['2026-13-01', '2026-2-1', 'today', '']) assert.ok(!isDay(junk), junk);
    assert.ok(isZone('Asia/Kolkata'));
    assert.ok(!isZone('Mars/Olympus'));
  });
});
