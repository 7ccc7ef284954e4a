import { expect } from '@open-wc/testing';
import { service } from '../../helpers/service.js';
import { calcom, mount, newHost, next, part, requests, unmountAll, until } from '../../helpers/widget.js';

describe('consent', () => {
  afterEach(unmountAll);

  it('a widget without consent shows a facade and contacts nobody before the visitor agrees', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager', consent: 'required' });
    const facade = await until(() => part(widget, 'facade'));
    expect(facade.textContent).to.include(new URL(service.cal).host);
    // A later widget with consent has its slots by then, so whatever this one would request has been requested.
    const agreed = mount({ ...calcom(newHost()), loading: 'eager' });
    await next(agreed, 'booking-availability');
    agreed.remove();
    expect(await requests(host)).to.deep.equal([]);
    part(widget, 'show')?.click();
    await next(widget, 'booking-ready');
  });

  it('grant() loads the calendar once, also when called twice', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager', consent: 'required' });
    await until(() => part(widget, 'facade'));
    widget.grant();
    widget.grant();
    await next(widget, 'booking-ready');
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(1);
  });
});
