import { sendNoise } from './noise.js';

/**
 * Sends the messages of a real scheduling page to its parent: from a frame that no widget started, or from the widget's
 * frame after it has navigated to another origin. A parent that checks only one of window and origin accepts them. `as`
 * says which provider's messages these are, `ns` which widget is
 * meant where messages say that (without it, any of the first hundred).
 */
const query = new URLSearchParams(location.search);
const namespace = query.get('ns') ?? '';
const HEIGHT = 1234;

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
    cal('bookingSuccessfulV2', { uid: 'forged', status: 'ACCEPTED' }),
  ],
  calendly: () => [
    { event: 'calendly.event_type_viewed', payload: {} },
    { event: 'calendly.page_height', payload: { height: `${String(HEIGHT)}px` } },
    { event: 'calendly.event_scheduled', payload: { event: { uri: 'forged' }, invitee: { uri: 'forged' } } },
  ],
  hubspot: () => ['readyForConsentListener', { height: HEIGHT }, { meetingBookSucceeded: true }],
  acuity: () => ['load:1', `sizing:${String(HEIGHT)}`],
  oncehub: () => [
    { type: 'oncehub.booking_calendar.loaded', payload: {} },
    { type: 'oncehub.booking.scheduled', payload: { id: 'forged' } },
  ],
  resizer: () => [
    '[iFrameResizerChild]Ready',
    ...(namespace ? [namespace] : Array.from({ length: 100 }, (_, i) => `booking-${String(i)}`)).map(
      (id) => `[iFrameSizer]${id}:${String(HEIGHT)}:300:init`,
    ),
  ],
};

const forged = (FORGED[query.get('as') ?? ''] ?? FORGED['cal'])?.() ?? [];

const say = (): void => {
  // Some of the junk is a valid height in one provider's protocol; the forged messages come last.
  sendNoise();
  for (const message of forged) window.parent.postMessage(message, '*');
};

say();
setInterval(say, 100);
