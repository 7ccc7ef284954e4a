import { createHmac } from 'node:crypto';
import type { Booking } from './booking.js';
import type { EventType } from './event-type.js';
import { matches } from './knobs.js';

/** Cal.com's names of booking events. */
export type Trigger = 'BOOKING_CREATED' | 'BOOKING_REQUESTED' | 'BOOKING_RESCHEDULED' | 'BOOKING_CANCELLED';

/** A webhook subscription. */
export interface Subscription {
  readonly url: string;
  /** Key of the signature. Without one Cal.com sends a fixed text instead, and Calendly sends no signature. */
  readonly secret?: string;
  readonly style?: 'cal' | 'calendly';
}

export interface Change {
  readonly trigger: Trigger;
  readonly event: EventType;
  readonly booking: Booking;
  /** The booking that was moved away. */
  readonly old?: Booking;
}

export interface WebhooksOptions {
  readonly now?: () => number;
  readonly send?: typeof fetch;
  readonly log?: (line: string) => void;
}

interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TIMEOUT = 5_000;

const hmac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

const personOf = ({ hosts: [host] }: EventType): object => ({
  id: 1,
  name: host.name,
  email: host.email,
  username: host.slug,
  timeZone: host.zone,
  language: { locale: 'en' },
});

function calDelivery(
  { trigger, event, booking, old }: Change,
  { secret }: Subscription,
  now: number,
): Delivery {
  const { attendee } = booking;
  const payload = {
    uid: booking.uid,
    bookingId: booking.id,
    eventTypeId: booking.eventTypeId,
    type: event.slug,
    title: booking.title,
    startTime: booking.start,
    endTime: booking.end,
    organizer: personOf(event),
    attendees: [{ ...attendee, language: { locale: 'en' } }],
    responses: {
      name: { label: 'your_name', value: attendee.name },
      email: { label: 'email_address', value: attendee.email },
      notes: { label: 'additional_notes', value: booking.notes },
      guests: { label: 'additional_guests', value: booking.guests },
    },
    metadata: booking.metadata,
    status: booking.status,
    length: booking.duration,
    location: 'integrations:daily',
    iCalUID: `${booking.uid}@example.com`,
    iCalSequence: trigger === 'BOOKING_CREATED' || trigger === 'BOOKING_REQUESTED' ? 0 : 1,
    ...(trigger === 'BOOKING_CANCELLED' && {
      cancellationReason: booking.cancellationReason ?? '',
      cancelledBy: attendee.email,
      requestReschedule: false,
    }),
    ...(old && {
      rescheduleUid: old.uid,
      rescheduleId: old.id,
      rescheduleStartTime: old.start,
      rescheduleEndTime: old.end,
    }),
  };
  const body = JSON.stringify({ triggerEvent: trigger, createdAt: new Date(now).toISOString(), payload });
  const headers = {
    'Content-Type': 'application/json',
    'X-Cal-Signature-256': secret === undefined ? 'no-secret-provided' : hmac(secret, body),
    'X-Cal-Webhook-Version': '2021-10-20',
  };
  return { headers, body };
}

export const CALENDLY = 'https://api.calendly.com';

/** Addresses under which Calendly's API would know a booking. */
export const calendlyUris = ({ uid }: Booking): { event: string; invitee: string } => ({
  event: `${CALENDLY}/scheduled_events/${uid}`,
  invitee: `${CALENDLY}/scheduled_events/${uid}/invitees/${uid}`,
});

