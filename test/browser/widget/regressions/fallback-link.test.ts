import { expect } from '@open-wc/testing';
import { service } from '../../../helpers/service.js';
import {
  calcom,
  frameOf,
  mount,
  newHost,
  next,
  part,
  requests,
  slotsOf,
  turn,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

const eager = { loading: 'eager', availability: 'off' };

describe('fallback link', () => {
  let host = '';
  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  const hasLink = (widget: Element): boolean =>
    !!part(widget, 'failure')?.checkVisibility() &&
    !!part<HTMLAnchorElement>(widget, 'open-link')?.href.startsWith(`${service.cal}/${host}/`) &&
    !!part(widget, 'open-link')?.checkVisibility();

  for (const [which, start] of [
    ['an automatic', () => dispatchEvent(new Event('online'))],
    ['a requested', (widget: Element) => part(widget, 'retry')?.click()],
  ] as const)
    it(`the failure view with its link stays during ${which} retry`, async () => {
      await turn(host, { status: 500 });
      const widget = mount({ ...calcom(host), ...eager });
      await next(widget, 'booking-error');
      await until(() => hasLink(widget));
      await turn(host, { status: null, late: 2000 });
      let isAlwaysThere = true;
      let isReady = false;
      widget.addEventListener('booking-ready', () => (isReady = true));
      const retry = next(widget, 'booking-retry');
      start(widget);
      await retry;
      await until(() => {
        if (!isReady && !hasLink(widget)) isAlwaysThere = false;
        return isReady;
      });
      expect(isAlwaysThere).to.equal(true);
      await until(() => !part(widget, 'failure'));
    });

  it('a running load that a retry would replace still makes the calendar ready', async () => {
    await turn(host, { delay: 4000 });
    const widget = mount({ ...calcom(host), ...eager, timeout: '500ms' });
    await next(widget, 'booking-error');
    await until(async () => (await requests(host)).some(({ path }) => path.endsWith('/embed')));
    // Every later page hangs: only the load that is under way can become the calendar.
    await turn(host, { delay: null, hang: true });
    const retry = next(widget, 'booking-retry');
    const ready = next(widget, 'booking-ready');
    dispatchEvent(new Event('online'));
    await retry;
    await ready;
    await until(() => widget.matches(':state(ready)') && !part(widget, 'failure'));
  });

  it('a chosen slot of a missing scheduling page leads to that slot in a new tab and offers no retry', async () => {
    await turn(host, { status: 404 });
    const widget = mount({ ...calcom(host), loading: 'interaction' });
    const [slot] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    const time = /\d{1,2}:\d\d/.exec(slot?.textContent ?? '')?.[0] ?? 'no time';
    const select = next(widget, 'booking-slot-select');
    const error = next(widget, 'booking-error');
    slot?.click();
    const { start } = await select;
    expect(await error).to.include({ code: 'not-found', willRetry: false });
    const link = await until(() =>
      [...(widget.shadowRoot?.querySelectorAll<HTMLAnchorElement>('a[target="_blank"]') ?? [])].find((each) =>
        each.textContent.includes(time),
      ),
    );
    expect(link.checkVisibility()).to.equal(true);
    const { searchParams } = new URL(link.href);
    expect(Date.parse(searchParams.get('slot') ?? '')).to.equal(Date.parse(start));
    expect(part(widget, 'retry')?.checkVisibility() ?? false).to.equal(false);
  });

  it('a frame that a content blocker removes ends in the failure view or a new calendar', async () => {
    await turn(host, { late: 60_000 });
    const widget = mount({ ...calcom(host), ...eager, timeout: '300s' });
    (await until(() => frameOf(widget))).remove();
    await turn(host, { late: null });
    await until(() => hasLink(widget) || widget.matches(':state(ready)'));
  });

  it('a frame that a content blocker empties ends in the failure view with its link', async function () {
    this.timeout(40_000);
    await turn(host, { late: 60_000 });
    const widget = mount({ ...calcom(host), ...eager, timeout: '300s' });
    const frame = await until(() => frameOf(widget));
    frame.src = 'about:blank';
    await until(() => hasLink(widget));
  });
});
