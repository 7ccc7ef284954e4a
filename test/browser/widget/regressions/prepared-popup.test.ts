import { expect } from '@open-wc/testing';
import { service } from '../../../helpers/service.js';
import { calcom, mount, newHost, next, part, turn, unmountAll, until } from '../../../helpers/widget.js';

/** A popup whose hidden page has loaded after a visitor's intent. */
async function prepared(attributes: Record<string, string>) {
  const widget = mount({ mode: 'popup', availability: 'off', retries: '0', ...attributes });
  const link = widget.querySelector('a') as HTMLAnchorElement;
  await until(() => link.hasAttribute('aria-haspopup'));
  // A small page may have loaded before the frame is found.
  const loaded = new Promise((resolve) => {
    widget.shadowRoot?.addEventListener('load', resolve, { capture: true });
  });
  link.dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
  const hidden = await until(() => part<HTMLIFrameElement>(widget, 'frame'));
  await loaded;
  return { widget, link, hidden };
}

describe('popup whose page was prepared', () => {
  afterEach(unmountAll);

  it('shows a page without messages, and never calls it failed afterwards', async () => {
    const { widget, link, hidden } = await prepared({
      src: `${service.plain}/book/${newHost()}`,
      timeout: '1',
    });
    let errors = 0;
    widget.addEventListener('booking-error', () => errors++);
    link.click();
    await until(() => widget.matches(':state(shown)'));
    expect(part(widget, 'frame')).to.equal(hidden);
    // What begins to wait later and as long has waited in vain.
    const host = newHost();
    await turn(host, { mute: 'page' });
    const later = mount({ ...calcom(host), availability: 'off', loading: 'eager', timeout: '1' });
    await next(later, 'booking-error');
    expect(errors).to.equal(0);
    expect(widget.matches(':state(shown)')).to.equal(true);
  });

  it('fails long before the timeout when its page has loaded and stays silent', async () => {
    const host = newHost();
    await turn(host, { mute: 'page' });
    const { widget, link } = await prepared({ ...calcom(host), timeout: '60' });
    link.click();
    expect(await next(widget, 'booking-error')).to.include({ code: 'timeout' });
  });

  for (const availability of ['auto', 'off'])
    it(`a hidden page that does not exist is not found soon after the opening, with availability="${availability}"`, async () => {
      const { widget, link } = await prepared({
        ...calcom(newHost(), 'no-such-event'),
        availability,
        timeout: '60',
      });
      link.click();
      expect(await next(widget, 'booking-error')).to.include({ code: 'not-found' });
    });
});
