import { expect } from '@open-wc/testing';
import { closePages, openPage } from '../../helpers/cdn.js';
import { laterObserversAreNotified } from '../../helpers/pasted.js';
import { brings, defined, FAR, isDefined, LOADER, chunk, SCRIPT, WIDGET } from '../../helpers/loader-page.js';

afterEach(closePages);

describe('loader when a widget is wanted', () => {
  it('the loader requests the element, the provider and the slots chunk at the same time', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget provider="cal" loading="interaction" consent="required" src="{page}"></booking-widget>`,
      { faults: [{ file: 'element', how: 'hang' }] },
    );
    for (const name of ['element', 'provider-cal', 'slots']) await brings(page, chunk(name));
    expect(isDefined(page)).to.be.false;
  });

  it('the loader leaves out the slots chunk for a provider without availability', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}`);
    await brings(page, chunk('provider-plain'));
    await defined(page);
    expect(await page.requests()).not.to.include(chunk('slots'));
  });

  it('the loader requests the dialog chunk instead of the provider for a popup', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget mode="popup" src="{page}"><a href="{page}">Book</a></booking-widget>`,
      {
        faults: [{ file: 'element', how: 'hang' }],
      },
    );
    await brings(page, chunk('dialog'));
    expect(await page.requests()).not.to.include(chunk('provider-plain'));
  });

  it('an eager widget loads at once, wherever it is on the page', async () => {
    const page = await openPage(
      `${SCRIPT}${FAR}<booking-widget loading="EAGER" src="{page}"></booking-widget>`,
    );
    await defined(page);
  });

  it('every widget loads at once with ?loading=eager in the script’s address', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.js?loading=eager"></script>${FAR}${WIDGET}`,
    );
    await defined(page);
  });

  it('a floating widget loads when the page has loaded', async () => {
    const page = await openPage(
      `${SCRIPT}${FAR}<booking-widget mode="floating" src="{page}"></booking-widget>`,
    );
    await defined(page);
  });

  it('a widget without a box loads when it gets focus', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget style="display:contents" src="{page}"><a href="{page}">Book</a></booking-widget>`,
    );
    await brings(page, LOADER);
    await laterObserversAreNotified(page);
    page.one('booking-widget a').focus();
    page.one('booking-widget').dispatchEvent(new page.window.Event('focusin'));
    await defined(page);
  });

  it('a widget that is inserted later and moved into view loads', async () => {
    const page = await openPage(`${SCRIPT}${FAR}<p></p>`);
    await brings(page, LOADER);
    const holder = page.document.createElement('section');
    const widget = page.document.createElement('booking-widget');
    widget.setAttribute('src', 'https://scheduler.invalid/');
    holder.append(widget);
    page.one('p').append(holder);
    await laterObserversAreNotified(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    page.document.body.prepend(holder);
    await defined(page);
  });

  it('options in the script’s address are the defaults of every widget', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.js?theme=dark&slots=9"></script>${WIDGET}`,
    );
    await defined(page);
    const widget = page.one<HTMLElement & { theme: string; slots: number }>('booking-widget');
    expect([widget.theme, widget.slots]).to.deep.equal(['dark', 9]);
  });

  it('a provider name with a path never chooses which script runs', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget provider="../../uploads/evil" src="{page}"></booking-widget>`,
    );
    await defined(page);
    expect((await page.requests()).filter((file) => file.includes('evil'))).to.deep.equal([]);
  });
});
