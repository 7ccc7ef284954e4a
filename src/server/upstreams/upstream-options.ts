import * as z from 'zod';

const url = z
  .string()
  .max(500)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http(s) URL');

const common = {
  /**
   * Pages that this account serves: `https://cal.com/acme`, `https://meet.example.com`. Whoever asks for another gets
   * nothing, so that strangers cannot use up the budget.
   */
  pages: z.array(url).max(100),
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
  key: z.string().min(1).optional(),
});

const calendly = z.strictObject({
  provider: z.literal('calendly'),
  ...common,
  pages: common.pages.min(1, 'must name at least one page').default(['https://calendly.com']),
  api: url.default('https://api.calendly.com'),
  /** A personal access token; Calendly answers nothing without one. */
  token: z.string().min(1, 'must be a personal access token'),
  /** URI of the organisation or user whose event types count; the token's own organisation without. */
  owner: url.optional(),
});

/** The accounts whose times are passed on. Without any: the hosted Cal.com, without a key. */
export const upstreamOptions = z
  .array(z.discriminatedUnion('provider', [cal, calendly]))
  .max(50)
  .default([cal.parse({ provider: 'cal' })]);

export type UpstreamSettings = z.output<typeof upstreamOptions>[number];
