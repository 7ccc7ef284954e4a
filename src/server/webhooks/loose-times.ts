import * as z from 'zod';
import { canonicalName } from '../../scheduling/page-address.js';
import type { Booked } from '../availability/forget.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { instant } from './delivery.js';

/** Names that templates give to what is looked for here. */
const NAMES = {
  start: ['startTime', 'start_time', 'start'],
  end: ['endTime', 'end_time', 'end'],
  type: ['eventTypeId', 'event_type_id', 'event_type'],
  slug: ['type', 'slug', 'eventTypeSlug', 'event_type_slug'],
} as const;

/** Where templates and payloads put them. */
const INNER = ['payload', 'booking', 'scheduled_event', 'data'];

const id = z.union([z.int().positive().transform(String), z.string().min(1).max(500)]);

/**
 * Which time of which event type a body is about that cannot be understood otherwise. What it did to the time is not known,
 * so the time is only to be confirmed.
 */
export function looseTimes(provider: ProviderName, body: unknown): Booked[] {
  const places = [body];
  for (let i = 0; i < places.length && places.length < 20; i++) {
    const place = places[i];
    if (typeof place === 'object' && place !== null)
      for (const name of INNER)
        if (Object.hasOwn(place, name)) places.push((place as Record<string, unknown>)[name]);
  }
  const find = <T>(names: readonly string[], schema: z.ZodType<T>): T | undefined => {
    for (const place of places)
      for (const name of names)
        if (typeof place === 'object' && place !== null && Object.hasOwn(place, name)) {
          const { success, data } = schema.safeParse((place as Record<string, unknown>)[name]);
          if (success) return data;
        }
    return undefined;
  };
  const [start, end] = [find(NAMES.start, instant), find(NAMES.end, instant)];
  const eventType = find(NAMES.type, id) ?? '';
  const slug = canonicalName(find(NAMES.slug, z.string().max(200)) ?? '');
  if (start === undefined || end === undefined || end <= start || (!eventType && !slug)) return [];
  return [{ provider, eventType, slug, start, end, isShared: true }];
}
