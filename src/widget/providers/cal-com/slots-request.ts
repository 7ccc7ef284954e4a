import { writtenIn } from '../page-query.js';
import type { SlotsSource } from '../provider.js';
import { hostOf, pathOf } from './page-address.js';

/** Pages whose path looks like a person's or a team's event type and is something else. */
const NO_EVENT = /^(org|d|forms|routing-forms|booking|reschedule|video)$/;

/** A part of a path, percent-encoded as it is, in a query, where some further characters have a meaning. */
const asValue = (part: string): string => part.replace(/[&+=;]/g, encodeURIComponent);

/**
 * Which event type a page books, as the slots API wants it addressed; null where the path does not name one. What comes out
 * of a path is percent-encoded already.
 */
function eventOf(page: URL): string[] | null {
  const [, organization] = hostOf(page);
  const path = pathOf(page);
  const team = path[0] === 'team' ? path.shift() : '';
  const [owner = '', event, more] = path;
  const people = owner.split(/\+|%2b/i);
  const isGroup = people.length > 1;
  // The API takes several people only within an organisation.
  if (!event || more || (!team && NO_EVENT.test(owner)) || (isGroup && !organization)) return null;
  return [
    `${team ? 'teamSlug' : isGroup ? 'usernames' : 'username'}=${people.map(asValue).join()}`,
    isGroup ? '' : `eventTypeSlug=${asValue(event)}`,
    organization && `organizationSlug=${organization}`,
    ...writtenIn(page, /^(?!duration=\d+$)/),
  ].filter(Boolean);
}

/** The request for slots. Apart from the rest, because it is sent before any other code of the widget is there. */
export const slotsRequest: SlotsSource['request'] = ({ page, api, start, end, timeZone }) => {
  const event = eventOf(page);
  // Nothing is known of an API host of the EU cloud, nor of a self-hosted one, unless the owner names it.
  const base = api || (hostOf(page)[0].endsWith('.cal.com') ? 'https://api.cal.com' : '');
  if (!event || !base) return null;
  // The API includes the end, and takes midnight UTC for the end of the day that begins then.
  const last = new Date(Date.parse(end) - 1).toISOString();
  const range = new URLSearchParams({ start, end: last, timeZone, format: 'range' });
  return {
    url: `${base.replace(/(\/v2)?\/*$/, '')}/v2/slots?${[...event, range].join('&')}`,
    headers: { 'cal-api-version': '2024-09-04' },
  };
};
