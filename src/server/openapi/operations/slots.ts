import * as z from 'zod';
import { availabilitySchema } from '../../../protocol/availability-schema.js';
import { eventDetailsSchema } from '../../../protocol/event-details-schema.js';
import { empty, json, text, type Operation } from '../operation.js';
import { eventType, timeZone } from '../parameters.js';
import { count, instant, moment } from '../responses/common.js';

const slotShape = availabilitySchema.shape.slots.def.element.shape;

const notModified = empty('The client has this response already');
const UPSTREAM = {
  404: 'There is no such event type, or no account for it',
  502: 'The scheduling service cannot be reached or its response cannot be read',
  503: 'No call to the scheduling service is left; see `Retry-After`',
  504: 'The scheduling service takes too long',
};

const availability = z.object({
  ...availabilitySchema.shape,
  alternatives: z.exactOptional(
    z.array(
      z.object({
        ...slotShape,
        reason: z.enum(['preferred', 'same-day', 'next-working-day', 'same-time-next-week', 'next-free']),
      }),
    ),
  ),
});

/** What visitors' browsers request. */
export const SLOT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/availability',
    id: 'getAvailability',
    tag: 'Slots',
    summary: 'Slots of an event type',
    query: z.object({
      ...eventType,
      start: instant.optional(),
      end: instant.optional().describe('ISO 8601 instant, exclusive; at most 100 days after `start`'),
      timeZone,
      preferred: instant.optional().describe('Slots near this instant come as `alternatives`'),
    }),
    responses: {
      200: json('Availability', availability, 'The slots, sorted by start'),
      304: notModified,
    },
    problems: UPSTREAM,
  },
  {
    method: 'delete',
    path: '/v1/availability',
    id: 'purgeAvailability',
    tag: 'Slots',
    summary: 'Forget stored slots of an event type, of a host or all',
    owner: true,
    query: z.object({
      ...eventType,
      host: z.string().optional().describe('User name, with `provider`'),
      all: z.enum(['1', 'true']).optional(),
    }),
    responses: {
      200: json(
        'Purged',
        z.object({ v: z.literal(1), eventTypes: count }),
        'How many event types were forgotten',
      ),
    },
    problems: { 404: UPSTREAM[404] },
  },
  {
    method: 'get',
    path: '/v1/event',
    id: 'getEvent',
    tag: 'Slots',
    summary: 'Details of an event type',
    query: z.object(eventType),
    responses: {
      200: json('EventDetails', eventDetailsSchema, 'What the scheduling service says of it'),
      304: notModified,
    },
    problems: UPSTREAM,
  },
  {
    method: 'get',
    path: '/v1/live',
    id: 'listen',
    tag: 'Slots',
    summary: 'Server-sent events: slots that are gone',
    query: z.object({
      src: z.array(z.url()).max(50).optional().describe('Addresses of scheduling pages'),
      eventType: eventType.eventType,
      provider: eventType.provider,
      since: moment.optional().describe("Milliseconds since 1970: when the page's slots were fetched"),
      lastEventId: z.string().optional(),
    }),
    responses: { 200: text('text/event-stream', 'Events `times-gone`, `ask-anew` and `here`, without end') },
    problems: { 404: UPSTREAM[404], 503: 'Too many connections are open' },
  },
];
