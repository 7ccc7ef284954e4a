import fc from 'fast-check';

/** Real messages of scheduling pages, one of each kind; what is generated is mutated from them. */
const REAL: readonly unknown[] = [
  {
    originator: 'CAL',
    namespace: 'booking-1',
    fullType: 'CAL:booking-1:__iframeReady',
    type: '__iframeReady',
    data: { isPrerendering: false },
  },
  {
    originator: 'CAL',
    namespace: 'booking-1',
    type: '__dimensionChanged',
    data: { iframeHeight: 612, iframeWidth: 800, isFirstTime: true },
  },
  { originator: 'CAL', namespace: 'booking-1', type: 'linkReady', data: {} },
  { originator: 'CAL', namespace: 'booking-1', type: 'linkPrerendered', data: {} },
  {
    originator: 'CAL',
    namespace: 'booking-1',
    type: 'linkFailed',
    data: { code: '404', msg: 'Problem loading the link', data: { url: 'https://app.cal.com/a/b' } },
  },
  {
    originator: 'CAL',
    namespace: 'booking-1',
    type: 'bookingSuccessfulV2',
    data: {
      uid: 'u1',
      startTime: '2026-11-24T09:00:00.000Z',
      endTime: '2026-11-24T09:30:00.000Z',
      status: 'ACCEPTED',
    },
  },
  {
    originator: 'CAL',
    namespace: 'booking-1',
    type: 'bookingSuccessful',
    data: { booking: { uid: 'u1', startTime: '2026-11-24T09:00:00.000Z' }, organizer: { name: 'Ada' } },
  },
  { originator: 'CAL', namespace: 'booking-1', type: 'bookingCancelled', data: { booking: { uid: 'u1' } } },
  { originator: 'CAL', namespace: 'booking-1', type: '__closeIframe', data: {} },
  { event: 'calendly.event_type_viewed', payload: {} },
  { event: 'calendly.page_height', payload: { height: '1016px' } },
  {
    event: 'calendly.event_scheduled',
    payload: { event: { uri: 'https://api.calendly.com/scheduled_events/E' }, invitee: { uri: 'x' } },
  },
  { event: 'calendly.date_and_time_selected', payload: {} },
  '[iFrameSizer]booking-1:700:800:mutationObserver',
  '[iFrameResizerChild]Ready',
  'load:1',
  'sizing:640',
  'readyForConsentListener',
  { height: 700 },
  {
    meetingBookSucceeded: true,
    meetingsPayload: {
      bookingResponse: {
        postResponse: { timerange: { start: 1795683600000, end: 1795685400000 } },
        event: { dateTime: '2026-11-24T09:00:00Z' },
      },
    },
  },
  { type: 'oncehub.booking.scheduled', payload: { id: 'B', starting_time: '2026-11-24T09:00:00Z' } },
];

const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      null,
      undefined,
      '',
      0,
      -1,
      NaN,
      Infinity,
      1e308,
      '1e999px',
      '-1px',
      'NaN',
      true,
      [],
      {},
      '__proto__',
      new Date(NaN),
      new Date(0),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      'x'.repeat(100_000),
      '2026-11-24T09:00:00',
      '2026-99-99T99:99:99Z',
      '<img onerror=x>',
      9007199254740993,
    ),
  },
  { weight: 2, arbitrary: fc.anything({ maxDepth: 2 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** Every value inside a value, by its path. */
function pathsOf(value: unknown, before: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [before, ...inner.flatMap(([name, member]) => pathsOf(member, [...before, name]))];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [name]: replaced(members[name], rest, by) };
}

const mutated = fc
  .record({
    real: fc.constantFrom(...REAL),
    where: fc.nat(),
    by: hostile,
    again: fc.option(fc.tuple(fc.nat(), hostile)),
  })
  .map(({ real, where, by, again }) => {
    const paths = pathsOf(real);
    const once = replaced(real, paths[where % paths.length] ?? [], by);
    if (!again || typeof once !== 'object' || once === null) return once;
    const further = pathsOf(real);
    try {
      return replaced(once, further[again[0] % further.length] ?? [], again[1]);
    } catch {
      return once;
    }
  });

/** Numbers where they matter: real messages with other heights, ids and codes. */
const scaled = fc.tuple(fc.double(), fc.string({ maxLength: 300 })).chain(([number, text]) =>
  fc.constantFrom<unknown>(
    {
      originator: 'CAL',
      namespace: 'booking-1',
      type: '__dimensionChanged',
      data: { iframeHeight: number },
    },
    { event: 'calendly.page_height', payload: { height: `${number}px` } },
    { originator: 'CAL', namespace: 'booking-1', type: 'linkFailed', data: { code: text } },
    {
      originator: 'CAL',
      namespace: 'booking-1',
      type: 'bookingSuccessfulV2',
      data: { uid: text, startTime: text },
    },
    { event: 'calendly.event_scheduled', payload: { event: { uri: text } } },
    `[iFrameSizer]booking-1:${number}:1:x`,
    `sizing:${number}`,
    text,
    { height: number },
  ),
);

/** What a window may post: real messages, mutated ones, and anything else. */
export const messages: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 3, arbitrary: scaled },
  { weight: 1, arbitrary: fc.constantFrom(...REAL) },
  { weight: 1, arbitrary: fc.anything({ withDate: true, withMap: true, withNullPrototype: true }) },
);
