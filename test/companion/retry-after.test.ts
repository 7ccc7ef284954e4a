import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { retryDelay } from '../../src/server/upstreams/retry-after.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();

describe('how long an upstream wants to be left alone', () => {
  const cases: readonly (readonly [about: string, headers: Record<string, string>, seconds: number])[] = [
    ['seconds', { 'retry-after': '120' }, 120],
    ['seconds with a fraction', { 'retry-after': '1.5' }, 1.5],
    ['white space around them', { 'retry-after': ' 7 ' }, 7],
    ['0, which means at once', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': at(300) }, 300],
    ['a date in the past', { 'retry-after': at(-300) }, 0],
    ['a date by a clock that is an hour ahead', { 'retry-after': at(3900), date: at(3600) }, 300],
    ['a date of the old kind', { 'retry-after': 'Monday, 02-Mar-26 08:00:05 GMT' }, 5],
    ['a date as programs write it', { 'retry-after': '2026-03-02T08:00:30Z' }, 30],
    ['an epoch in seconds', { 'retry-after': String(NOW / 1000 + 42) }, 42],
    ['words', { 'retry-after': 'soon' }, 60],
    ['a number with a unit', { 'retry-after': '3 days' }, 60],
    ['nothing', {}, 60],
    ['more than ten minutes', { 'retry-after': '86400' }, 600],
    ['the seconds of a rate limit', { 'x-ratelimit-reset-default': '33' }, 33],
    ['the moment of a rate limit', { 'x-ratelimit-reset': String(NOW / 1000 + 20) }, 20],
    ['the moment of a rate limit in milliseconds', { 'x-ratelimit-reset': String(NOW + 25_000) }, 25],
    ['junk beside a rate limit that can be read', { 'retry-after': 'x', 'x-ratelimit-reset': '9' }, 9],
  ];
  for (const [about, headers, seconds] of cases)
    it(`is ${seconds} s where the answer has ${about}`, () => {
      assert.equal(retryDelay(new Headers(headers), NOW) / 1000, seconds);
    });
});
