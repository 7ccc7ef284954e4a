import { expect } from '@open-wc/testing';
import { service } from '../../../helpers/service.js';
import { calcom, frameOf, mount, newHost, next, part, unmountAll, until } from '../../../helpers/widget.js';

describe('session history', () => {
  afterEach(unmountAll);

  it('chosen slots, a changed src, a move and a popup add no entry to the session history', async () => {
    const host = newHost();
    const before = history.length;
    const widget = mount({ ...calcom(host), loading: 'eager' });
    await next(widget, 'booking-ready');
    for (const day of ['03', '04', '05']) {
      widget.open({ start: `2031-03-${day}T09:00:00Z` });
      await until(() => frameOf(widget)?.src.includes(`2031-03-${day}`) && widget.matches(':state(ready)'));
    }
    const changed = next(widget, 'booking-ready');
    widget.src = `${service.cal}/${host}/15min`;
    await changed;
    const moved = next(widget, 'booking-ready');
    document.body.append(widget);
    await moved;
    const popup = mount({ ...calcom(host), mode: 'popup', availability: 'off' });
    for (let times = 0; times < 3; times++) {
      popup.open();
      await until(() => popup.matches(':state(ready)') && part<HTMLDialogElement>(popup, 'dialog')?.open);
      popup.close();
      await until(() => !part<HTMLDialogElement>(popup, 'dialog')?.open);
    }
    widget.remove();
    expect(history.length).to.equal(before);
  });
});
