import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { calcom, mount, newHost, next, part, parts, unmountAll, until } from '../../../helpers/widget.js';

/*
 * Text properties are inherited into the shadow root: what a page's editor or theme writes reaches the widget.
 */

afterEach(() => {
  unmountAll();
  document.body.removeAttribute('style');
  document.documentElement.removeAttribute('style');
  document.documentElement.lang = 'en';
});

describe('text settings of the host page', () => {
  const INHERITED = [
    'white-space:pre-wrap',
    'white-space:pre-line',
    'white-space:pre',
    'white-space:nowrap',
    'text-indent:40px',
  ];

  /** How far below and beside the widget's corner something begins, and its size. */
  const boxOf = (widget: Element, element: Element): readonly number[] => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const { left: x, top: y } = widget.getBoundingClientRect();
    return [left - x, top - y, width, height].map(Math.round);
  };
  const shown = async (): Promise<Record<string, readonly number[]>> => {
    const widget = mount({ ...calcom(newHost(), 'questions'), booking: 'auto', loading: 'interaction' });
    await next(widget, 'booking-availability');
    const slot = await until(() => part(widget, 'slot'));
    const row = boxOf(widget, await until(() => part(widget, 'later')));
    const first = boxOf(widget, slot);
    slot.click();
    const confirm = await until(() => part(widget, 'confirm'));
    return {
      row,
      first,
      confirm: boxOf(widget, confirm),
      link: boxOf(widget, part(widget, 'open-link') as Element),
    };
  };

  it('leave slots and form where they are', async () => {
    const usual = await shown();
    for (const style of INHERITED) {
      unmountAll();
      document.body.style.cssText = style;
      expect(await shown(), style).to.deep.equal(usual);
    }
  });

  it('make the launcher of a popup no higher than its text', async () => {
    const heightOf = async (): Promise<number> => {
      const widget = mount({ ...calcom(newHost()), mode: 'popup' });
      await until(() => part(widget, 'dialog'));
      return widget.getBoundingClientRect().height;
    };
    const usual = await heightOf();
    document.body.style.cssText = 'white-space:pre-wrap';
    expect(await heightOf()).to.equal(usual);
  });
});

describe('wide text', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  /** By how much the widest text stands out of its button. */
  const excess = (buttons: readonly HTMLElement[]): number =>
    Math.max(
      ...buttons.map((button) => {
        const range = document.createRange();
        range.selectNodeContents(button);
        return range.getBoundingClientRect().right - button.getBoundingClientRect().right;
      }),
    );

  for (const [size, width, lang] of [
    [20, 320, 'en'],
    [20, 560, 'en'],
    [24, 375, 'en'],
    [24, 640, 'en'],
    [32, 320, 'en'],
    [32, 720, 'en'],
    // Its times are as long as `10:00 a.m.`, but for engines that know them by 24 hours.
    [16, 560, 'es-MX'],
    [16, 320, 'es-MX'],
  ] as const)
    it(`times and days stay within their buttons, with ${size} px in ${width} px (${lang})`, async () => {
      await setViewport({ width, height: 800 });
      document.body.style.margin = '0';
      document.documentElement.style.fontSize = `${size}px`;
      document.documentElement.lang = lang;
      const widget = mount({ ...calcom(newHost()), loading: 'interaction' });
      await next(widget, 'booking-availability');
      await until(() => part(widget, 'slot'));
      await until(() => part(widget, 'zone')?.textContent.includes(lang === 'en' ? ' now ' : ' ahora '));
      const seen = ['slot', 'more', 'week-day']
        .flatMap((name) => parts(widget, name))
        .filter((each) => each.checkVisibility());
      expect(excess(seen)).to.be.at.most(0);
    });
});