function calendlyDeliveries(
  { trigger, event, booking, old }: Change,
  { secret }: Subscription,
  now: number,
): Delivery[] {
  const stamp = new Date(now).toISOString();
  const cancelled = trigger === 'BOOKING_CANCELLED';
  const say = (name: 'invitee.created' | 'invitee.canceled', about: Booking, links: object): Delivery => {
    const uris = calendlyUris(about);
    const gone = name === 'invitee.canceled';
    const body = JSON.stringify({
      event: name,
      created_at: stamp,
      created_by: `${CALENDLY}/users/${event.hosts[0].slug}`,
      payload: {
        uri: uris.invitee,
        email: about.attendee.email,
        name: about.attendee.name,
        first_name: null,
        last_name: null,
        status: gone ? 'canceled' : 'active',
        timezone: about.attendee.timeZone,
        event: uris.event,
        rescheduled: false,
        old_invitee: null,
        new_invitee: null,
        questions_and_answers: about.notes
          ? [{ question: 'Anything that helps us prepare?', answer: about.notes, position: 0 }]
          : [],
        tracking: {
          utm_campaign: about.metadata['utm_campaign'] ?? null,
          utm_source: about.metadata['utm_source'] ?? null,
          utm_medium: about.metadata['utm_medium'] ?? null,
          utm_content: about.metadata['utm_content'] ?? null,
          utm_term: about.metadata['utm_term'] ?? null,
          salesforce_uuid: about.metadata['salesforce_uuid'] ?? null,
        },
        scheduled_event: {
          uri: uris.event,
          name: event.title,
          status: gone ? 'canceled' : 'active',
          start_time: about.start,
          end_time: about.end,
          event_type: `${CALENDLY}/event_types/${String(event.id)}`,
        },
        ...(cancelled && {
          cancellation: {
            canceled_by: about.attendee.name,
            reason: about.cancellationReason ?? '',
            canceler_type: 'invitee',
            created_at: stamp,
          },
        }),
        ...links,
      },
    });
    const t = Math.floor(now / 1000);
    return {
      headers: {
        'Content-Type': 'application/json',
        ...(secret !== undefined && {
          'Calendly-Webhook-Signature': `t=${String(t)},v1=${hmac(secret, `${String(t)}.${body}`)}`,
        }),
      },
      body,
    };
  };
  if (cancelled) return [say('invitee.canceled', booking, {})];
  if (!old) return [say('invitee.created', booking, {})];
  return [
    say('invitee.canceled', old, { rescheduled: true, new_invitee: calendlyUris(booking).invitee }),
    say('invitee.created', booking, { old_invitee: calendlyUris(old).invitee }),
  ];
}

/** Sends booking events to subscribers: one attempt each, redirects not followed, failures only logged. */
export class Webhooks {
  readonly #subscriptions = new Map<string, readonly Subscription[]>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #now: () => number;
  readonly #send: typeof fetch;
  readonly #log: (line: string) => void;

  constructor({ now = Date.now, send = fetch, log = () => undefined }: WebhooksOptions = {}) {
    this.#now = now;
    this.#send = send;
    this.#log = log;
  }

  /** Replaces the subscriptions for event types that match. */
  subscribe(pattern: string, subscriptions: readonly Subscription[]): void {
    if (subscriptions.length > 0) this.#subscriptions.set(pattern, subscriptions);
    else this.#subscriptions.delete(pattern);
  }

  /** Removes subscriptions, except those set at the start (under the empty pattern). */
  reset(pattern: string): void {
    for (const each of this.#subscriptions.keys()) {
      if (each === '') continue;
      if (pattern === '*' || matches(pattern, each)) this.#subscriptions.delete(each);
    }
  }

  /** Adds a listener within this process. Returns the function that removes it. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Starts the deliveries without waiting for them, so that a slow subscriber does not delay a booking. */
  announce(change: Change): void {
    for (const listener of this.#listeners) listener(change);
    const now = this.#now();
    for (const [pattern, subscriptions] of this.#subscriptions) {
      if (!matches(pattern, change.event.key)) continue;
      for (const subscription of subscriptions) this.#start(change, subscription, now);
    }
  }

  /** Resolves when no delivery is in flight. */
  async settled(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  #start(change: Change, subscription: Subscription, now: number): void {
    const deliveries =
      subscription.style === 'calendly'
        ? calendlyDeliveries(change, subscription, now)
        : [calDelivery(change, subscription, now)];
    for (const delivery of deliveries) {
      const sent = this.#deliver(subscription.url, delivery).finally(() => this.#inFlight.delete(sent));
      this.#inFlight.add(sent);
    }
  }

  async #deliver(url: string, { headers, body }: Delivery): Promise<void> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT);
      const answer = await this.#send(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      this.#log(`webhook ${url} answered ${String(answer.status)}`);
    } catch (cause) {
      this.#log(`webhook ${url} failed: ${String(cause)}`);
    }
  }
}
