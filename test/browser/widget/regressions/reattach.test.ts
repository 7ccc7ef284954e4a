import { expect } from '@open-wc/testing';
import { service } from '../../../helpers/service.js';
import { calcom, frameOf, mount, newHost, next, part, unmountAll, until } from '../../../helpers/widget.js';

describe('element that is taken out and put back', () => {
  afterEach(unmountAll);

  it('an element that got half its options before and after its insertion keeps the early prefill', async () => {
    const widget = document.createElement('booking-widget');
    widget.prefill = { name: 'Early Bird' };
    Object.assign(widget, { provider: 'cal', availability: 'off', loading: 'eager' });
    document.body.append(widget);
    const ready = next(widget, 'booking-ready');
    widget.src = calcom(newHost())['src'] ?? '';
    await ready;
    expect(new URL(frameOf(widget)?.src ?? '').searchParams.get('name')).to.equal('Early Bird');
    widget.remove();
  });

  it('an element whose src changes while it is out of the page shows the new page when it is back', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off' });
    await next(widget, 'booking-ready');
    const parent = widget.parentElement;
    widget.remove();
    widget.src = `${service.cal}/${host}/15min`;
    const ready = next(widget, 'booking-ready');
    parent?.append(widget);
    await ready;
    expect(frameOf(widget)?.src).to.include('/15min');
  });

  it('a popup that is removed while it is open unlocks the scroll, comes back closed and opens again', async () => {
    const widget = mount({ ...calcom(newHost()), mode: 'popup', availability: 'off' });
    const isOpen = (): boolean => part<HTMLDialogElement>(widget, 'dialog')?.open ?? false;
    widget.open();
    await next(widget, 'booking-ready');
    const parent = widget.parentElement;
    const closed = next(widget, 'booking-close');
    widget.remove();
    await closed;
    expect(getComputedStyle(document.documentElement).overflowY).to.equal('visible');
    expect(document.documentElement.style.overflow).to.equal('');
    parent?.append(widget);
    await until(() => widget.querySelector('a')?.hasAttribute('aria-haspopup'));
    expect(isOpen()).to.equal(false);
    const ready = next(widget, 'booking-ready');
    widget.open();
    await ready;
    expect(isOpen()).to.equal(true);
  });
});
