import * as z from 'zod';
import type { EventDetails } from '../../protocol/event-details.js';
import { UpstreamFailure } from './upstream.js';

/** The version of the API that has event types. */
export const EVENT_TYPES_VERSION = { 'cal-api-version': '2024-06-14' };

export type CalDetails = Omit<EventDetails, 'v' | 'fetchedAt'>;

const text = z.string().max(2000);
const typeSchema = z.object({
  title: text,
  lengthInMinutes: z.number().positive(),
  lengthInMinutesOptions: z.array(z.number().positive()).max(50).nullish().catch(undefined),
  price: z.number().nullish().catch(undefined),
  currency: text.nullish().catch(undefined),
  locations: z
    .array(z.object({ type: text }))
    .max(50)
    .nullish()
    .catch(undefined),
  seats: z.object({ seatsPerTimeSlot: z.int().positive() }).nullish().catch(undefined),
  users: z
    .array(z.object({ name: text.nullish(), avatarUrl: text.nullish() }))
    .max(100)
    .nullish()
    .catch(undefined),
});
const answerSchema = z.object({ data: z.union([z.array(typeSchema).max(100), typeSchema]) });

/** Whole units: Cal.com keeps prices in the currency's smallest one, as Stripe does. */
function wholeUnits(price: number, currency: string): number {
  try {
    const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits;
    return price / 10 ** (digits ?? 2);
  } catch {
    return price / 100;
  }
}

/** Details out of an answer; null where it holds no event type. Throws an `UpstreamFailure` for what is no such answer. */
export function readDetails(body: unknown): CalDetails | null {
  const { success, data } = answerSchema.safeParse(body);
  if (!success)
    throw new UpstreamFailure('not-understood', 'the answer holds no event type as Cal.com writes it');
  const type = Array.isArray(data.data) ? data.data[0] : data.data;
  if (!type) return null;
  const { title, lengthInMinutes: minutes, lengthInMinutesOptions: lengths, price, seats, users } = type;
  const currency = type.currency?.toUpperCase() ?? 'USD';
  const host = users?.find(({ name }) => name);
  // Pictures of accounts without one are addresses within the site.
  const image = host?.avatarUrl && URL.canParse(host.avatarUrl) ? host.avatarUrl : undefined;
  return {
    title,
    minutes,
    ...(lengths && lengths.length > 1 && { lengths }),
    ...(price && { price: { amount: wholeUnits(price, currency), currency } }),
    ...(type.locations && { locations: type.locations.map((one) => one.type) }),
    ...(seats && { seats: seats.seatsPerTimeSlot }),
    ...(host?.name && { host: { name: host.name, ...(image !== undefined && { image }) } }),
  };
}
