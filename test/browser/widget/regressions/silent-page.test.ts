import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, part, turn, unmountAll, until } from '../../../helpers/widget.js';

/** Longer than any test: what comes before it was not decided by the timeout. */
const NEVER = '300s';
const eager = { loading: 'eager', availability: 'off', timeout: NEVER, retries: '0' };

describe('page that has loaded and stays silent', function () {
  this.timeout(60_000);
  let host = '';
  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  for (const [what, knobs] of [
    ['sends no message', { mute: 'page' }],
    ['refuses to be framed', { xfo: 'DENY' }],
  ] as const)
    it(`a page that ${what} gets a notice and then a failure long before the timeout`, async () => {
      await turn(host, knobs);
      const widget = mount({ ...calcom(host), ...eager });
      const order: string[] = [];
      widget.addEventListener('booking-error', () => order.push('failure'));
      void until(() => part(widget, 'notice') ?? part(widget, 'failure')).then((seen) => {
        if (seen.part.contains('notice')) order.push('notice');
      });
      const error = await next(widget, 'booking-error');
      expect(error.code).to.be.oneOf(['timeout', 'refused', 'provider-error']);
      expect(order).to.deep.equal(['notice', 'failure']);
      expect((await until(() => part(widget, 'failure'))).checkVisibility()).to.equal(true);
      expect(part(widget, 'open-link')?.checkVisibility()).to.equal(true);
    });

  it('a late message turns the failure of a silent page into a ready calendar', async () => {
    await turn(host, { late: 12_000 });
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-error');
    await next(widget, 'booking-ready');
    await until(() => !part(widget, 'failure'));
  });

  it('a page that has not loaded is no failure before the timeout', async () => {
    await turn(host, { delay: 9000 });
    const widget = mount({ ...calcom(host), ...eager });
    let errors = 0;
    widget.addEventListener('booking-error', () => errors++);
    await next(widget, 'booking-ready');
    expect(errors).to.equal(0);
  });

  it('an event type that the API does not know fails with not-found while its page still hangs', async () => {
    await turn(host, { hang: true });
    const widget = mount({
      ...calcom(host, 'no-such-event'),
      loading: 'eager',
      timeout: NEVER,
      retries: '0',
    });
    expect(await next(widget, 'booking-error')).to.include({ code: 'not-found', willRetry: false });
    expect((await until(() => part(widget, 'open-link'))).checkVisibility()).to.equal(true);
  });
});
