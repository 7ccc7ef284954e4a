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
});
