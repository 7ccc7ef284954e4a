import { expect } from '@open-wc/testing';
import { CONTAINERS, SHRINKING } from '../../../helpers/containers.js';
import {
  calcom,
  frameOf,
  mount,
  newHost,
  next,
  slotsOf,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

describe('width in a container', () => {
  const contain = (style: string, inner: string): HTMLElement => {
    const outer = document.createElement('div');
    outer.style.cssText = style;
    const main = outer.appendChild(document.createElement('main'));
    main.style.cssText = inner;
    document.body.append(outer);
    return main;
  };
  const widths = async (
    main: HTMLElement,
  ): Promise<readonly [slots: number, calendar: number, frame: number]> => {
    const host = newHost();
    const inside = (loading: string): ReturnType<typeof mount> => {
      const widget = mount({ ...calcom(host), loading });
      main.append(widget);
      return widget;
    };
    try {
      const slots = inside('interaction');
      await until(() => slotsOf(slots).length);
      const width = slots.getBoundingClientRect().width;
      slots.remove();
      const calendar = inside('eager');
      await next(calendar, 'booking-ready');
      const frame = frameOf(calendar)?.getBoundingClientRect().width ?? 0;
      return [width, calendar.getBoundingClientRect().width, frame];
    } finally {
      main.parentElement?.remove();
    }
  };

  afterEach(unmountAll);

  for (const [name, style] of Object.entries(CONTAINERS))
    it(`a widget in ${name} is as wide as its container offers`, async () => {
      for (const width of await widths(contain('width:700px', style))) expect(width).to.be.within(690, 700);
    });

  for (const [name, style] of Object.entries(SHRINKING))
    it(`a widget in ${name}, which is sized by its content, is at least 300 px wide`, async () => {
      for (const width of await widths(contain('width:700px;position:relative', style)))
        expect(width).to.be.within(300, 700);
    });

  it('a widget in a flex row of 280 px never overflows the row', async () => {
    for (const width of await widths(contain('width:280px', 'display:flex')))
      expect(width).to.be.within(270, 280);
  });

  it('a popup link takes no more width than its text in a flex row', async () => {
    const main = contain('width:700px', 'display:flex');
    const widget = mount({ ...calcom(newHost()), mode: 'popup', availability: 'off' });
    main.append(widget);
    await until(() => widget.querySelector('a')?.hasAttribute('aria-haspopup'));
    expect(widget.getBoundingClientRect().width).to.be.within(1, 300);
    main.parentElement?.remove();
  });
});
