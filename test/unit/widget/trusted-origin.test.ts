import { expect } from '@open-wc/testing';
import { trustedOrigin } from '../../../src/widget/frame/trusted-origin.js';
import { calCom } from '../../../src/widget/providers/cal-com/cal-com.js';
import { calendly } from '../../../src/widget/providers/calendly.js';
import type { Provider } from '../../../src/widget/providers/provider.js';
import { frameContextOf } from '../../helpers/frame-context.js';

const NAMESPACE = 'booking-1-secret';
const calReady = (namespace = NAMESPACE): unknown => ({
  originator: 'CAL',
  type: 'linkReady',
  namespace,
  fullType: `CAL:${namespace}:linkReady`,
  data: {},
});
const calendlyReady = { event: 'calendly.event_type_viewed', payload: {} };

/** Asks one frame, which was started with `page`, about one message after another. */
const asked = (provider: Provider, page: string) => {
  const trusted = trustedOrigin(new URL(page), provider);
  const context = frameContextOf(page, { namespace: NAMESPACE });
  return {
    trusted,
    accepts: (origin: string, data: unknown): boolean => trusted.accepts(origin, data, context),
  };
};

describe('trusted origin', () => {
  it('from a page on the provider’s hosts only its own hosts are accepted, and answers follow', () => {
    const { accepts, trusted } = asked(calCom, 'https://cal.com/ada/30min');
    expect(accepts('https://stranger.example', calReady()), 'even with the right namespace').to.equal(false);
    expect(trusted.current).to.equal('https://cal.com');
    expect(accepts('https://acme.cal.com', calReady())).to.equal(true);
    expect(trusted.current).to.equal('https://acme.cal.com');
    expect(accepts('https://cal.com', calReady()), 'one origin a frame').to.equal(false);
  });

  it('a Calendly page accepts no stranger either', () => {
    const { accepts } = asked(calendly, 'https://calendly.com/ada/30min');
    expect(accepts('https://stranger.example', calendlyReady)).to.equal(false);
    expect(accepts('https://calendly.com.stranger.example', calendlyReady)).to.equal(false);
    expect(accepts('https://calendly.com', calendlyReady)).to.equal(true);
  });

  it('from a page on any other host a redirect has to prove that it was started by this frame', () => {
    const { accepts, trusted } = asked(calCom, 'https://book.acme.example/ada/30min');
    expect(accepts('https://stranger.example', calReady('booking-2'))).to.equal(false);
    expect(accepts('https://stranger.example', calReady(''))).to.equal(false);
    expect(accepts('https://moved.acme.example', calReady())).to.equal(true);
    expect(trusted.current).to.equal('https://moved.acme.example');
  });

  it('where messages prove nothing, the first origin that speaks the protocol is the only one', () => {
    const { accepts } = asked(calendly, 'https://book.acme.example/ada/30min');
    expect(accepts('https://extension.example', { source: 'noise' })).to.equal(false);
    expect(accepts('https://moved.acme.example', calendlyReady)).to.equal(true);
    expect(accepts('https://stranger.example', calendlyReady)).to.equal(false);
    expect(accepts('https://book.acme.example', calendlyReady)).to.equal(false);
  });

  it('an origin that is less secure than the framed address, or has no name, is refused', () => {
    for (const origin of ['http://book.acme.example', 'null', 'file://', ''])
      expect(
        asked(calendly, 'https://book.acme.example/ada/30min').accepts(origin, calendlyReady),
        origin,
      ).to.equal(false);
  });
});
