import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import { book } from './booking-actions.js';
import { bookingFault, lostAnswer } from './booking-faults.js';
import { calendlyLocations, calendlyQuestions } from './calendly-event-type.js';
import { eventAt } from './calendly-pages.js';
import type { EventType } from './event-type.js';
import { configured, type ConfiguredEvent } from './event-settings.js';
import { addressOf, fieldOf, jsonOf, queryOf, type Env } from './http.js';
import { numberOf } from './knobs.js';
import { isZone } from './page/zone-time.js';
import type { Service } from './service.js';
import { calendlyUris } from './webhooks.js';

const text = z.string();
const nullableText = text.nullable();
const schema = z.object({
  event_type: text,
  start_time: text.refine((value) => !Number.isNaN(Date.parse(value))),
  invitee: z
    .object({
      name: text.min(1).optional(),
      first_name: text.min(1).optional(),
      last_name: text.optional(),
      email: z.email(),
      timezone: text.refine(isZone),
      text_reminder_number: text.optional(),
    })
    .refine(({ name, first_name: first }) => name ?? first),
  location: z.object({ kind: text, location: text.optional() }).optional(),
  questions_and_answers: z.array(z.object({ question: text, answer: text, position: z.int() })).optional(),
  tracking: z
    .object({
      utm_source: nullableText,
      utm_medium: nullableText,
      utm_campaign: nullableText,
      utm_content: nullableText,
      utm_term: nullableText,
      salesforce_uuid: nullableText,
    })
    .optional(),
  event_guests: z.array(z.email()).max(10).optional(),
});

/** Titles are generated and say little: a client decides by status. */
const ERRORS: Readonly<Record<string, readonly [ContentfulStatusCode, string, string?]>> = {
  taken: [404, 'The requested start_time is not available.', 'already_filled'],
  race: [404, 'The requested start_time is not available.', 'already_filled'],
  'event-gone': [404, 'The server could not find the requested resource.'],
  login: [401, 'The access token is invalid'],
  plan: [
    403,
    'The Scheduling API is only available on paid Calendly plans. Please upgrade to use this endpoint.',
  ],
  field: [400, 'The supplied parameters are invalid.'],
  'rate-limited': [429, 'Too many requests'],
  'server-error': [500, 'The server encountered an unexpected error'],
};

function calendlyError(c: Context<Env>, name: string): Response | null {
  const known = Object.hasOwn(ERRORS, name) ? ERRORS[name] : undefined;
  if (!known) return null;
  const [status, message, code] = known;
  const details = code === undefined ? {} : { details: [{ parameter: 'start_time', message, code }] };
  return c.json({ title: 'Invalid Argument', message, ...details }, status);
}

const fail = (c: Context<Env>, name: string): Response =>
  calendlyError(c, name) ?? c.json({ title: 'Internal Server Error', message: name }, 500);

type Invitation = z.output<typeof schema>;

/** Whether the answers are to the host's own questions, word for word, and none that is needed is missing. */
const answersFit = (event: ConfiguredEvent, { questions_and_answers: answers = [] }: Invitation): boolean => {
  const questions = calendlyQuestions(event);
  return (
    answers.every(({ question, answer }) => answer && questions.some(({ name }) => name === question)) &&
    questions.every(({ name, required }) => !required || answers.some(({ question }) => question === name))
  );
};

/** Whether the place is one that the event type offers, with what the visitor has to say of it. */
const placeFits = (event: ConfiguredEvent, { location }: Invitation): boolean =>
  location === undefined ||
  (calendlyLocations(event).some(({ kind }) => kind === location.kind) &&
    (!/^(physical|outbound_call|ask_invitee|custom)$/.test(location.kind) || !!location.location));

/** Requests that one token may send in a minute. */
const PER_MINUTE = 10;

/**
 * Calendly's scheduling API, for servers: `POST /invitees` with a bearer token, which may be any text. There are no CORS
 * headers, so that no browser can read it. Event types are named by the URI that webhooks name them by, or by
 * `…/event_types/<host>/<slug>`.
 */
export function calendlyApi(service: Service): Hono<Env> {
  const { catalogue } = service;
  const app = new Hono<Env>();

  const eventOf = (uri: string): EventType | null => {
    const [, path = ''] = /\/event_types\/(.+)$/.exec(uri) ?? [];
    return catalogue.byId(Number(path)) ?? eventAt(catalogue, path.split('/'));
  };

  app.post('/invitees', async (c) => {
    const body = await jsonOf(c);
    const found = eventOf(String(fieldOf(body, 'event_type')));
    const query = queryOf(c);
    const key = found?.key ?? '';
    const knobs = service.board.of(key, 'booking', query);
    service.requests.add({
      time: service.clock(),
      provider: 'calendly-api',
      method: 'POST',
      path: '/invitees',
      query,
      key,
      address: knobs.address ?? addressOf(c),
      origin: c.req.header('origin') ?? '',
    });
    const token = c.req.header('authorization') ?? '';
    if (!/^Bearer \S+$/.test(token)) return fail(c, 'login');
    const limit = numberOf(knobs, 'rate-limit') ?? PER_MINUTE;
    if (!service.limits.take(`${token} ${key.split('/')[0] ?? ''}`, service.clock(), limit).allowed)
      return fail(c, 'rate-limited');
    const stopped = await bookingFault(c, knobs, (name) => calendlyError(c, name));
    if (stopped) return stopped;
    const read = schema.safeParse(body);
    if (!read.success) return fail(c, 'field');
    if (!found) return fail(c, 'event-gone');
    const { invitee, start_time: start, tracking = {}, event_guests: guests = [] } = read.data;
    const event = configured(found, knobs);
    if (!answersFit(event, read.data) || !placeFits(event, read.data)) return fail(c, 'field');
    const name = invitee.name ?? [invitee.first_name, invitee.last_name].filter(Boolean).join(' ');
    const booking = await book(
      service,
      {
        event,
        start: Date.parse(start),
        duration: event.durations[0],
        attendee: { name, email: invitee.email, timeZone: invitee.timezone },
        guests,
        notes: (read.data.questions_and_answers ?? []).map(({ answer }) => answer).join('\n'),
        metadata: Object.fromEntries(
          Object.entries(tracking).filter((entry): entry is [string, string] => entry[1] !== null),
        ),
        ...(read.data.location?.location && { location: read.data.location.location }),
      },
      knobs,
    );
    if (typeof booking !== 'object') return fail(c, 'taken');
    const lost = await lostAnswer(c, knobs);
    if (lost) return lost;
    const uris = calendlyUris(booking);
    const { origin } = new URL(c.req.url);
    const resource = {
      uri: uris.invitee,
      email: booking.attendee.email,
      name,
      status: 'active',
      event: uris.event,
      timezone: booking.attendee.timeZone,
      cancel_url: `${origin}/cancellations/${booking.uid}`,
      reschedule_url: `${origin}/reschedulings/${booking.uid}`,
      payment: null,
      scheduling_method: 'api',
      created_at: booking.createdAt,
    };
    return c.json({ resource }, 201);
  });
  return app;
}
