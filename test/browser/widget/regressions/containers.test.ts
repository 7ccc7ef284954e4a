import { expect } from '@open-wc/testing';
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

/** Containers of 700 px that do not stretch their children, and the width that a widget may have in them. */
const CONTAINERS: Readonly<Record<string, string>> = {
  'a block': '',
  'a flex row': 'display:flex',
  'a centred flex row': 'display:flex;justify-content:center',
  'a flex row with align-items:center': 'display:flex;align-items:center',
  'a flex column': 'display:flex;flex-direction:column',
  'a flex column with align-items:center': 'display:flex;flex-direction:column;align-items:center',
  'a flex column with align-items:flex-start': 'display:flex;flex-direction:column;align-items:flex-start',
  'a grid with place-items:center': 'display:grid;place-items:center',
  'a grid with justify-items:start': 'display:grid;justify-items:start',
  'a grid with auto columns': 'display:grid;grid-template-columns:auto;justify-content:start',
  'a grid with max-content columns': 'display:grid;grid-template-columns:minmax(0,max-content)',
};

/** Containers whose own width comes from their content, inside 700 px. */
const SHRINKING: Readonly<Record<string, string>> = {
  'an inline-block': 'display:inline-block',
  'a fit-content block': 'width:fit-content;margin:auto',
  'a float': 'float:left',
  'a table cell': 'display:table-cell',
  'an absolutely positioned box': 'position:absolute;left:0;top:0',
  'an inline flex row': 'display:inline-flex',
};

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
