import { expect } from '@open-wc/testing';
import { service } from '../../../helpers/service.js';
import {
  calcom,
  laterWidgetIsReady,
  mount,
  newHost,
  next,
  part,
  requests,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

describe('consent per host', () => {
  afterEach(unmountAll);

  it('consent for one host does not frame another host when src changes', async () => {
    const [first, second] = [newHost(), newHost()];
    const widget = mount({ ...calcom(first), loading: 'eager', availability: 'off', consent: 'required' });
    await until(() => part(widget, 'facade'));
    widget.grant();
    await next(widget, 'booking-ready');

    widget.setAttribute('provider', 'calendly');
    widget.src = `${service.calendly}/${second}/30min`;
    await laterWidgetIsReady();
    expect(part(widget, 'facade')?.textContent).to.include(new URL(service.calendly).host);
    expect(part(widget, 'frame')).to.equal(null);
    expect(await requests(second)).to.deep.equal([]);

    widget.grant();
    expect(await next(widget, 'booking-ready')).to.include({ provider: 'calendly' });
  });
});
