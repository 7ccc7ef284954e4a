import { RETRY_AFTER_DEFAULT_MS, RETRY_AFTER_MAX_MS } from '../durations.js';

/** Headers that say when to come back, the standard one first. Those of Cal.com and Calendly are seconds to go. */
const RESETS = ['x-ratelimit-reset-default', 'x-ratelimit-reset', 'ratelimit-reset'];

/** A number this large is no duration: it is a moment, in seconds since 1970, and larger still in milliseconds. */
const EPOCH_SECONDS = 1_000_000_000;
const EPOCH_MS = 1_000_000_000_000;

/** Milliseconds that a number means; undefined for text that is none. */
function ofNumber(text: string, now: number): number | undefined {
  if (!/^\d{1,16}(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  if (value >= EPOCH_MS) return value - now;
  return value >= EPOCH_SECONDS ? value * 1000 - now : value * 1000;
}

/** Milliseconds until a date, by the clock of the sender where that is known. */
function ofDate(text: string, headers: Headers, now: number): number | undefined {
  // `Date.parse` takes "3 days" for a date: https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
  if (!/^[a-z]{3,9},? .*\d{2}:\d{2}:\d{2}/i.test(text) && !/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const moment = Date.parse(text);
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(moment) ? undefined : moment - (Number.isNaN(sent) ? now : sent);
}

/**
 * How long an upstream wants to be left alone, in milliseconds, from the headers of a 429 or 503: `Retry-After` as seconds or
 * as a date (0 or a date in the past mean at once), else a rate limit's reset. A minute where nothing can be read, ten at
 * most.
 */
export function retryDelay(headers: Headers, now: number): number {
  const written = headers.get('retry-after')?.trim();
  const asked = written && (ofNumber(written, now) ?? ofDate(written, headers, now));
  if (typeof asked === 'number') return Math.min(Math.max(0, asked), RETRY_AFTER_MAX_MS);
  for (const name of RESETS) {
    const reset = ofNumber(headers.get(name)?.trim() ?? '', now);
    if (reset !== undefined && reset > 0) return Math.min(reset, RETRY_AFTER_MAX_MS);
  }
  return RETRY_AFTER_DEFAULT_MS;
}
