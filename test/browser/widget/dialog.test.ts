import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
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
  unmountAll,
  until,
} from '../../helpers/widget.js';

const isOpen = (widget: Element): boolean => part<HTMLDialogElement>(widget, 'dialog')?.open ?? false;
const scrollOf = (element: Element): string => getComputedStyle(element).overflowY;

describe('popup dialog', () => {
  let host = '';
  const popup = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), mode: 'popup', availability: 'off', ...more });
  const link = (widget: Element): HTMLAnchorElement => widget.querySelector('a') as HTMLAnchorElement;
  /** Near the viewport the chunk of the dialog is fetched; from then on the link announces a dialog. */
  const prepared = (widget: Element): Promise<boolean> =>
    until(() => link(widget).hasAttribute('aria-haspopup'));

  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('a closed popup keeps the page’s link, contacts nobody and takes no more room than the link', async () => {
    const widget = popup();
    await prepared(widget);
    expect(await requests(host)).to.deep.equal([]);
    expect(link(widget)).to.have.attribute('aria-haspopup', 'dialog');
    expect(link(widget).getBoundingClientRect().height).to.be.greaterThan(0);
    expect(widget.getBoundingClientRect().height).to.be.lessThan(60);
  });

  it('a click on the link opens the dialog at once and loads the calendar in it', async () => {
    const widget = popup();
    await prepared(widget);
    const opened = next(widget, 'booking-open');
    const ready = next(widget, 'booking-ready');
    link(widget).click();
    await opened;
    expect(isOpen(widget)).to.equal(true);
    expect(part(widget, 'dialog')?.matches(':modal')).to.equal(true);
    await ready;
    expect(part<HTMLIFrameElement>(widget, 'frame')?.src).to.include('embedType=modal');
  });

  it('a click with a modifier key is left to the browser', async () => {
    const widget = popup();
    await prepared(widget);
    for (const modifier of ['ctrlKey', 'metaKey', 'shiftKey', 'altKey']) {
      const click = new MouseEvent('click', {
        bubbles: true,
        cancelable: true,
        composed: true,
        [modifier]: true,
      });
      const untouched = new Promise<boolean>((resolve) => {
        document.addEventListener(
          'click',
          (event) => {
            resolve(!event.defaultPrevented);
            event.preventDefault();
          },
          { once: true },
        );
      });
      link(widget).dispatchEvent(click);
      expect(await untouched, modifier).to.equal(true);
    }
    await laterWidgetIsReady();
    expect(isOpen(widget)).to.equal(false);
  });

  it('an open dialog locks the page’s scroll without moving the page and returns focus on Escape', async () => {
    const widget = popup();
    document.documentElement.style.minHeight = '300vh';
    await prepared(widget);
    const width = document.body.clientWidth;
    link(widget).focus();
    link(widget).click();
    await until(() => isOpen(widget));
    expect(scrollOf(document.documentElement)).to.equal('hidden');
    expect(document.body.clientWidth).to.equal(width);
    expect(widget.shadowRoot?.activeElement).to.equal(part(widget, 'close'));

    const closed = next(widget, 'booking-close');
    await sendKeys({ press: 'Escape' });
    await closed;
    expect(isOpen(widget)).to.equal(false);
    expect(scrollOf(document.documentElement)).to.equal('visible');
    expect(document.activeElement).to.equal(link(widget));
    document.documentElement.style.minHeight = '';
  });

  it('the dialog closes by its button and by its backdrop', async () => {
    const widget = popup();
    await prepared(widget);
    for (const leave of [
      () => part(widget, 'close')?.click(),
      () =>
        part(widget, 'dialog')?.dispatchEvent(
          new MouseEvent('click', { clientX: 1, clientY: 1, bubbles: true }),
        ),
    ]) {
      widget.open();
      await until(() => isOpen(widget));
      leave();
      await until(() => !isOpen(widget));
    }
  });

  it('the dialog’s head is one row with the close button at its end, with slots and without', async () => {
    for (const availability of ['off', 'auto']) {
      const widget = popup({ availability, loading: 'interaction' });
      await prepared(widget);
      widget.open();
      await until(() => isOpen(widget) && part(widget, availability === 'auto' ? 'slot' : 'show'));
      const close = part(widget, 'close')?.getBoundingClientRect();
      const head = part(widget, 'close')?.parentElement?.getBoundingClientRect();
      // The button, its space above and below, and the line.
      expect(head?.height, `availability="${availability}"`).to.equal((close?.height ?? 0) + 17);
      expect((head?.right ?? 0) - (close?.right ?? 0)).to.be.below(20);
      widget.remove();
    }
  });

  it('a closed dialog keeps a ready calendar for the next opening and restarts an unfinished one', async () => {
    const widget = popup();
    widget.open();
    const halfLoaded = await until(() => part(widget, 'frame'));
    widget.close();
    await until(() => !part(widget, 'frame'));
    widget.open();
    await next(widget, 'booking-ready');
    expect(part(widget, 'frame') === halfLoaded).to.equal(false);
    const frame = part(widget, 'frame');
    widget.close();
    await until(() => !isOpen(widget));
    widget.open();
    await until(() => isOpen(widget));
    expect(part(widget, 'frame') === frame).to.equal(true);
  });

  it('open() and close() are safe before the element is ready and when called twice', async () => {
    const widget = document.createElement('booking-widget');
    for (const [name, value] of Object.entries({ ...calcom(host), mode: 'popup', availability: 'off' }))
      widget.setAttribute(name, value);
    widget.open();
    widget.open();
    document.body.append(widget);
    await until(() => isOpen(widget));
    widget.close();
    widget.close();
    await until(() => !isOpen(widget));
    widget.remove();
  });

  it('a popup without a link shows a launcher with the text of its label', async () => {
    const widget = mount({ ...calcom(host), mode: 'popup', availability: 'off', label: 'Meet us' }, '');
    const launcher = await until(() => part(widget, 'launcher'));
    expect(launcher.textContent.trim()).to.equal('Meet us');
    launcher.click();
    await until(() => isOpen(widget));
  });

  it('a floating launcher is fixed to a corner of the page, also in a right-to-left page', async () => {
    const widget = mount({ ...calcom(host), mode: 'floating', availability: 'off' });
    const launcher = await until(() => part(widget, 'launcher'));
    expect(getComputedStyle(launcher).position).to.equal('fixed');
    expect(launcher.textContent.trim()).to.equal('Book a time');
    expect(launcher.getBoundingClientRect().right).to.be.greaterThan(innerWidth - 40);
    expect(await requests(host)).to.deep.equal([]);
    document.documentElement.dir = 'rtl';
    expect(launcher.getBoundingClientRect().left).to.be.lessThan(40);
    document.documentElement.dir = '';
    launcher.click();
    await until(() => isOpen(widget));
  });

  it('the dialog fills a small screen and its close button stays inside', async () => {
    await setViewport({ width: 320, height: 640 });
    try {
      const widget = popup();
      widget.open();
      const dialog = await until(() => isOpen(widget) && part(widget, 'dialog'));

      const { left, top, width, height } = dialog.getBoundingClientRect();
      expect([left, top]).to.deep.equal([0, 0]);
      expect(width).to.equal(document.documentElement.clientWidth);
      expect(height).to.be.closeTo(innerHeight, 1);
      const close = part(widget, 'close')?.getBoundingClientRect();
      expect(close?.width).to.be.at.least(44);
      expect(close?.right).to.be.at.most(width);
    } finally {
      await setViewport({ width: 800, height: 600 });
    }
  });

  it('removing an open popup unlocks the page’s scroll', async () => {
    const widget = popup();
    widget.open();
    await until(() => isOpen(widget));
    expect(scrollOf(document.documentElement)).to.equal('hidden');
    widget.remove();
    await until(() => scrollOf(document.documentElement) === 'visible');
  });

  it('removing a popup gives the link its own meaning back', async () => {
    const widget = popup();
    await prepared(widget);
    widget.remove();
    await until(() => !link(widget).hasAttribute('aria-haspopup'));
  });

  it('a button with command="--open" opens the popup', async () => {
    const widget = popup();
    widget.id = 'booking';
    const button = document.createElement('button');
    button.setAttribute('commandfor', 'booking');
    button.setAttribute('command', '--open');
    document.body.append(button);
    if (!('commandForElement' in button)) {
      // Engines without command buttons still know the event, if a script sends it.
      widget.dispatchEvent(Object.assign(new Event('command'), { command: '--open' }));
    } else button.click();
    await until(() => isOpen(widget));
    button.remove();
  });

  it('each known command calls its method once and an unknown command calls nothing', () => {
    const widget = popup();
    const called: string[] = [];
    const methods = ['open', 'close', 'retry', 'refresh', 'prefetch', 'grant'] as const;
    for (const method of methods)
      widget[method] = () => {
        called.push(method);
      };
    for (const command of [...methods.map((method) => `--${method}`), '--remove', 'show-modal', ''])
      widget.dispatchEvent(Object.assign(new Event('command'), { command }));
    expect(called).to.deep.equal([...methods]);
  });

  it('a popup near the viewport loads slots and no scheduling page', async () => {
    const widget = mount({ ...calcom(host), mode: 'popup' });
    await next(widget, 'booking-availability');
    expect(parts(widget, 'frame')).to.have.length(0);
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(0);
  });

  it('intent prerenders the scheduling page in a hidden frame that the dialog then shows', async () => {
    const widget = mount({ ...calcom(host), mode: 'popup' });
    const emitted: string[] = [];
    for (const type of ['booking-ready', 'booking-open', 'booking-error', 'booking-timing'])
      widget.addEventListener(type, () => emitted.push(type));
    await prepared(widget);
    link(widget).dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
    const hidden = await until(() => part<HTMLIFrameElement>(widget, 'frame'));
    expect(hidden.src).to.include('prerender=true').and.to.include('cal.skipSlotsFetch=true');
    expect(part(widget, 'dialog')).to.have.property('inert', true);
    await new Promise((resolve) => {
      addEventListener('message', ({ source, data }: MessageEvent<{ type?: string }>) => {
        if (source === hidden.contentWindow && data.type === 'linkPrerendered') resolve(undefined);
      });
    });
    expect(emitted, 'no visitor has opened it yet').to.deep.equal([]);

    const ready = next(widget, 'booking-ready');
    link(widget).click();
    await ready;
    expect(part(widget, 'frame')).to.equal(hidden);
    expect(part(widget, 'dialog')).to.have.property('inert', false);
    const pages = (await requests(host)).filter(({ path }) => path.endsWith('/embed'));
    expect(pages).to.have.length(1);
  });

  it('intent prerenders nothing with prepare="none" or loading="interaction"', async () => {
    const none = mount({ ...calcom(host), mode: 'popup', prepare: 'none' });
    const onRequest = mount({ ...calcom(host), mode: 'popup', loading: 'interaction' });
    const available = next(onRequest, 'booking-availability');
    for (const widget of [none, onRequest]) {
      await prepared(widget);
      link(widget).dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
    }
    await available;
    await laterWidgetIsReady();
    expect(parts(none, 'frame')).to.have.length(0);
    expect(parts(onRequest, 'frame')).to.have.length(0);
  });

  it('intent prerenders nothing with Save-Data and the popup still opens', async () => {
    Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } });
    try {
      const widget = mount({ ...calcom(host), mode: 'popup' });
      await prepared(widget);
      link(widget).dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
      await laterWidgetIsReady();
      expect(parts(widget, 'frame')).to.have.length(0);
      expect(await requests(host)).to.deep.equal([]);
      const ready = next(widget, 'booking-ready');
      link(widget).click();
      await ready;
    } finally {
      Reflect.deleteProperty(navigator, 'connection');
    }
  });

  it('the dialog stays open when src changes', async () => {
    const widget = popup();
    widget.open();
    await next(widget, 'booking-ready');
    widget.src = `${service.cal}/${host}/15min`;
    await next(widget, 'booking-ready');
    expect(isOpen(widget)).to.equal(true);
    expect(part<HTMLIFrameElement>(widget, 'frame')?.src).to.include('15min');
  });
});
