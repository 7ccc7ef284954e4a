import type { EventDetails } from './event-details.js';
import type { FinalAnswer } from './final-answers.js';
import type { Answer } from './form-fields.js';

/** One HTTP request; always sent without credentials. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface BookingInput {
  readonly event: Pick<EventDetails, 'id' | 'lengths'>;
  readonly answers: readonly FinalAnswer[];
  /** Start of the slot, ISO 8601 with an offset. */
  readonly start: string;
  /** Minutes. */
  readonly length: number;
  /** IANA zone that the visitor sees. */
  readonly timeZone: string;
  /** A language that the provider knows. */
  readonly language: string;
  /** Where the visitor came from: the UTM parameters by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

const MAX_METADATA = { keys: 50, name: 40, value: 500 };

function locationOf({ place, detail }: Extract<FinalAnswer, { target: 'location' }>): object {
  const { type, integration, needs } = place;
  if (needs === 'phone') return { type, phone: detail };
  if (needs === 'address') return { type, address: detail };
  if (needs === 'text') return { type, location: detail };
  return integration ? { type, integration } : { type };
}

/** Named parameters within the API's limits. */
function metadataOf(metadata: BookingInput['metadata']): Record<string, string> {
  const entries = Object.entries(metadata)
    .filter(([name, value]) => name.length <= MAX_METADATA.name && value !== '')
    .slice(0, MAX_METADATA.keys)
    .map(([name, value]) => [name, value.slice(0, MAX_METADATA.value)] as const);
  return Object.fromEntries(entries);
}

/** The body of a booking as Cal.com's API takes it: nothing that it does not name, for it refuses what it does not know. */
export function bookingBody(input: BookingInput): object {
  const { event, answers, start, length, timeZone, language } = input;
  const responses: Record<string, Answer> = {};
  const attendee: Record<string, Answer> = { timeZone, language };
  const names: string[] = [];
  let guests: Answer | undefined;
  let location: object | undefined;
  for (const answer of answers) {
    if (answer.target === 'location') {
      location = locationOf(answer);
      continue;
    }
    const { target, slug, value } = answer;
    if (target === 'answer') responses[slug] = value;
    else if (target === 'guests') guests = value;
    else if (target === 'email') attendee['email'] = value;
    else if (target === 'phone') attendee['phoneNumber'] = responses[slug] = value;
    else names.push(String(value));
  }
  const metadata = metadataOf(input.metadata);
  return {
    eventTypeId: event.id,
    start: new Date(start).toISOString(),
    attendee: { name: names.join(' '), ...attendee },
    ...(event.lengths.length > 1 && { lengthInMinutes: length }),
    ...(guests && { guests }),
    ...(location && { location }),
    ...(Object.keys(responses).length > 0 && { bookingFieldsResponses: responses }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}
