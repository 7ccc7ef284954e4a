import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
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
  unmountAll,
  until,
} from '../../helpers/widget.js';

const isOpen = (widget: Element): boolean => part<HTMLDialogElement>(widget, 'dialog')?.open ?? false;
const scrollOf = (element: Element): string => getComputedStyle(element).overflowY;

describe('a widget that opens in a dialog', () => {
  let host = '';
  const popup = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), mode: 'popup', availability: 'off', ...more });
  const link = (widget: Element): HTMLAnchorElement => widget.querySelector('a') as HTMLAnchorElement;
  /** Near the viewport the dialog's own part is fetched; from then on the link says what it does. */
  const prepared = (widget: Element): Promise<boolean> =>
    until(() => link(widget).hasAttribute('aria-haspopup'));

  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('leaves the page’s own link as it is, contacts nobody, and takes no more room than the link', async () => {
    const widget = popup();
    await prepared(widget);
    expect(await requests(host)).to.deep.equal([]);
    expect(link(widget)).to.have.attribute('aria-haspopup', 'dialog');
    expect(link(widget).getBoundingClientRect().height).to.be.greaterThan(0);
    expect(widget.getBoundingClientRect().height).to.be.lessThan(60);
  });

  it('opens on a click, at once, and loads the calendar behind', async () => {
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

  it('leaves modified clicks to the browser', async () => {
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
    await settled();
    expect(isOpen(widget)).to.equal(false);
  });

  it('keeps the page behind from scrolling without moving it, and gives the focus back on Escape', async () => {
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

  it('closes by its button and by its backdrop', async () => {
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

  it('keeps the calendar that is ready for the next opening, and starts a half-loaded one again', async () => {
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

  it('may be told to open and close before it is ready, and twice', async () => {
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

  it('has a button of its own where there is no link, in words of the page', async () => {
    const widget = mount({ ...calcom(host), mode: 'popup', availability: 'off', label: 'Meet us' }, '');
    const launcher = await until(() => part(widget, 'launcher'));
    expect(launcher.textContent.trim()).to.equal('Meet us');
    launcher.click();
    await until(() => isOpen(widget));
  });

  it('floats in a corner of the page, also when it is right-to-left', async () => {
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

  it('fills a small screen and leaves nothing outside of it', async () => {
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

  it('lets the page scroll again when it is removed while open', async () => {
    const widget = popup();
    widget.open();
    await until(() => isOpen(widget));
    expect(scrollOf(document.documentElement)).to.equal('hidden');
    widget.remove();
    await until(() => scrollOf(document.documentElement) === 'visible');
  });

  it('gives the link its own meaning back when it is gone', async () => {
    const widget = popup();
    await prepared(widget);
    widget.remove();
    await until(() => !link(widget).hasAttribute('aria-haspopup'));
  });

  it('can be opened by any button of the page, where the browser has command buttons', async () => {
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

  it('does what each command says, once, and nothing for any other', () => {
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

  it('has times at hand when it is near, and contacts the scheduling page only on intent', async () => {
    const widget = mount({ ...calcom(host), mode: 'popup' });
    await next(widget, 'booking-availability');
    expect(parts(widget, 'frame')).to.have.length(0);
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(0);
  });

  it('makes the page ready out of sight on intent, and shows that very frame', async () => {
    const widget = mount({ ...calcom(host), mode: 'popup' });
    const told: string[] = [];
    for (const type of ['booking-ready', 'booking-open', 'booking-error', 'booking-timing'])
      widget.addEventListener(type, () => told.push(type));
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
    expect(told, 'it is nobody’s view yet').to.deep.equal([]);

    const ready = next(widget, 'booking-ready');
    link(widget).click();
    await ready;
    expect(part(widget, 'frame')).to.equal(hidden);
    expect(part(widget, 'dialog')).to.have.property('inert', false);
    const pages = (await requests(host)).filter(({ path }) => path.endsWith('/embed'));
    expect(pages).to.have.length(1);
  });

  it('makes nothing ready with prepare="none", nor a page with loading="interaction"', async () => {
    const none = mount({ ...calcom(host), mode: 'popup', prepare: 'none' });
    const asked = mount({ ...calcom(host), mode: 'popup', loading: 'interaction' });
    const told = next(asked, 'booking-availability');
    for (const widget of [none, asked]) {
      await prepared(widget);
      link(widget).dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
    }
    await told;
    await settled();
    expect(parts(none, 'frame')).to.have.length(0);
    expect(parts(asked, 'frame')).to.have.length(0);
  });

  it('makes nothing ready for a visitor who pays by the byte, and opens all the same', async () => {
    Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } });
    try {
      const widget = mount({ ...calcom(host), mode: 'popup' });
      await prepared(widget);
      link(widget).dispatchEvent(new PointerEvent('pointerenter', { bubbles: true, composed: true }));
      await settled();
      expect(parts(widget, 'frame')).to.have.length(0);
      expect(await requests(host)).to.deep.equal([]);
      const ready = next(widget, 'booking-ready');
      link(widget).click();
      await ready;
    } finally {
      Reflect.deleteProperty(navigator, 'connection');
    }
  });

  it('keeps the dialog open when an option changes meanwhile', async () => {
    const widget = popup();
    widget.open();
    await next(widget, 'booking-ready');
    widget.src = `${service.cal}/${host}/15min`;
    await next(widget, 'booking-ready');
    expect(isOpen(widget)).to.equal(true);
    expect(part<HTMLIFrameElement>(widget, 'frame')?.src).to.include('15min');
  });
});
