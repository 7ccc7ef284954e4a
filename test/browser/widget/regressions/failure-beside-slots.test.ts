import { expect } from '@open-wc/testing';
import {
  calcom,
  mount,
  newHost,
  next,
  part,
  slotsOf,
  turn,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

describe('failure beside slots', () => {
  afterEach(unmountAll);

  it('the text of the failure is visible above the slots', async () => {
    const host = newHost();
    await turn(host, { status: 500 });
    const widget = mount({ ...calcom(host), loading: 'eager', retries: '0' });
    await next(widget, 'booking-error');
    await until(() => part(widget, 'failure') && slotsOf(widget).length);
    const text = part(widget, 'failure')?.querySelector('p');
    expect(text?.textContent.trim()).to.not.equal('');
    expect(text?.checkVisibility()).to.equal(true);
    expect(text?.getBoundingClientRect().height).to.be.greaterThan(10);
  });
});
