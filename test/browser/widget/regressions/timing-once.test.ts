import { expect } from '@open-wc/testing';
import {
  calcom,
  laterWidgetIsReady,
  mount,
  newHost,
  next,
  part,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

describe('booking-timing', () => {
  const pushed = (): unknown[] =>
    ((globalThis as { dataLayer?: { event?: unknown }[] }).dataLayer ?? []).filter(
      ({ event }) => event === 'booking_widget.load',
    );
  const outcomesOf = (widget: HTMLElement): string[] => {
    const outcomes: string[] = [];
    widget.addEventListener('booking-timing', ({ report }) => outcomes.push(report.outcome));
    return outcomes;
  };

  afterEach(() => {
    unmountAll();
    Reflect.deleteProperty(globalThis, 'dataLayer');
  });

  it('booking-timing and its data-layer event are emitted once for a popup', async () => {
    const widget = mount({ ...calcom(newHost()), mode: 'popup', availability: 'off', 'data-layer': '' });
    const outcomes = outcomesOf(widget);
    widget.open();
    await next(widget, 'booking-ready');
    await laterWidgetIsReady();
    expect(outcomes).to.deep.equal(['ready']);
    expect(pushed()).to.have.length(1);
  });

  it('booking-timing and its data-layer event are emitted once for a popup that intent has prerendered', async () => {
    const widget = mount({ ...calcom(newHost()), mode: 'popup', availability: 'off', 'data-layer': '' });
    const outcomes = outcomesOf(widget);
    const link = widget.querySelector('a');
    await until(() => link?.hasAttribute('aria-haspopup'));
    link?.dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
    await until(() => part(widget, 'frame'));
    link?.click();
    await next(widget, 'booking-ready');
    await laterWidgetIsReady();
    expect(outcomes).to.deep.equal(['ready']);
    expect(pushed()).to.have.length(1);
  });

  for (const mode of ['inline', 'popup'])
    it(`booking-timing and its data-layer event are emitted once for a link card (${mode})`, async () => {
      const widget = mount({ src: 'https://app.rallly.co/invite/abc', mode, 'data-layer': '' });
      const outcomes = outcomesOf(widget);
      if (mode === 'popup') widget.open();
      await until(() => widget.matches(':state(linked)'));
      await until(() => outcomes.length);
      await laterWidgetIsReady();
      expect(outcomes).to.have.length(1);
      expect(pushed()).to.have.length(1);
    });
});
