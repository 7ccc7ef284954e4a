import * as z from 'zod';
import { instant, provider } from './responses/common.js';

/** Names an event type, by the address of its page or by the provider's id. */
export const eventType = {
  src: z.url().max(2048).optional().describe('Address of the scheduling page'),
  eventType: z.string().max(2048).optional().describe("Instead of `src`: the provider's id"),
  provider: z.string().optional().describe('Whose id `eventType` is'),
};

export const timeZone = z.string().max(64).default('UTC').describe('IANA name');

/** Which stretch of time a response covers. */
export const window = {
  window: z
    .string()
    .regex(/^\d{1,6}[mhd]$/)
    .default('1h')
    .describe('`30m`, `24h`, `7d` …; at most 400 days'),
  from: instant.optional().describe('Instead of `window`: ISO 8601 instant'),
  to: instant.optional().describe('ISO 8601 instant; now without'),
};

export const limit = (usual: number, most: number): z.ZodType =>
  z.int().min(1).max(most).default(usual).describe('Maximum number of entries');

export const cursor = z.string().optional().describe('`next` of an earlier response');

/** Which load reports count. */
export const loadFilter = {
  provider: z.string().optional(),
  mode: z.string().optional(),
  page: z.string().optional(),
  calendar: z.string().optional().describe('Scheduling page: origin and path'),
  errors: z.enum(['0', '1', 'true', 'false']).default('0').describe('`1`: only loads that failed'),
};

export const bookingProvider = provider.optional();
