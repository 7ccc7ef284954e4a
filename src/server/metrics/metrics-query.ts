import { parseInstant } from '../http/instant.js';
import { Problem } from '../http/problem.js';
import type { LoadFilter, Window } from './loads.js';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The longest stretch that can be asked for, in days. */
const MOST_DAYS = 400;

/** `90m`, `1h`, `7d` in milliseconds; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const length = Number(count) * (UNITS[unit] ?? NaN);
  return length > 0 && length <= MOST_DAYS * 86_400_000 ? length : undefined;
}

const bad = (code: string, detail: string): Problem => new Problem({ status: 400, code, detail });

function instant(name: string, text: string): number {
  const at = parseInstant(text);
  if (at === undefined)
    throw bad(
      'bad-instant',
      `\`${name}\` must be an ISO 8601 instant, not ${JSON.stringify(text.slice(0, 80))}.`,
    );
  return at;
}

/** How far the clocks of instances may differ, in milliseconds: each estimates that of the database. */
const CLOCKS_DIFFER = 1000;

/** `window`, or `from` and `to`; the last hour without any. Throws a `Problem`. */
export function windowOf(query: URLSearchParams, now: number): Window {
  const [from, to, window = '1h'] = [query.get('from'), query.get('to'), query.get('window') ?? undefined];
  const end = to === null ? now + CLOCKS_DIFFER : instant('to', to);
  if (from === null) {
    const length = durationOf(window);
    if (length === undefined)
      throw bad(
        'bad-window',
        `\`window\` must be like 30m, 24h or 7d, and at most ${MOST_DAYS}d, not ${JSON.stringify(window.slice(0, 80))}.`,
      );
    return { from: end - length, to: end };
  }
  const start = instant('from', from);
  if (start >= end || end - start > MOST_DAYS * 86_400_000)
    throw bad('bad-range', `\`from\` must be before \`to\`, by ${MOST_DAYS} days at most.`);
  return { from: start, to: end };
}

/** Throws a `Problem`. */
export function filterOf(query: URLSearchParams): LoadFilter {
  const word = (name: string): string | undefined => query.get(name) || undefined;
  const errors = query.get('errors') ?? '0';
  if (!/^(0|1|true|false|)$/.test(errors))
    throw bad('bad-errors', `\`errors\` must be 1 or 0, not ${JSON.stringify(errors.slice(0, 80))}.`);
  return {
    provider: word('provider'),
    mode: word('mode'),
    page: word('page'),
    calendar: word('calendar'),
    errors: errors === '1' || errors === 'true',
  };
}

/** Throws a `Problem`. */
export function limitOf(query: URLSearchParams, { usual, most }: { usual: number; most: number }): number {
  const text = query.get('limit');
  if (text === null || text === '') return usual;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    throw bad(
      'bad-limit',
      `\`limit\` must be a whole number from 1 to ${most}, not ${JSON.stringify(text.slice(0, 80))}.`,
    );
  return limit;
}

/** The zone whose days a series shows; UTC without. Throws a `Problem`. */
export function timeZoneOf(query: URLSearchParams): string | undefined {
  const text = query.get('timeZone');
  if (text === null || text === '') return undefined;
  try {
    if (text.length <= 64)
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    // Refused below.
  }
  throw bad(
    'bad-time-zone',
    `\`timeZone\` must be an IANA name such as Europe/Berlin, not ${JSON.stringify(text.slice(0, 80))}.`,
  );
}

/** Where a page of rows ended: the moment and the number of the last one. */
export interface Cursor {
  readonly at: number;
  readonly id: number;
}

export const cursorText = ({ at, id }: Cursor): string => `${at}.${id}`;

/** Throws a `Problem`. */
export function cursorOf(query: URLSearchParams): Cursor | undefined {
  const text = query.get('cursor');
  if (text === null || text === '') return undefined;
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (at === undefined || id === undefined)
    throw bad('bad-cursor', '`cursor` must be what an earlier answer had as `next`.');
  return { at: Number(at), id: Number(id) };
}
