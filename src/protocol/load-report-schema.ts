import * as z from 'zod/mini';
import { FAILURE_CODES } from './failure-code.js';
import { CACHE_RESULTS, MARKS, OUTCOMES, type LoadReport } from './load-report.js';

const word = z.string().check(z.maxLength(40));
const ms = z.number().check(z.minimum(0), z.maximum(86_400_000));

/** For collectors and tests; the browser only writes reports. */
export const loadReportSchema = z.object({
  v: z.literal(1),
  id: word,
  seq: z.int().check(z.minimum(1), z.maximum(1000)),
  page: z.string().check(z.maxLength(2048)),
  version: word,
  navigation: word,
  sampleRate: z.number().check(z.minimum(0), z.maximum(1)),
  vitals: z.object({
    lcp: z.exactOptional(ms),
    cls: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1000))),
    inp: z.exactOptional(ms),
    widgetCls: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1000))),
    widgetLcp: z.exactOptional(z.boolean()),
    widgetInp: z.exactOptional(z.boolean()),
  }),
  widgets: z
    .array(
      z.object({
        instance: z.int().check(z.minimum(1), z.maximum(10_000)),
        provider: word,
        calendar: z.exactOptional(z.string().check(z.maxLength(2048))),
        mode: word,
        loading: word,
        outcome: z.enum(OUTCOMES),
        failure: z.exactOptional(z.enum(FAILURE_CODES)),
        attempts: z.int().check(z.minimum(0), z.maximum(1000)),
        cache: z.enum(CACHE_RESULTS),
        cacheAge: z.exactOptional(z.number().check(z.minimum(0))),
        marks: z.partialRecord(z.enum(MARKS), ms),
      }),
    )
    .check(z.maxLength(200)),
}) satisfies z.ZodMiniType<LoadReport>;
