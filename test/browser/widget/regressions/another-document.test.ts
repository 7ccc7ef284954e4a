import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, part, slotsOf, unmountAll, until } from '../../../helpers/widget.js';

describe('element that was in another document for a moment', () => {
  afterEach(unmountAll);

  it('has its styles again, as what htmx preserves has to', async () => {
    const widget = mount({ ...calcom(newHost()), loading: 'interaction' });
    await until(() => slotsOf(widget).length > 0);
    const parent = widget.parentElement;
    const look = (): readonly string[] => [
      getComputedStyle(widget).position,
      getComputedStyle(part(widget, 'slot') as Element).borderRadius,
    ];
    const before = look();
    new DOMParser().parseFromString('<p></p>', 'text/html').body.append(widget);
    parent?.append(widget);
    await until(() => part(widget, 'slot'));
    expect(look()).to.deep.equal(before);
    expect(before).to.deep.equal(['relative', '8px']);
  });
});
