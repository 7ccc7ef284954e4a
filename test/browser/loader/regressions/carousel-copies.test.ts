import { expect } from '@open-wc/testing';
import { waitUntil } from '../../../helpers/wait-until.js';
import { closePages, openPage } from '../../../helpers/cdn.js';
import { SCRIPT } from '../../../helpers/loader-page.js';
import { framed, SMALL, widgetsOn } from '../../../helpers/pasted.js';

afterEach(closePages);

describe('copies of a carousel', () => {
  it('copies of links, boxes and tags that a carousel and a rewritten part of the page make all work', async () => {
    const page = await openPage(`${SCRIPT}${SMALL}<div id="track">
      <p><a class="booking-widget" data-booking-availability="off" href="{page}">Link</a></p>
      <p><span></span></p><div data-booking-src="{page}" data-booking-availability="off"><a href="{page}">Box</a></div>
      <booking-widget availability="off" src="{page}"><a href="{page}">Tag</a></booking-widget></div>`);
    const { document } = page;
    const link = (): HTMLElement => page.one('#track p a');
    const isOpen = (): boolean =>
      widgetsOn(page).some(({ shadowRoot }) => shadowRoot?.querySelector('dialog')?.open);
    const close = async (): Promise<void> => {
      for (const widget of widgetsOn(page)) (widget as unknown as { close?: () => void }).close?.();
      await waitUntil(() => !isOpen(), 'the dialog stays open');
    };
    await waitUntil(() => link().getAttribute('aria-haspopup') === 'dialog', 'no dialog');
    await waitUntil(() => widgetsOn(page).filter((each) => framed(each)).length >= 2, 'no frames');
    link().click();
    await waitUntil(isOpen, 'no dialog');
    await close();

    // The carousel copies all slides, and the page writes a part of itself again.
    const track = page.one('#track');
    for (const slide of [...track.children]) track.append(slide.cloneNode(true));
    const rewritten = document.createElement('div');
    rewritten.id = 'rewritten';
    const { body } = new DOMParser().parseFromString(track.getHTML(), 'text/html');
    rewritten.append(...[...body.children].map((child) => document.importNode(child, true)));
    document.body.append(rewritten);

    const inline = (): Element[] =>
      widgetsOn(page).filter((each) => (each as unknown as { mode?: string }).mode === 'inline');
    await waitUntil(() => {
      for (const each of inline()) if (!framed(each)) each.scrollIntoView();
      return inline().length === 8 && inline().every((each) => framed(each));
    }, 'not 8 inline calendars');
    expect(inline().filter((each) => each.parentElement?.closest('booking-widget'))).to.have.length(0);
    const copies = [...document.querySelectorAll<HTMLElement>('p > a.booking-widget')];
    expect(copies).to.have.length(4);
    for (const copy of copies) {
      copy.scrollIntoView();
      await waitUntil(() => copy.getAttribute('aria-haspopup') === 'dialog', 'a copy opens nothing');
      copy.click();
      await waitUntil(isOpen, 'a copy opened no dialog');
      await close();
    }
  });
});
