import { expect } from '@open-wc/testing';
import { service } from '../../../helpers/service.js';
import {
  calcom,
  frameOf,
  mount,
  newHost,
  next,
  part,
  slotsOf,
  turn,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

/** A height that no reserve covers. */
const ASKED = 1234;

describe('height of the frame', () => {
  afterEach(unmountAll);

  /** The page asks for a height below the viewport, where nothing that the visitor sees moves. */
  const mountBelow = (attributes: Record<string, string>) => {
    const widget = mount({ booking: 'frame', ...attributes });
    widget.style.marginTop = '3000px';
    return widget;
  };
  const height = (widget: Element): number => frameOf(widget)?.getBoundingClientRect().height ?? 0;

  it('is what the page asks for', async () => {
    const host = newHost();
    await turn(host, { 'lying-height': ASKED });
    const widget = mountBelow({ ...calcom(host), availability: 'off', loading: 'eager' });
    await next(widget, 'booking-ready');
    await until(() => height(widget) === ASKED);
    expect(height(widget)).to.equal(ASKED);
  });

  it('is that, too, under the bar with the chosen slot', async () => {
    const host = newHost();
    // Slots that are on screen before the calendar can be chosen.
    await turn(host, { 'lying-height': ASKED, late: 60_000 });
    const widget = mountBelow({ ...calcom(host), loading: 'eager' });
    const [first] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    await turn(host, { late: null });
    first?.click();
    await next(widget, 'booking-ready');
    await until(() => height(widget) === ASKED);
    const bar = part(widget, 'chosen')?.parentElement?.getBoundingClientRect();
    const frame = frameOf(widget)?.getBoundingClientRect();
    expect(bar?.height).to.be.above(0);
    expect(Math.round((frame?.top ?? 0) - (bar?.bottom ?? 0))).to.equal(0);
  });

  it('is that, too, above the notice', async () => {
    const host = newHost();
    await turn(host, { 'lying-height': ASKED, books: true });
    const widget = mountBelow({
      src: `${service.calendly}/${host}/30min?hide_gdpr_banner=1`,
      provider: 'calendly',
      loading: 'eager',
    });
    const notice = await until(() => part(widget, 'notice'));
    await until(() => height(widget) === ASKED);
    const bottom = frameOf(widget)?.getBoundingClientRect().bottom ?? 0;
    expect(Math.round(notice.getBoundingClientRect().top - bottom)).to.be.at.least(0);
  });
});
