import { sendNoise } from './noise.js';

/**
 * Sends the messages of a real scheduling page to its parent: from a frame that no widget started, or from the widget's
 * frame after it has navigated to another origin. A parent that checks only one of window and origin accepts them. `as`
 * says which provider's messages these are, `ns` which widget is meant where messages say that (by default the one that the
 * parent names in its own messages), `height` in CSS pixels and `uid` what the messages report.
 */
const query = new URLSearchParams(location.search);
let namespace = query.get('ns') ?? '';
addEventListener('message', ({ data }) => {
  namespace ||= /^\[iFrameSizer\]([^:]+):/.exec(String(data))?.[1] ?? '';
});
const HEIGHT = Number(query.get('height') ?? 1234);
const UID = query.get('uid') ?? 'forged';

const cal = (type: string, data: object): object => ({
  originator: 'CAL',
  type,
  namespace,
  fullType: `CAL:${namespace}:${type}`,
  data,
});

const FORGED: Readonly<Record<string, () => readonly unknown[]>> = {
  cal: () => [
    cal('__iframeReady', { isPrerendering: false }),
    cal('linkReady', {}),
    cal('__dimensionChanged', { iframeHeight: HEIGHT, iframeWidth: 300, isFirstTime: false }),
    cal('bookingSuccessfulV2', { uid: UID, status: 'ACCEPTED' }),
  ],
  calendly: () => [
    { event: 'calendly.event_type_viewed', payload: {} },
    { event: 'calendly.page_height', payload: { height: `${String(HEIGHT)}px` } },
    { event: 'calendly.event_scheduled', payload: { event: { uri: UID }, invitee: { uri: UID } } },
  ],
  hubspot: () => ['readyForConsentListener', { height: HEIGHT }, { meetingBookSucceeded: true }],
  acuity: () => ['load:1', `sizing:${String(HEIGHT)}`],
  oncehub: () => [
    { type: 'oncehub.booking_calendar.loaded', payload: {} },
    { type: 'oncehub.booking.scheduled', payload: { id: UID } },
  ],
  resizer: () => [
    '[iFrameResizerChild]Ready',
    ...(namespace ? [`[iFrameSizer]${namespace}:${String(HEIGHT)}:300:init`] : []),
  ],
};

const forged = FORGED[query.get('as') ?? ''] ?? FORGED['cal'];

const say = (): void => {
  // Some of the junk is a valid height in one provider's protocol; the forged messages come last.
  sendNoise();
  for (const message of forged?.() ?? []) window.parent.postMessage(message, '*');
};

say();
setInterval(say, 100);
