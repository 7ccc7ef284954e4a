import { decodeBase64Url } from 'hono/utils/encode';
import * as z from 'zod';
import { base64UrlOf, bytesOf } from '../sha256.js';
import { DAY_MS } from '../../scheduling/durations.js';
import { parseInstant } from '../http/instant.js';
import { Problem } from '../http/problem.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { BookingState } from './booking.js';
import type { BookingCursor, BookingFilter } from './list-bookings.js';

const STATES: readonly BookingState[] = ['pending', 'accepted', 'rejected', 'cancelled'];
const PROVIDERS: readonly ProviderName[] = ['cal', 'calendly'];

/** Days that are listed where no range is named. */
const USUAL_DAYS = 30;

const bad = (code: string, detail: string): Problem => new Problem({ status: 400, code, detail });

const shown = (text: string): string => JSON.stringify(text.slice(0, 80));

function oneOf<Name extends string>(
  query: URLSearchParams,
  parameter: string,
  names: readonly Name[],
): Name | undefined {
  const text = query.get(parameter);
  if (text === null || text === '') return undefined;
  const found = names.find((name) => name === text);
  if (found === undefined)
    throw bad(`bad-${parameter}`, `\`${parameter}\` must be ${names.join(', ')}, not ${shown(text)}.`);
  return found;
}

function instant(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null || text === '') return usual;
  const at = parseInstant(text);
  if (at === undefined)
    throw bad('bad-instant', `\`${name}\` must be an ISO 8601 instant, not ${shown(text)}.`);
  return at;
}

/** The provider that a query names. Throws a `Problem`. */
export const providerOf = (query: URLSearchParams): ProviderName | undefined =>
  oneOf(query, 'provider', PROVIDERS);

/** Throws a `Problem`. Without a range: from now on, 30 days. */
export function bookingFilterOf(query: URLSearchParams, now: number): BookingFilter {
  const from = instant(query, 'from', now);
  const to = instant(query, 'to', from + USUAL_DAYS * DAY_MS);
  if (from >= to) throw bad('bad-range', '`from` must be before `to`.');
  return {
    from,
    to,
    status: oneOf(query, 'status', STATES),
    provider: providerOf(query),
    eventType: query.get('eventType') || undefined,
  };
}

const cursorSchema = z.tuple([z.int(), z.enum(PROVIDERS), z.string().min(1).max(500)]);

export const cursorText = ({ start, provider, id }: BookingCursor): string =>
  base64UrlOf(bytesOf(JSON.stringify([start, provider, id])));

/** Throws a `Problem`. */
export function bookingCursorOf(query: URLSearchParams): BookingCursor | undefined {
  const text = query.get('cursor');
  if (text === null || text === '') return undefined;
  try {
    const [start, provider, id] = cursorSchema.parse(
      JSON.parse(new TextDecoder().decode(decodeBase64Url(text))) as unknown,
    );
    return { start, provider, id };
  } catch {
    throw bad('bad-cursor', '`cursor` must be what an earlier answer had as `next`.');
  }
}
