import { expect } from '@open-wc/testing';
import { waitUntil } from '../helpers/wait-until.js';
import { service } from '../helpers/service.js';

/** The scheduling page that all other suites frame speaks in every engine. What it says is held elsewhere. */

interface Received {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Frames a page and answers it as Cal.com's parent does. */
function listenTo(src: string): {
  readonly received: Received[];
  readonly types: () => string[];
  readonly stop: () => void;
} {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width: 900px; height: 700px';
  const received: Received[] = [];
  const onMessage = ({ data, source, origin }: MessageEvent<unknown>): void => {
    if (source !== frame.contentWindow || !isRecord(data)) return;
    const type = data['type'] ?? data['event'];
    const content = data['data'] ?? data['payload'];
    received.push({ type: typeof type === 'string' ? type : '', data: isRecord(content) ? content : {} });
    if (type === '__iframeReady') {
      frame.contentWindow?.postMessage({ originator: 'CAL', method: 'parentKnowsIframeReady' }, origin);
    }
  };
  window.addEventListener('message', onMessage);
  frame.src = src;
  document.body.append(frame);
  return {
    received,
    types: () => received.map(({ type }) => type),
    stop: () => {
      window.removeEventListener('message', onMessage);
      frame.remove();
    },
  };
}

describe('scheduling service page', function () {
  this.timeout(15_000);

  it('the Cal.com page of the scheduling service finishes the handshake, reports its height and offers slots', async () => {
    const page = listenTo(`${service.cal}/test-engines/30min/embed?embed=ns`);
    await waitUntil(() => page.types().includes('bookerReady'), 'bookerReady');
    expect(page.types()).to.include('linkReady');
    const heights = page.received
      .filter(({ type }) => type === '__dimensionChanged')
      .map(({ data }) => data['iframeHeight']);
    expect(heights.at(-1)).to.be.greaterThan(400);
    page.stop();
  });

  it('the Calendly page of the scheduling service reports that it is viewed and its height', async () => {
    const page = listenTo(
      `${service.calendly}/test-engines/30min?embed_domain=${location.host}&embed_type=Inline`,
    );
    await waitUntil(() => page.types().includes('calendly.event_type_viewed'), 'event_type_viewed');
    const tall = (): boolean =>
      page.received.some(
        ({ data: { height } }) => typeof height === 'string' && Number.parseInt(height) > 400,
      );
    await waitUntil(tall, 'a real height');
    page.stop();
  });
});
