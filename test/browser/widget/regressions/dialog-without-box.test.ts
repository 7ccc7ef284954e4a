import { expect } from '@open-wc/testing';
import {
  calcom,
  laterWidgetIsReady,
  mount,
  newHost,
  part,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

/** How an ancestor of the popup loses its box. */
const ANCESTORS: Readonly<Record<string, (ancestor: HTMLElement) => void>> = {
  'display:none': ({ style }) => {
    style.display = 'none';
  },
  hidden: (ancestor) => {
    ancestor.hidden = true;
  },
  'content-visibility:hidden': ({ style }) => {
    style.contentVisibility = 'hidden';
  },
};

describe('dialog under an ancestor without a box', () => {
  const popupIn = async (tag: string) => {
    const ancestor = document.body.appendChild(document.createElement(tag));
    const widget = mount({ ...calcom(newHost()), mode: 'popup', availability: 'off' });
    ancestor.append(widget);
    if (ancestor instanceof HTMLDialogElement) ancestor.show();
    await until(() => widget.querySelector('a')?.hasAttribute('aria-haspopup'));
    return { ancestor, widget };
  };
  /** A dialog that can be seen, or none at all: the page can be used in the latter case. */
  const isSeenOrClosed = async (widget: Element): Promise<void> => {
    const button = document.body.appendChild(document.createElement('button'));
    button.style.cssText = 'position:fixed;left:0;top:0';
    try {
      await laterWidgetIsReady();
      const dialog = part<HTMLDialogElement>(widget, 'dialog');
      if (dialog?.open) expect(dialog.getBoundingClientRect().width).to.be.greaterThan(100);
      else {
        expect(widget.matches(':state(open)')).to.equal(false);
        expect(getComputedStyle(document.documentElement).overflowY).to.equal('visible');
        expect(document.elementFromPoint(2, 2) === button).to.equal(true);
      }
    } finally {
      button.remove();
    }
  };

  afterEach(unmountAll);

  for (const [how, take] of Object.entries(ANCESTORS)) {
    it(`a popup whose menu gets ${how} on the same press is visible or not open`, async () => {
      const { ancestor, widget } = await popupIn('nav');
      ancestor.addEventListener('click', () => {
        take(ancestor);
      });
      widget.querySelector('a')?.click();
      await isSeenOrClosed(widget);
      ancestor.remove();
    });

    it(`a popup that is opened by open() under an ancestor with ${how} is visible or not open`, async () => {
      const { ancestor, widget } = await popupIn('nav');
      take(ancestor);
      widget.open();
      await isSeenOrClosed(widget);
      ancestor.remove();
    });

    it(`an open popup whose ancestor gets ${how} is visible or closed`, async () => {
      const { ancestor, widget } = await popupIn('nav');
      widget.open();
      await until(() => part<HTMLDialogElement>(widget, 'dialog')?.open);
      take(ancestor);
      await isSeenOrClosed(widget);
      ancestor.remove();
    });
  }

  it('a popup inside a dialog that is closed on the same press is visible or not open', async () => {
    const { ancestor, widget } = await popupIn('dialog');
    ancestor.addEventListener('click', () => {
      (ancestor as HTMLDialogElement).close();
    });
    widget.querySelector('a')?.click();
    await isSeenOrClosed(widget);
    ancestor.remove();
  });
});
