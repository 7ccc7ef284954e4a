import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, part, turn, unmountAll, until } from '../../helpers/widget.js';

const RESERVED = 640;
const SHORT = 469;

const heightOf = (widget: Element): number => Math.round(widget.getBoundingClientRect().height);

describe('height of an inline widget', () => {
  let host = '';
  beforeEach(async () => {
    host = newHost();
    // Before the first paint nothing can move.
    await until(() => document.timeline.currentTime);
  });
  afterEach(() => {
    unmountAll();
    scrollTo(0, 0);
  });

  /** A widget with a page that asks for a height below the reserved one. */
  const short = async (more: Record<string, string> = {}) => {
    await turn(host, { 'lying-height': SHORT });
    const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off', ...more });
    return { widget, ready: next(widget, 'booking-ready') };
  };

  it('is that of a shorter page where the visitor does not see the lower edge', async () => {
    const { widget, ready } = await short();
    widget.style.marginTop = '3000px';
    await ready;
    await until(() => heightOf(widget) === SHORT);
  });

  it('is that of a shorter page whatever the snippet has reserved with an inline style', async () => {
    const { widget, ready } = await short();
    widget.style.cssText = 'display:block;min-height:700px;margin-top:3000px';
    await ready;
    await until(() => heightOf(widget) === SHORT);
    expect(widget.style.minHeight, 'the page’s own style stays').to.equal('700px');
  });

  it('stays as reserved where the lower edge would come into view', async () => {
    const { widget, ready } = await short();
    await ready;
    // The height has been received when that of a later widget has been.
    const later = await short();
    later.widget.style.marginTop = '3000px';
    await later.ready;
    await until(() => heightOf(later.widget) === SHORT);
    expect(heightOf(widget)).to.equal(RESERVED);
  });

  it('is never less than reserved with height="grow", and as written with a length', async () => {
    const grow = await short({ height: 'grow' });
    const fixed = await short({ height: '500px' });
    const later = await short();
    for (const { widget } of [grow, fixed, later]) widget.style.marginTop = '3000px';
    await Promise.all([grow.ready, fixed.ready, later.ready]);
    await until(() => heightOf(later.widget) === SHORT);
    expect([grow, fixed].map(({ widget }) => heightOf(widget))).to.deep.equal([RESERVED, 500]);
  });

  it('is low for a card, and that of the calendar as soon as the visitor presses its button', async () => {
    const widget = mount({ ...calcom(host), availability: 'off', loading: 'interaction' });
    widget.style.marginTop = '3000px';
    widget.scrollIntoView({ block: 'start' });
    scrollBy(0, -innerHeight);
    const show = await until(() => part(widget, 'show'));
    await until(() => heightOf(widget) < RESERVED / 2);
    widget.scrollIntoView();
    show.click();
    expect(heightOf(widget), 'before the browser draws again').to.equal(RESERVED);
  });

  it('is low for consent, and has room for the slots as soon as the visitor agrees anywhere on the page', async () => {
    const widget = mount({ ...calcom(host), consent: 'required', loading: 'eager' });
    widget.style.marginTop = '3000px';
    await until(() => part(widget, 'facade'));
    await until(() => heightOf(widget) < RESERVED / 2);
    widget.scrollIntoView();
    const banner = document.createElement('button');
    banner.onclick = () => {
      widget.grant();
    };
    widget.before(banner);
    banner.click();
    banner.remove();
    expect(heightOf(widget), 'before the browser draws again').to.equal(RESERVED);
  });

  it('is low for consent that was granted without a press, in view, until the visitor presses something', async () => {
    const widget = mount({ ...calcom(host), consent: 'required', loading: 'interaction' });
    widget.style.marginTop = '3000px';
    await until(() => part(widget, 'facade'));
    await until(() => heightOf(widget) < RESERVED / 2);
    widget.scrollIntoView();
    widget.grant();
    const later = await until(() => part(widget, 'later'));
    expect(heightOf(widget)).to.be.lessThan(RESERVED / 2);
    later.click();
    expect(heightOf(widget)).to.equal(RESERVED);
  });

  it('is that of the calendar for consent where the visitor has had the calendar before', async () => {
    const before = await short();
    before.widget.style.marginTop = '3000px';
    await before.ready;
    await until(() => heightOf(before.widget) === SHORT);
    before.widget.remove();
    const widget = mount({ ...calcom(host), consent: 'required', availability: 'off', loading: 'eager' });
    widget.style.marginTop = '3000px';
    await until(() => part(widget, 'facade'));
    await until(() => heightOf(widget) === SHORT);
  });

  it('is low for a page that can only be linked', async () => {
    const widget = mount({ src: 'https://calendar.app.google/abc', loading: 'eager' });
    widget.style.marginTop = '3000px';
    await until(() => part(widget, 'facade'));
    await until(() => heightOf(widget) < RESERVED / 2);
  });
});
