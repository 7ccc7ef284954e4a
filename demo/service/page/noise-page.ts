import { sendNoise } from './noise.js';

/**
 * Sends what a real page would send, from a frame that is nobody's: whoever checks only the origin, or nothing,
 * believes it. `as` is `cal` or `calendly`, `ns` the Cal.com namespace.
 */
const query = new URLSearchParams(location.search);
const namespace = query.get('ns') ?? '';
const HEIGHT = 4321;

const cal = (type: string, data: object): object => ({
  originator: 'CAL',
  type,
  namespace,
  fullType: `CAL:${namespace}:${type}`,
  data,
});

const forged: readonly object[] =
  query.get('as') === 'calendly'
    ? [
        { event: 'calendly.event_type_viewed', payload: {} },
        { event: 'calendly.page_height', payload: { height: `${String(HEIGHT)}px` } },
        {
          event: 'calendly.event_scheduled',
          payload: { event: { uri: 'forged' }, invitee: { uri: 'forged' } },
        },
      ]
    : [
        cal('__iframeReady', { isPrerendering: false }),
        cal('linkReady', {}),
        cal('__dimensionChanged', { iframeHeight: HEIGHT, iframeWidth: 300, isFirstTime: false }),
        cal('bookingSuccessfulV2', { uid: 'forged', status: 'ACCEPTED' }),
      ];

const say = (): void => {
  for (const message of forged) window.parent.postMessage(message, '*');
  sendNoise();
};

say();
setInterval(say, 100);
