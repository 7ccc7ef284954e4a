import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { BookingErrorEvent } from '../../../src/entries/index.js';
import { service } from '../../helpers/service.js';
import {
  calcom,
  mount,
  newHost,
  next,
  part,
  parts,
  requests,
  settled,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

const eager = { loading: 'eager', availability: 'off' };

/** A free port of this machine where nobody listens. */
const nobody = 'http://127.0.0.1:9';

describe('a calendar that does not come', () => {
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

  it('ends in words, a button and a way out, and says the cause to the site owner', async () => {
    const { widget, error } = await failing({ ...calcom(host, 'gone'), ...eager });
    expect(error.code).to.equal('not-found');
    expect(error.message).to.not.equal('');
    const failure = part(widget, 'failure');
    expect(failure).to.have.attribute('role', 'alert');
    expect(failure?.textContent).to.include('does not exist');
    expect(part(widget, 'retry')?.textContent).to.equal('Try again');
    const out = part<HTMLAnchorElement>(widget, 'open-link');
    expect(out?.textContent).to.equal('Open in a new tab');
    expect(out?.href.split('?')[0]).to.equal(`${service.cal}/${host}/gone`);
    expect(out?.target).to.equal('_blank');
    expect(widget.matches(':state(failed)')).to.equal(true);
  });

  it('is a provider error when its page says 500', async () => {
    await turn(host, { status: 500 });
    const { error } = await failing({ ...calcom(host), ...eager, timeout: '8' });
    expect(error.code).to.equal('provider-error');
    expect(error.willRetry).to.equal(true);
  });

  it('is noticed long before the time limit when nothing answers', async () => {
    const { widget, error } = await failing({ src: `${nobody}/acme/30min`, provider: 'cal', ...eager });
    expect(error).to.include({ code: navigator.onLine ? 'provider-error' : 'offline', willRetry: true });
    expect(part(widget, 'failure')?.textContent).to.include('We will try again');
  });

  it('is noticed for pages that never speak, too', async () => {
    const { error } = await failing({ src: `${nobody}/book`, loading: 'eager' });
    expect(error.code).to.equal(navigator.onLine ? 'provider-error' : 'offline');
  });

  it('gets a gentle notice first and a failure at the time limit when the server hangs', async () => {
    await turn(host, { hang: true });
    const widget = mount({ ...calcom(host), ...eager, timeout: '1500ms' });
    const notice = await until(() => part(widget, 'notice'));
    expect(notice.textContent).to.include('longer than usual');
    expect(notice.querySelector('a')?.href).to.include(host);
    expect(notice.closest('[role="status"]')).not.to.equal(null);
    expect(await next(widget, 'booking-error')).to.include({ code: 'timeout' });
  });

  it('gets the same when the page refuses to be framed or is silent', async () => {
    await turn(host, { xfo: 'DENY' });
    const { error } = await failing({ ...calcom(host), ...eager, timeout: '1s' });
    expect(error.code).to.be.oneOf(['timeout', 'refused']);
  });

  it('still counts when its word comes late', async () => {
    await turn(host, { late: 1500 });
    const { widget } = await failing({ ...calcom(host), ...eager, timeout: '500ms' });
    expect(await next(widget, 'booking-ready')).to.include({ attempt: 1 });
    await until(() => !part(widget, 'failure'));
  });

  it('is tried again at once when the browser is back online, and announced', async () => {
    await turn(host, { status: 500, first: 1 });
    const { widget } = await failing({ ...calcom(host), ...eager });
    const retry = next(widget, 'booking-retry');
    const ready = next(widget, 'booking-ready');
    dispatchEvent(new Event('online'));
    expect(await retry).to.include({ attempt: 2, automatic: true });
    expect(await ready).to.include({ attempt: 2 });
  });

  it('is tried again on request as often as it takes', async () => {
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

  it('stops trying by itself when the tries are used up', async () => {
    await turn(host, { status: 500 });
    const { widget, error } = await failing({ ...calcom(host), ...eager, retries: '1' });
    expect(error.willRetry).to.equal(true);
    const second = next(widget, 'booking-error');
    dispatchEvent(new Event('online'));
    expect(await second).to.include({ attempt: 2, willRetry: false });
    dispatchEvent(new Event('online'));
    await settled();
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(2);
  });

  it('can be taken over by the host page, which then shows its own link', async () => {
    const widget = mount({ ...calcom(host, 'gone'), ...eager });
    widget.addEventListener('booking-error', (event) => {
      event.preventDefault();
    });
    await until(() => widget.matches(':state(failed)'));
    await settled();
    expect(part(widget, 'failure')).to.equal(null);
    expect(widget.querySelector('a')?.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('is one alert, not many', async () => {
    const { widget } = await failing({ ...calcom(host, 'gone'), ...eager });
    widget.label = 'Something else';
    await settled();
    expect(parts(widget, 'failure')).to.have.length(1);
  });

  it('takes the same space as the calendar and as what came before it', async () => {
    await setViewport({ width: 800, height: 900 });
    await turn(host, { status: 500, first: 1 });
    const widget = mount({ ...calcom(host), ...eager });
    const error = next(widget, 'booking-error');
    const ready = next(widget, 'booking-ready');
    const heights = new Set<number>();
    const measure = (): void => void heights.add(widget.getBoundingClientRect().height);
    await settled();
    measure();
    await error;
    await settled();
    measure();
    dispatchEvent(new Event('online'));
    await ready;
    await settled();
    measure();
    expect([...heights]).to.deep.equal([640]);
    await setViewport({ width: 800, height: 600 });
  });
});

describe('bad input', () => {
  afterEach(unmountAll);

  for (const src of [
    '',
    'acme/30min',
    '/book',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'cal.com/acme',
  ])
    it(`ends in the failure view for src="${src}"`, async () => {
      const widget = mount({ src, loading: 'eager' }, '');
      const error: BookingErrorEvent = await next(widget, 'booking-error');
      expect(error).to.include({ code: 'bad-config', willRetry: false });
      expect(error.message).to.include('src');
      expect((await until(() => part(widget, 'failure'))).textContent).to.include('not set up');
      expect(part(widget, 'frame')).to.equal(null);
      expect(part(widget, 'open-link')).to.equal(null);
    });

  it('leaves the link inside to be used where the address is none', async () => {
    const widget = mount({ src: 'nonsense', loading: 'eager' }, '');
    const link = document.createElement('a');
    Object.assign(link, { href: `${service.plain}/book/30min`, textContent: 'Book a time' });
    widget.append(link);
    await until(() => part(widget, 'failure'));
    expect(link.checkVisibility()).to.equal(true);
    widget.src = `${service.plain}/book/30min`;
    await until(() => widget.matches(':state(shown)'));
    expect(link.checkVisibility()).to.equal(false);
  });

  it('mends itself when the address is mended', async () => {
    const widget = mount({ src: 'nonsense', loading: 'eager' }, '');
    await until(() => part(widget, 'failure'));
    widget.src = `${service.plain}/book/30min`;
    await until(() => widget.matches(':state(shown)'));
    expect(part(widget, 'failure')).to.equal(null);
  });

  it('takes the address and the words from the link inside', async () => {
    const widget = mount({ loading: 'eager' }, '');
    await next(widget, 'booking-error');
    const link = document.createElement('a');
    link.href = `${service.plain}/book/30min`;
    link.textContent = ' See when we are free ';
    widget.append(link);
    await until(() => widget.matches(':state(shown)'));
    expect(part(widget, 'stage')).to.have.attribute('aria-label', 'See when we are free');
  });

  it('in every other option is harmless', async () => {
    const junk = '💥 "><script>';
    const host = newHost();
    const widget = mount({
      ...calcom(host),
      mode: junk,
      loading: junk,
      availability: 'off',
      'sample-rate': junk,
      consent: junk,
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

  it('lets two widgets with the same address live side by side', async () => {
    const host = newHost();
    const [one, two] = [mount({ ...calcom(host), ...eager }), mount({ ...calcom(host), ...eager })];
    await Promise.all([next(one, 'booking-ready'), next(two, 'booking-ready')]);
  });

  it('never hides the rest of the page that an unclosed tag has swallowed', async () => {
    const widget = mount({ src: `${service.plain}/book/30min` });
    const rest = document.createElement('main');
    rest.textContent = 'The rest of the page';
    widget.append(rest);
    await settled();
    expect(rest.getBoundingClientRect().height).to.be.greaterThan(0);
    expect(widget.querySelector('a')?.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('survives being removed and inserted at any moment', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), ...eager });
    const parent = widget.parentElement;
    for (let moment = 0; moment < 12; moment++) {
      await new Promise((resolve) => {
        const wait = (frames: number): unknown =>
          frames ? requestAnimationFrame(() => wait(frames - 1)) : resolve(null);
        wait(moment);
      });
      widget.remove();
      if (moment % 2) await settled();
      parent?.append(widget);
    }
    await next(widget, 'booking-ready');
    expect(widget.shadowRoot?.querySelectorAll('iframe')).to.have.length(1);
  });

  it('leaves nothing behind after a hundred widgets', async () => {
    const host = newHost();
    for (let count = 0; count < 100; count++) mount({ ...calcom(host), ...eager }).remove();
    await settled();
    expect(document.querySelectorAll('booking-widget')).to.have.length(0);
    expect(await requests(host)).to.deep.equal([]);
  });
});
