import { expect } from '@open-wc/testing';
import { NASTY_VALUES } from '../../contracts/nasty-values.js';
import { spoilt } from '../../contracts/well-formed-signal.js';
import { frameMessage } from '../../helpers/frame-message.js';
import {
  calcom,
  frameOf,
  mount,
  newHost,
  next,
  part,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

/** Messages dispatched in each state; the three states together get 100,000. */
const MESSAGES = 33_334;
/** Of Cal.com, in CSS pixels. */
const TALLEST = 5000;

/** A Cal.com page's own messages, and one with each of their fields replaced by each nasty value in turn. */
function messagesOf(namespace: string): unknown[] {
  const real = [
    ['__iframeReady', { isPrerendering: false }],
    ['linkReady', {}],
    ['linkFailed', { code: '404', msg: 'Not found', data: { url: 'https://cal.com/ada' } }],
    ['__dimensionChanged', { iframeHeight: 900, iframeWidth: 300, isFirstTime: false }],
    ['__connectCompleted', {}],
    ['bookerReady', { eventId: 7, eventSlug: '30min' }],
    ['bookingSuccessfulV2', { uid: 'forged', startTime: '2031-03-03T09:00:00Z', status: 'ACCEPTED' }],
    ['bookingCancelled', { booking: { uid: 'forged' }, organizer: { name: 'Ada' } }],
  ].map(([type, data]) => ({
    originator: 'CAL',
    type,
    namespace,
    fullType: `CAL:${namespace}:${String(type)}`,
    data,
  }));
  return [...real, ...real.flatMap((message) => [...spoilt(message)]), ...NASTY_VALUES];
}

interface Sender {
  readonly source: MessageEventSource | null;
  readonly origin: string;
  readonly messages: readonly unknown[];
}

const isForged = ({ bookingId }: { readonly bookingId: string }): boolean => bookingId === 'forged';

describe('running element under hostile messages', () => {
  const thrown: unknown[] = [];
  const onError = (event: ErrorEvent | PromiseRejectionEvent): void => {
    thrown.push('reason' in event ? event.reason : event.message);
  };

  beforeEach(() => {
    thrown.length = 0;
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onError);
  });
  afterEach(() => {
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onError);
    unmountAll();
  });

  const open = async (state: 'loading' | 'ready' | 'failed') => {
    const host = newHost();
    await turn(host, { mute: state === 'ready' ? null : 'page' });
    const widget = mount({
      ...calcom(host),
      loading: 'eager',
      availability: 'off',
      retries: '0',
      ...(state === 'failed' && { timeout: '1' }),
    });
    widget.style.marginTop = '3000px';
    let forged = 0;
    let announced = 0;
    widget.addEventListener('booking-ready', () => announced++);
    widget.addEventListener('booking-booked', (event) => {
      announced++;
      if (isForged(event)) forged++;
    });
    if (state === 'ready') await next(widget, 'booking-ready');
    else if (state === 'failed') await next(widget, 'booking-error');
    const frame = await until(() => frameOf(widget));
    const { origin, searchParams } = new URL(frame.src);
    return {
      widget,
      frame,
      origin,
      namespace: searchParams.get('embed') ?? '',
      counts: () => ({ forged, announced }),
    };
  };

  /** Dispatches messages of the senders in turn, each sender's one after another. */
  const dispatch = (senders: readonly Sender[], count: number): void => {
    for (let index = 0; index < count; index++) {
      const sender = senders[index % senders.length];
      if (!sender) continue;
      const { source, origin, messages } = sender;
      dispatchEvent(
        frameMessage(source, origin, messages[Math.floor(index / senders.length) % messages.length]),
      );
    }
  };

  for (const state of ['loading', 'ready', 'failed'] as const)
    it(`strangers change nothing while the widget is ${state}, and nothing throws`, async () => {
      const { widget, frame, origin, namespace, counts } = await open(state);
      const stranger = document.createElement('iframe');
      document.body.append(stranger);
      const own = messagesOf(namespace);
      const foreign = messagesOf('booking-99-guess');
      // A page that has not spoken yet may redirect: then its namespace is the proof, which a stranger does not have.
      const redirected = state === 'ready' ? own : foreign;
      const source = frame.contentWindow;
      const before = { ...counts(), height: frame.getBoundingClientRect().height };
      dispatch(
        [
          { source: stranger.contentWindow, origin, messages: own },
          { source: window, origin, messages: own },
          { source: null, origin, messages: own },
          { source, origin: 'https://stranger.example', messages: redirected },
          { source, origin: 'null', messages: own },
          { source, origin: '', messages: own },
          { source, origin: `${origin}.stranger.example`, messages: redirected },
          { source, origin, messages: foreign },
        ],
        MESSAGES,
      );
      await widget.updateComplete;
      expect({ ...counts(), height: frame.getBoundingClientRect().height }).to.deep.equal(before);
      expect(widget.matches(':state(ready)')).to.equal(state === 'ready');
      expect(thrown).to.deep.equal([]);
      stranger.remove();
    });

  it('a scheduling page that sends anything at all never throws and never grows without bounds', async () => {
    const { widget, frame, origin, namespace, counts } = await open('ready');
    dispatch([{ source: frame.contentWindow, origin, messages: messagesOf(namespace) }], MESSAGES);
    await widget.updateComplete;
    const height = part(widget, 'frame')?.getBoundingClientRect().height ?? 0;
    expect(height).to.be.within(0, TALLEST);
    expect(counts().forged, 'a booking is announced once').to.be.at.most(1);
    expect(thrown).to.deep.equal([]);
  });
});
