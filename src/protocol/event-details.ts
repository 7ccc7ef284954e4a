import * as z from 'zod/mini';

/** The host of an event type. */
export interface HostProfile {
  readonly name: string;
  /** URL of an image. */
  readonly image?: string;
  /** The host's own time zone, an IANA name. */
  readonly timeZone?: string;
}

/**
 * A scheduling service's details of an event type (`GET {companion}/v1/event?src=…`). A field is missing where the service
 * does not provide it; nothing is guessed.
 */
export interface EventDetails {
  readonly v: 1;
  readonly title?: string;
  /** Length in minutes, and all lengths where the visitor may choose. */
  readonly minutes?: number;
  readonly lengths?: readonly number[];
  /** In whole units of the currency (ISO 4217), where the service names it. Missing for an event type without a price. */
  readonly price?: { readonly amount: number; readonly currency?: string };
  /** Kinds of places, under the service's names, such as `integration`, `physical`, `zoom_conference`. */
  readonly locations?: readonly string[];
  /** Attendees of one slot, where it takes more than one. */
  readonly seats?: number;
  readonly host?: HostProfile;
  /** When the service answered: milliseconds since 1970. Ten minutes is fresh; a host's profile, an hour. */
  readonly fetchedAt: number;
}

const text = z.string().check(z.maxLength(2000));
const minutes = z.number().check(z.positive());

/** For servers and tests. */
export const eventDetailsSchema = z.object({
  v: z.literal(1),
  title: z.exactOptional(text),
  minutes: z.exactOptional(minutes),
  lengths: z.exactOptional(z.readonly(z.array(minutes))),
  price: z.exactOptional(z.object({ amount: z.number(), currency: z.exactOptional(text) })),
  locations: z.exactOptional(z.readonly(z.array(text))),
  seats: z.exactOptional(z.number()),
  host: z.exactOptional(
    z.object({ name: text, image: z.exactOptional(text), timeZone: z.exactOptional(text) }),
  ),
  fetchedAt: z.number().check(z.nonnegative()),
}) satisfies z.ZodMiniType<EventDetails>;
