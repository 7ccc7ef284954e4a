import { expect } from '@open-wc/testing';
import { VERSION } from '../../../src/version.js';
import type { BookingWidgetElement } from '../../../src/widget/booking-widget.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage } from '../../helpers/cdn.js';
import { laterObserversAreNotified } from '../../helpers/pasted.js';
import {
  addScript,
  brings,
  cdnOf,
  defined,
  FAR,
  isDefined,
  LOADER,
  chunk,
  SCRIPT,
  WIDGET,
} from '../../helpers/loader-page.js';

afterEach(closePages);

describe('loader before a widget is wanted', () => {
  it('a page whose widget is far away fetches the loader only', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}`);
    await brings(page, LOADER);
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    expect(isDefined(page)).to.be.false;
  });

  it('the polyfill for command buttons is fetched only for a widget with an id', async () => {
    const page = await openPage(`<script>delete globalThis.CommandEvent</script>${SCRIPT}${FAR}${WIDGET}`);
    await brings(page, LOADER);
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    const named = page.document.createElement('booking-widget');
    named.id = 'calendar';
    page.document.body.append(named);
    await brings(page, chunk('commands'));
    expect(isDefined(page)).to.be.false;
  });

  it('a widget in a tab panel that is not shown loads nothing until it is shown', async () => {
    const page = await openPage(`${SCRIPT}<div hidden>${WIDGET}</div>`);
    await brings(page, LOADER);
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    page.one('[hidden]').hidden = false;
    await defined(page);
  });

  it('a box has the reserved height before and after it is filled', async () => {
    const page = await openPage(
      `${SCRIPT}<div data-booking-src="{page}" data-booking-height="200px">Book</div><button data-booking-src="{page}">Book</button>`,
      { faults: [{ file: 'element', how: 'hang' }] },
    );
    await waitUntil(() => page.one('[data-booking-src]').offsetHeight === 640);
    expect(page.one('button').offsetHeight).to.be.below(100);
    page.one('[data-booking-src]').append(page.document.createElement('booking-widget'));
    expect(page.one('booking-widget').offsetHeight).to.equal(640);
  });

  it('an inline widget has the reserved height and a visible fallback link before it is loaded', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}<b>after</b>`);
    const widget = page.one('booking-widget');
    await waitUntil(() => widget.offsetHeight === 640);
    expect(page.one('booking-widget a').checkVisibility()).to.be.true;
  });

  it('a host page can set the reserved height by a custom property', async () => {
    const page = await openPage(`${SCRIPT}<style>:root{--booking-height:300px}</style>${FAR}${WIDGET}`);
    await waitUntil(() => page.one('booking-widget').offsetHeight === 300);
  });

  it('a popup has no reserved height', async () => {
    const page = await openPage(
      `${SCRIPT}${FAR}${WIDGET}<booking-widget mode="POPUP" src="{page}"><a href="{page}">Book</a></booking-widget>`,
    );
    await waitUntil(() => page.one('booking-widget').offsetHeight === 640);
    expect(page.one('booking-widget[mode]').offsetHeight).to.be.below(100);
  });

  it('where popups are the page’s default only inline widgets have a reserved height', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.js?mode=popup"></script>${FAR}${WIDGET}${WIDGET.replace('src', 'mode="inline" src')}`,
    );
    await waitUntil(() => page.one('[mode=inline]').offsetHeight === 640);
    expect(page.one('booking-widget').offsetHeight).to.be.below(100);
  });

  it('nothing on the host page moves when the element is upgraded', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}<b>after</b>`, {
      faults: [{ file: 'element', how: 'hang' }],
    });
    await waitUntil(() => page.one('booking-widget').offsetHeight === 640);
    const before = page.one('b').getBoundingClientRect().top;
    const all = await openPage(`${SCRIPT}${WIDGET}<b>after</b>`);
    await defined(all);
    await laterObserversAreNotified(all);
    expect(all.one('b').getBoundingClientRect().top).to.equal(before);
  });

  it('a prerendered page asks for its own files only before it is activated', async () => {
    const page = await openPage(FAR.replace('3000', '1') + WIDGET);
    Object.defineProperty(page.document, 'prerendering', { value: true, configurable: true });
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await defined(page);
    await laterObserversAreNotified(page);
    const widget = page.one<BookingWidgetElement>('booking-widget');
    expect(widget.shadowRoot?.querySelector('iframe')).to.equal(null);
    Object.defineProperty(page.document, 'prerendering', { value: false });
    page.document.dispatchEvent(new page.window.Event('prerenderingchange'));
    await waitUntil(() => !!widget.shadowRoot?.querySelector('iframe'), 'the frame never came');
  });
});

describe('loader on a return visit', () => {
  it('files that the browser has are taken once the page has loaded, wherever the widget is', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}`, { visitedWith: VERSION });
    await defined(page);
  });

  it('files of another version wait until the widget comes near', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}`, { visitedWith: `${VERSION}-old` });
    await waitUntil(() => page.document.readyState === 'complete', 'the page never loaded');
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
  });

  it('a visitor who pays by the byte is not asked to', async () => {
    const page = await openPage(`${FAR}${WIDGET}`, { visitedWith: VERSION });
    Object.defineProperty(page.window.navigator, 'connection', { value: { saveData: true } });
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await waitUntil(() => page.document.readyState === 'complete', 'the page never loaded');
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
  });

  it('a page whose storage is blocked is treated as the first visit', async () => {
    const page = await openPage(`${FAR}${WIDGET}`, { visitedWith: VERSION });
    Object.defineProperty(page.window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    page.one('booking-widget').scrollIntoView();
    await defined(page);
  });
});
