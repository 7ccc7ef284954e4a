import { isKnob } from './knobs.js';
import { isZone } from './page/zone-time.js';

/** Whose slots are requested; `GET /v2/slots` has four sets of parameters for it. */
export type SlotsAddress =
  | { readonly by: 'id'; readonly id: number }
  | {
      readonly by: 'user' | 'team';
      readonly owner: string;
      readonly slug: string;
      readonly organization?: string;
    }
  | { readonly by: 'group'; readonly owners: readonly string[]; readonly organization: string };

export interface SlotsQuery {
  readonly address: SlotsAddress;
  /** Milliseconds since 1970, both inclusive. */
  readonly start: number;
  readonly end: number;
  readonly timeZone: string | null;
  /** Minutes. */
  readonly duration: number | null;
  readonly format: 'time' | 'range';
  readonly bookingUid: string | null;
}

const COMMON = ['start', 'end', 'timeZone', 'duration', 'format', 'bookingUidToReschedule'];

/** Properties each way of addressing knows; the first two decide which way it is. */
const WAYS = [
  { by: 'id', needs: ['eventTypeId'], may: [] },
  { by: 'user', needs: ['username', 'eventTypeSlug'], may: ['organizationSlug'] },
  { by: 'team', needs: ['teamSlug', 'eventTypeSlug'], may: ['organizationSlug'] },
  { by: 'group', needs: ['usernames', 'organizationSlug'], may: [] },
] as const;

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const DAY = 86_400_000;

/** Bare dates and times without an offset are UTC, regardless of `timeZone`. */
const readInstant = (text: string): number => {
  if (DATE.test(text)) return Date.parse(`${text}T00:00:00Z`);
  if (!DATE_TIME.test(text)) return Number.NaN;
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
};

/** An end at exactly midnight UTC, written or implied, means the last second of that day. */
const readEnd = (text: string): number => {
  const instant = readInstant(text);
  return instant % DAY === 0 ? instant + DAY - 1000 : instant;
};

/** Reads the query of `GET /v2/slots`, or lists the properties that are invalid. */
export function readSlotsQuery(
  query: URLSearchParams,
): SlotsQuery | { readonly complaints: readonly string[] } {
  const names = [...new Set(query.keys())].filter((name) => !isKnob(name));
  const way = WAYS.find(({ needs: [first] }) => query.has(first));
  if (!way) {
    return {
      complaints: ['one of eventTypeId, username, teamSlug or usernames should be given'],
    };
  }
  const known: readonly string[] = [...COMMON, ...way.needs, ...way.may];
  const complaints = names
    .filter((name) => !known.includes(name))
    .map((name) => `property ${name} should not exist`);
  for (const name of way.needs) if (!query.get(name)) complaints.push(`${name} should not be empty`);

  const start = readInstant(query.get('start') ?? '');
  const end = readEnd(query.get('end') ?? '');
  if (Number.isNaN(start)) complaints.push('start must be a valid ISO 8601 date string');
  if (Number.isNaN(end)) complaints.push('end must be a valid ISO 8601 date string');
  const timeZone = query.get('timeZone');
  if (timeZone !== null && !isZone(timeZone)) complaints.push('timeZone must be a valid IANA time-zone');
  const duration = query.get('duration');
  if (duration !== null && !(Number.isInteger(Number(duration)) && Number(duration) >= 1)) {
    complaints.push('duration must be an integer number', 'duration must not be less than 1');
  }
  const format = query.get('format') ?? 'time';
  if (format !== 'time' && format !== 'range') {
    complaints.push('format must be one of the following values: range, time');
  }
  const id = Number(query.get('eventTypeId'));
  if (way.by === 'id' && !Number.isInteger(id)) complaints.push('eventTypeId must be a number');
  const owners = (query.get('usernames') ?? '').split(',').filter(Boolean);
  if (way.by === 'group' && owners.length < 2) complaints.push('usernames must contain at least 2 elements');
  if (complaints.length > 0) return { complaints };

  const slug = query.get('eventTypeSlug') ?? '';
  const organization = query.get('organizationSlug');
  const address: SlotsAddress =
    way.by === 'id'
      ? { by: 'id', id }
      : way.by === 'group'
        ? { by: 'group', owners, organization: organization ?? '' }
        : {
            by: way.by,
            owner: query.get(way.needs[0]) ?? '',
            slug,
            ...(organization !== null && { organization }),
          };
  return {
    address,
    start,
    end,
    timeZone,
    duration: duration === null ? null : Number(duration),
    format: format === 'range' ? 'range' : 'time',
    bookingUid: query.get('bookingUidToReschedule'),
  };
}
