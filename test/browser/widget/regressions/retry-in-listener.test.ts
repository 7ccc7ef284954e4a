import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, requests, turn, unmountAll, until } from '../../../helpers/widget.js';

describe('retry() inside a booking-error listener', () => {
  afterEach(unmountAll);

  it('retry() that is called in a booking-error listener starts the next attempt', async () => {
    const host = newHost();
    await turn(host, { status: 500, first: 1 });
    const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off', retries: '0' });
    widget.addEventListener(
      'booking-error',
      () => {
        widget.retry();
      },
      { once: true },
    );
    const retry = next(widget, 'booking-retry');
    const ready = next(widget, 'booking-ready');
    expect(await retry).to.include({ attempt: 2, automatic: false });
    expect(await ready).to.include({ attempt: 2 });
    await until(() => widget.matches(':state(ready)'));
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(2);
  });
});
