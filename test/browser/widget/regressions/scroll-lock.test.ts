import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, part, unmountAll, until } from '../../../helpers/widget.js';

const { style } = document.documentElement;
const scrolls = (): boolean => getComputedStyle(document.documentElement).overflowY !== 'hidden';

describe('scroll lock beside another script', () => {
  const popup = () => mount({ ...calcom(newHost()), mode: 'popup', availability: 'off' });
  const isOpen = (widget: Element): boolean => part<HTMLDialogElement>(widget, 'dialog')?.open ?? false;
  const open = async (widget: ReturnType<typeof popup>): Promise<void> => {
    widget.open();
    await until(() => isOpen(widget) && !scrolls());
  };
  const close = async (widget: ReturnType<typeof popup>): Promise<void> => {
    widget.close();
    await until(() => !isOpen(widget));
  };
  /** What drawers do: they set the style and put back what they found. */
  const drawer = () => {
    const found = style.overflow;
    style.overflow = 'hidden';
    return () => {
      style.overflow = found;
    };
  };

  beforeEach(() => {
    style.minHeight = '300vh';
  });
  afterEach(() => {
    unmountAll();
    style.cssText = '';
  });

  it('a drawer that locks before and unlocks while the dialog is open leaves a page that scrolls', async () => {
    const widget = popup();
    const unlock = drawer();
    await open(widget);
    unlock();
    expect(scrolls(), 'the dialog is still open').to.equal(false);
    await close(widget);
    expect(scrolls()).to.equal(true);
  });

  it('a drawer that locks and unlocks while the dialog is open leaves a page that scrolls', async () => {
    const widget = popup();
    await open(widget);
    drawer()();
    expect(scrolls(), 'the dialog is still open').to.equal(false);
    await close(widget);
    expect(scrolls()).to.equal(true);
  });

  it('a drawer that locks while the dialog is open and unlocks afterwards leaves a page that scrolls', async () => {
    const widget = popup();
    await open(widget);
    const unlock = drawer();
    await close(widget);
    unlock();
    expect(scrolls()).to.equal(true);
  });

  it('a drawer that is open around the dialog keeps its lock until it closes', async () => {
    const widget = popup();
    const unlock = drawer();
    await open(widget);
    await close(widget);
    expect(scrolls(), 'the drawer is still open').to.equal(false);
    unlock();
    expect(scrolls()).to.equal(true);
  });

  it('a page that clears its own overflow while the dialog is open scrolls afterwards', async () => {
    const widget = popup();
    style.overflow = 'hidden';
    await open(widget);
    style.overflow = '';
    await close(widget);
    expect(scrolls()).to.equal(true);
    expect(style.overflow).to.equal('');
  });

  it('two dialogs that close in either order leave a page that scrolls and its style untouched', async () => {
    style.overflow = 'clip visible';
    const before = style.overflow;
    const [first, second] = [popup(), popup()];
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      await open(first);
      await open(second);
      for (const widget of order) await close(widget);
      expect(style.overflow).to.equal(before);
      expect(style.scrollbarGutter).to.equal('');
    }
  });

  it('a drawer that pins the body, as pages do for iOS, gets its scroll position back', async () => {
    const { body } = document;
    scrollTo(0, 300);
    const widget = popup();
    const pinnedAt = scrollY;
    Object.assign(body.style, { position: 'fixed', top: `-${pinnedAt}px`, width: '100%' });
    await open(widget);
    body.style.cssText = '';
    scrollTo(0, pinnedAt);
    expect(scrollY, 'the dialog is still open').to.equal(pinnedAt);
    await close(widget);
    expect([scrollY, scrolls(), body.style.cssText]).to.deep.equal([pinnedAt, true, '']);
    scrollTo(0, 0);
  });

  it('a dialog of the page over ours, closed after ours, leaves a page that scrolls', async () => {
    const own = document.createElement('dialog');
    document.body.append(own);
    const widget = popup();
    await open(widget);
    own.showModal();
    await close(widget);
    own.close();
    own.remove();
    expect(scrolls()).to.equal(true);
  });

  it('the place of a classic scrollbar stays, also where the page reserves it itself', async () => {
    const sheet = new CSSStyleSheet();
    // Chromium hides its scrollbar in tests unless it is styled; WebKit reserves no place for a styled one.
    const styled = navigator.vendor.startsWith('Apple') ? '' : 'html::-webkit-scrollbar { width: 15px }';
    sheet.replaceSync(`html { overflow-y: scroll } ${styled}`);
    document.adoptedStyleSheets.push(sheet);
    const { documentElement } = document;
    const cycle = async (): Promise<readonly [open: number, closed: number]> => {
      const widget = popup();
      await open(widget);
      const whileOpen = documentElement.clientWidth;
      await close(widget);
      widget.remove();
      return [whileOpen, documentElement.clientWidth];
    };
    const { clientWidth } = documentElement;
    for (const gutter of ['', 'stable']) {
      style.scrollbarGutter = gutter;
      expect(await cycle(), `scrollbar-gutter "${gutter}"`).to.deep.equal([clientWidth, clientWidth]);
      expect(style.scrollbarGutter).to.equal(gutter);
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });
});
