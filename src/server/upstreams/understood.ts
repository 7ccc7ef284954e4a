import * as z from 'zod';
import { UpstreamFailure } from './upstream.js';

/** The part of an answer that counts. Throws an `UpstreamFailure` for what is no such answer. */
export function understood<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const { success, data } = schema.safeParse(body);
  if (!success) throw new UpstreamFailure('not-understood', `the answer holds no ${what}`);
  return data;
}

/** A list from which unreadable entries are left out: one of them does not spoil a month. A list without a readable one is refused. */
export const readableEntries = <T>(item: z.ZodType<T>, max: number): z.ZodType<T[]> =>
  z
    .array(z.unknown())
    .max(max)
    .transform((all, context) => {
      const read = all.flatMap((entry) => {
        const { success, data } = item.safeParse(entry);
        return success ? [data] : [];
      });
      if (read.length > 0 || all.length === 0) return read;
      context.issues.push({ code: 'custom', message: 'holds no entry that can be read', input: all });
      return z.NEVER;
    });
