import * as z from 'zod';
import { pastedPage, pastedToken, pastedUrl } from '../pasted.js';

const url = pastedUrl;

const common = {
  /**
   * Pages that this account serves: `https://cal.com/acme`, `https://meet.example.com`. Requests for others are refused,
   * so that strangers cannot use up the budget.
   */
  pages: z.array(pastedPage).max(100),
  /** Calls a minute that the account may make, all instances together. */
  budget: z.int().min(1).max(10_000).default(120),
};

const cal = z.strictObject({
  provider: z.literal('cal'),
  ...common,
  /** Without any, all pages of the hosted Cal.com. */
  pages: common.pages.default([]),
  /** Base of the API: another one for a self-hosted Cal.com. */
  api: url.default('https://api.cal.com'),
  /** Public event types are answered without. */
  key: pastedToken().optional(),
});

const calendly = z.strictObject({
  provider: z.literal('calendly'),
  ...common,
  pages: common.pages.min(1, 'must name at least one page').default(['https://calendly.com']),
  /** The free plan's limit; paid plans allow 500. */
  budget: common.budget.default(50),
  api: url.default('https://api.calendly.com'),
  /** A personal access token; Calendly answers nothing without one. */
  token: pastedToken(1, 'must be a personal access token'),
  /** URI of the organisation or user whose event types count; the token's own organisation without. */
  owner: url.optional(),
  /**
   * Bookings are taken by API (`POST /v1/bookings`), for all event types or those at the listed pages. Off, because of the
   * provider's terms and quota.
   */
  nativeBooking: z.union([z.boolean(), z.array(pastedPage).min(1).max(100)]).default(false),
  /** Requests for bookings within any minute, hour and day; what Calendly's paid plans allow each user. */
  bookingsPerMinute: z.int().min(1).max(100_000).default(10),
  bookingsPerHour: z.int().min(1).max(100_000).default(50),
  bookingsPerDay: z.int().min(1).max(100_000).default(100),
});

const acuity = z.strictObject({
  provider: z.literal('acuity'),
  ...common,
  /** Other people's pages lie on the same hosts: yours have to be named, with `?owner=…` where that is what tells them apart. */
  pages: common.pages.min(1, 'must name at least one page'),
  api: url.default('https://acuityscheduling.com'),
  /** The numeric user id and the API key, as Acuity shows them under Integrations. */
  userId: z
    .union([z.int().positive(), z.string().trim().regex(/^\d+$/, 'must be a number')])
    .transform(String),
  apiKey: pastedToken(),
});

const hubspot = z.strictObject({
  provider: z.literal('hubspot'),
  ...common,
  pages: common.pages
    .min(1, 'must name at least one page')
    .default(['https://meetings.hubspot.com', 'https://meetings-eu1.hubspot.com']),
  api: url.default('https://api.hubapi.com'),
  /** Of a private app that may read meeting links (`scheduler.meetings.meeting-link.read`). */
  token: pastedToken(1, 'must be the access token of a private app'),
});

const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      return false;
    }
  }, 'must be an IANA name such as Europe/Berlin');

const easyAppointments = z
  .strictObject({
    provider: z.literal('easyappointments'),
    ...common,
    /** Where the instance is. */
    api: url.transform((written) => written.replace(/(\/index\.php)?\/*$/, '')),
    /** Without any, all below the instance's address. */
    pages: common.pages.default([]),
    /** By default an instance takes a hundred requests in two minutes. */
    budget: common.budget.default(45),
    /** The zone of the calendars. */
    timeZone,
    /** The services that may be asked for; a page without `?service=` is one of the first. */
    services: z
      .array(
        z.strictObject({
          id: z.int().positive(),
          /** How long it takes. */
          minutes: z.int().min(1).max(1440),
          /** Whose times may be asked for alone, by the number in `?provider=`. */
          staff: z.array(z.int().positive()).max(200).default([]),
        }),
      )
      .min(1, 'must name at least one service')
      .max(200),
  })
  .transform((one) => ({ ...one, pages: one.pages.length > 0 ? one.pages : [one.api] }));

/** The accounts whose times are passed on. Without any: the hosted Cal.com, without a key. */
export const upstreamOptions = z
  .array(z.discriminatedUnion('provider', [cal, calendly, acuity, hubspot, easyAppointments]))
  .max(50)
  .default([cal.parse({ provider: 'cal' })]);

export type UpstreamSettings = z.output<typeof upstreamOptions>[number];
