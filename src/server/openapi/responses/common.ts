import * as z from 'zod';

/** An ISO 8601 instant. */
export const instant = z.iso.datetime({ offset: true }).describe('ISO 8601 instant');

/** Milliseconds since 1970. */
export const moment = z.number().describe('Milliseconds since 1970');

export const momentOrNull = moment.nullable();

export const count = z.number().min(0);

/** How often each name was counted. */
export const counts = z.record(z.string(), count);

export const share = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .describe('Of 0 to 1; null where nothing was counted');

export const provider = z.enum(['cal', 'calendly']);

export const next = z.string().nullable().describe('The `cursor` of the next page; null after the last');

/** RFC 9457, as every refusal is written. */
export const problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('For programs: short, and it never changes'),
  detail: z.string().describe('For people'),
});
