import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, part, parts, turn, unmountAll, until } from '../../helpers/widget.js';

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

describe('what the visitor sees at once', () => {
  let host = '';
  const slow = (): ReturnType<typeof mount> =>
    mount({ ...calcom(host), loading: 'eager', 'time-zone': 'Europe/Berlin' });

  beforeEach(async () => {
    host = newHost();
    await turn(host, { late: 60_000, 'slots-delay': 20 });
  });
  afterEach(unmountAll);

  it('are the times themselves, in the first frame of a widget, where the page knows them', async () => {
    const first = slow();
    await until(() => parts(first, 'slot').length);
    await frame();
    const again = slow();
    await frame();
    expect(parts(again, 'slot')).to.have.length(parts(first, 'slot').length);
  });

  it('is the time they chose, in the next frame, while the calendar is still to come', async () => {
    const widget = slow();
    await until(() => parts(widget, 'slot').length);
    const told = next(widget, 'booking-slot-select');
    const [button] = parts(widget, 'slot');
    const hour = button?.textContent.replace(/\s?[AP]M/, '') ?? 'none';
    button?.click();
    await frame();
    const chosen = part(widget, 'chosen');
    expect(chosen?.textContent).to.include(hour);
    expect(chosen?.checkVisibility()).to.equal(true);
    expect(widget.matches(':state(ready)')).to.equal(false);
    await told;
  });
});
