import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { BookingErrorEvent } from '../../../src/entries/index.js';
import { service } from '../../helpers/service.js';
import {
  calcom,
  laterWidgetIsReady,
  mount,
  newHost,
  next,
  part,
  parts,
  requests,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

const eager = { loading: 'eager', availability: 'off' };

/** A free port of this machine without a listener. */
const nobody = 'http://127.0.0.1:9';

describe('failure of the calendar', () => {
  let host = '';
  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  const failing = async (attributes: Record<string, string>) => {
    const widget = mount(attributes);
    const error: BookingErrorEvent = await next(widget, 'booking-error');
    await until(() => part(widget, 'failure'));
    return { widget, error };
  };

  it('a missing event type ends in the failure view with the fallback link, no retry and a booking-error', async () => {
    const { widget, error } = await failing({ ...calcom(host, 'gone'), ...eager });
    expect(error.code).to.equal('not-found');
    expect(error.message).to.not.equal('');
    const failure = part(widget, 'failure');
    expect(failure).to.have.attribute('role', 'alert');
    expect(failure?.textContent).to.include("can't be found");
    expect(part(widget, 'retry'), 'trying again finds no other page').to.equal(null);
    const out = part<HTMLAnchorElement>(widget, 'open-link');
    expect(out?.textContent).to.equal('Open in a new tab');
    expect(out?.href.split('?')[0]).to.equal(`${service.cal}/${host}/gone`);
    expect(out?.target).to.equal('_blank');
    expect(widget.matches(':state(failed)')).to.equal(true);
  });

  it('a scheduling page with status 500 fails with provider-error', async () => {
    await turn(host, { status: 500 });
    const { error } = await failing({ ...calcom(host), ...eager, timeout: '8' });
    expect(error.code).to.equal('provider-error');
    expect(error.willRetry).to.equal(true);
  });

  it('a refused connection of Cal.com fails long before the timeout', async () => {
    const { widget, error } = await failing({ src: `${nobody}/acme/30min`, provider: 'cal', ...eager });
    expect(error).to.include({ code: navigator.onLine ? 'provider-error' : 'offline', willRetry: true });
    expect(part(widget, 'failure')?.querySelector('.on')?.textContent).to.equal(
      'Trying again in a few seconds.',
    );
  });

  it('a refused connection of a plain page fails long before the timeout', async () => {
    const { error } = await failing({ src: `${nobody}/book`, loading: 'eager' });
    expect(error.code).to.equal(navigator.onLine ? 'provider-error' : 'offline');
  });

  it('a hanging server leads to a notice and to a failure at the timeout', async () => {
    await turn(host, { hang: true });
    const widget = mount({ ...calcom(host), ...eager, timeout: '1500ms' });
    const notice = await until(() => part(widget, 'notice'));
    expect(notice.textContent).to.include('longer than usual');
    expect(notice.querySelector('a')?.href).to.include(host);
    expect(notice.closest('[role="status"]')).not.to.equal(null);
    expect(await next(widget, 'booking-error')).to.include({ code: 'timeout' });
  });

  it('a page that refuses to be framed fails at the timeout', async () => {
    await turn(host, { xfo: 'DENY' });
    const { error } = await failing({ ...calcom(host), ...eager, timeout: '1s' });
    expect(error.code).to.be.oneOf(['timeout', 'refused']);
  });

  it('a late ready message turns a failure into a ready calendar', async () => {
    await turn(host, { late: 1500 });
    const { widget } = await failing({ ...calcom(host), ...eager, timeout: '500ms' });
    expect(await next(widget, 'booking-ready')).to.include({ attempt: 1 });
    await until(() => !part(widget, 'failure'));
  });

  it('a failed load is retried and announced as soon as the browser is online again', async () => {
    await turn(host, { status: 500, first: 1 });
    const { widget } = await failing({ ...calcom(host), ...eager });
    const retry = next(widget, 'booking-retry');
    const ready = next(widget, 'booking-ready');
    dispatchEvent(new Event('online'));
    expect(await retry).to.include({ attempt: 2, automatic: true });
    expect(await ready).to.include({ attempt: 2 });
  });

  it('the retry button retries as often as it is pressed', async () => {
    await turn(host, { status: 500 });
    const { widget } = await failing({ ...calcom(host), ...eager, retries: '0' });
    for (const attempt of [2, 3]) {
      const retry = next(widget, 'booking-retry');
      const error = next(widget, 'booking-error');
      (await until(() => part(widget, 'retry'))).click();
      expect(await retry).to.include({ attempt, automatic: false });
      expect(await error).to.include({ attempt, willRetry: false });
    }
    await turn(host, { status: null });
    (await until(() => part(widget, 'retry'))).click();
    expect(await next(widget, 'booking-ready')).to.include({ attempt: 4 });
  });

  it('automatic retries stop when the number of retries is used up', async () => {
    await turn(host, { status: 500 });
    const { widget, error } = await failing({ ...calcom(host), ...eager, retries: '1' });
    expect(error.willRetry).to.equal(true);
    const second = next(widget, 'booking-error');
    dispatchEvent(new Event('online'));
    expect(await second).to.include({ attempt: 2, willRetry: false });
    dispatchEvent(new Event('online'));
    await laterWidgetIsReady();
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(2);
  });

  it('a cancelled booking-error leaves the failure view out and shows the fallback link', async () => {
    const widget = mount({ ...calcom(host, 'gone'), ...eager });
    widget.addEventListener('booking-error', (event) => {
      event.preventDefault();
    });
    await until(() => widget.matches(':state(failed)'));
    await laterWidgetIsReady();
    expect(part(widget, 'failure')).to.equal(null);
    expect(widget.querySelector('a')?.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('a failure is one alert, also after a render', async () => {
    const { widget } = await failing({ ...calcom(host, 'gone'), ...eager });
    widget.label = 'Something else';
    await laterWidgetIsReady();
    expect(parts(widget, 'failure')).to.have.length(1);
  });

  it('the skeleton, the failure view and the calendar have the same height', async () => {
    await setViewport({ width: 800, height: 900 });
    await turn(host, { status: 500, first: 1 });
    const widget = mount({ ...calcom(host), ...eager });
    const error = next(widget, 'booking-error');
    const ready = next(widget, 'booking-ready');
    const heights = new Set<number>();
    const measure = (): void => void heights.add(widget.getBoundingClientRect().height);
    // Before any response: on a busy machine the failure comes within a frame.
    await widget.updateComplete;
    expect(part(widget, 'skeleton') !== null).to.equal(true);
    measure();
    await error;
    await until(() => part(widget, 'failure'));
    measure();
    dispatchEvent(new Event('online'));
    await ready;
    await until(() => !part(widget, 'failure'));
    measure();
    expect([...heights]).to.deep.equal([640]);
    await setViewport({ width: 800, height: 600 });
  });
});

describe('options with bad values', () => {
  afterEach(unmountAll);

  for (const src of ['', 'javascript:alert(1)', 'data:text/html,x', 'https://', 'cal.com/acme'])
    it(`src="${src}" ends in the failure view with bad-config`, async () => {
      const widget = mount({ src, loading: 'eager' }, '');
      const error: BookingErrorEvent = await next(widget, 'booking-error');
      expect(error).to.include({ code: 'bad-config', willRetry: false });
      expect(error.message).to.include('src');
      expect((await until(() => part(widget, 'failure'))).textContent).to.include("isn't set up");
      expect(part(widget, 'frame')).to.equal(null);
      expect(part(widget, 'open-link')).to.equal(null);
    });

  it('a widget with a bad src shows the link inside', async () => {
    const widget = mount({ src: 'nonsense:', loading: 'eager' }, '');
    const link = document.createElement('a');
    Object.assign(link, { href: `${service.plain}/book/30min`, textContent: 'Book a time' });
    widget.append(link);
    await until(() => part(widget, 'failure'));
    expect(link.checkVisibility()).to.equal(true);
    widget.src = `${service.plain}/book/30min`;
    await until(() => widget.matches(':state(shown)'));
    expect(link.checkVisibility()).to.equal(false);
  });

  it('a widget with a bad src recovers when src is corrected', async () => {
    const widget = mount({ src: 'nonsense:', loading: 'eager' }, '');
    await until(() => part(widget, 'failure'));
    widget.src = `${service.plain}/book/30min`;
    await until(() => widget.matches(':state(shown)'));
    expect(part(widget, 'failure')).to.equal(null);
  });

  it('a widget without src takes the address and the label from the link inside', async () => {
    const widget = mount({ loading: 'eager' }, '');
    await next(widget, 'booking-error');
    const link = document.createElement('a');
    link.href = `${service.plain}/book/30min`;
    link.textContent = ' See when we are free ';
    widget.append(link);
    await until(() => widget.matches(':state(shown)'));
    expect(part(widget, 'stage')).to.have.attribute('aria-label', 'See when we are free');
  });

  it('junk in every other option is harmless', async () => {
    const junk = '💥 "><script>';
    const host = newHost();
    const widget = mount({
      ...calcom(host),
      mode: junk,
      loading: junk,
      availability: 'off',
      'sample-rate': junk,
      prepare: junk,
      theme: junk,
      accent: junk,
      layout: junk,
      'time-zone': junk,
      height: junk,
      slots: junk,
      timeout: junk,
      retries: junk,
      lang: junk,
      companion: '',
      'metrics-endpoint': junk,
      'forward-params': junk,
      'prefill-guests': junk,
    });
    await next(widget, 'booking-ready');
  });

  it('two widgets with the same src are both ready', async () => {
    const host = newHost();
    const [one, two] = [mount({ ...calcom(host), ...eager }), mount({ ...calcom(host), ...eager })];
    await Promise.all([next(one, 'booking-ready'), next(two, 'booking-ready')]);
  });

  it('an unclosed tag never hides the rest of the page', async () => {
    const widget = mount({ src: `${service.plain}/book/30min` });
    const rest = document.createElement('main');
    rest.textContent = 'The rest of the page';
    widget.append(rest);
    await laterWidgetIsReady();
    expect(rest.getBoundingClientRect().height).to.be.greaterThan(0);
    expect(widget.querySelector('a')?.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('a widget that is removed and inserted at any moment of its load becomes ready once', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), ...eager });
    const parent = widget.parentElement;
    const isFramed = (): HTMLElement | null => part(widget, 'frame');
    // Listened for in the capture phase: a frame may load before a test that polls for it could listen on the frame itself.
    const frameLoad = (): Promise<unknown> =>
      new Promise((loaded) =>
        widget.shadowRoot?.addEventListener('load', loaded, { capture: true, once: true }),
      );
    const moments: readonly (() => unknown)[] = [
      () => undefined,
      () => Promise.resolve(),
      () => until(() => part(widget, 'skeleton')),
      () => until(isFramed),
      () => until(async () => (await requests(host)).length),
      frameLoad,
      () => next(widget, 'booking-ready'),
    ];
    for (const isBackAtOnce of [true, false])
      for (const moment of moments) {
        await moment();
        widget.remove();
        if (!isBackAtOnce) await until(() => !isFramed());
        parent?.append(widget);
      }
    await next(widget, 'booking-ready');
    expect(widget.shadowRoot?.querySelectorAll('iframe')).to.have.length(1);
  });

  it('a hundred widgets that are removed at once leave nothing behind and send no request', async () => {
    const host = newHost();
    for (let count = 0; count < 100; count++) mount({ ...calcom(host), ...eager }).remove();
    await laterWidgetIsReady();
    expect(document.querySelectorAll('booking-widget')).to.have.length(0);
    expect(await requests(host)).to.deep.equal([]);
  });
});
