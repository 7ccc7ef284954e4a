import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, part, parts, turn, unmountAll, until } from '../../helpers/widget.js';

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

describe('slots without delay', () => {
  let host = '';
  const slow = (): ReturnType<typeof mount> =>
    mount({ ...calcom(host), loading: 'eager', 'time-zone': 'Europe/Berlin' });

  beforeEach(async () => {
    host = newHost();
    await turn(host, { late: 60_000, 'slots-delay': 20 });
  });
  afterEach(unmountAll);

  it('slots that the page already has are shown in the first frame of a widget', async () => {
    const first = slow();
    await until(() => parts(first, 'slot').length);
    await frame();
    const again = slow();
    await frame();
    expect(parts(again, 'slot')).to.have.length(parts(first, 'slot').length);
  });

  it('a chosen slot is shown as the heading in the next frame, before the calendar is ready', async () => {
    const widget = slow();
    await until(() => parts(widget, 'slot').length);
    const selected = next(widget, 'booking-slot-select');
    const [button] = parts(widget, 'slot');
    const hour = button?.textContent.replace(/\s?[AP]M/, '') ?? 'none';
    button?.click();
    await frame();
    const chosen = part(widget, 'chosen');
    expect(chosen?.textContent).to.include(hour);
    expect(chosen?.checkVisibility()).to.equal(true);
    expect(widget.matches(':state(ready)')).to.equal(false);
    await selected;
  });
});
