import type * as z from 'zod';
import { UpstreamFailure } from './upstream.js';

/** The part of an answer that counts. Throws an `UpstreamFailure` for what is no such answer. */
export function understood<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const { success, data } = schema.safeParse(body);
  if (!success) throw new UpstreamFailure('not-understood', `the answer holds no ${what}`);
  return data;
}
