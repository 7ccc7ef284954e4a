import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import { frameController } from '../../../src/widget/controllers/frame-controller.js';
import { dialogController } from '../../../src/widget/dialog/dialog-controller.js';
import { load } from '../../helpers/widget-state.js';
import { FakeHost } from './fake-host.js';

/** A popup widget with a link inside, drawn by hand. */
function mount() {
  const host = new FakeHost().set({ mode: 'popup' });
  const link = document.createElement('a');
  link.href = 'https://schedule.example/acme/30min';
  link.append('Book');
  host.append(link);
  document.body.append(host);
  host.send(load({ mode: 'popup' }));
  const controller = dialogController(host.element, {
    frames: frameController(host.element, { label: () => 'Book' }),
    stage: () => html`<p>Calendar</p>`,
    label: () => 'Book',
    href: () => 'https://schedule.example/acme/30min',
    onSlotChange: () => undefined,
  });
  const draw = (): void => {
    render(controller.view(), host.renderRoot);
    controller.hostUpdated();
  };
  controller.hostConnected();
  draw();
  host.newEvents();
  const dialog = () => host.renderRoot.querySelector('dialog');
  return { host, controller, draw, dialog, link };
}

describe('dialog controller', () => {
  afterEach(() => {
    for (const host of document.querySelectorAll('fake-host')) host.remove();
  });

  it('the link inside says that it opens a dialog, until the element is removed', () => {
    const { controller, link } = mount();
    expect(link.getAttribute('aria-haspopup')).to.equal('dialog');
    controller.hostDisconnected();
    controller.hostDisconnected();
    expect(link.hasAttribute('aria-haspopup')).to.equal(false);
  });

  it('a plain click on the link opens the dialog, and a click for a new tab stays the browser’s', () => {
    const { host, link } = mount();
    // Nothing is opened in the test either way.
    document.addEventListener('click', (event) => event.preventDefault(), { once: true });
    link.dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ctrlKey: true }),
    );
    expect(host.newEvents()).to.deep.equal([]);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
    expect(host.newEvents()).to.deep.equal(['open']);
  });

  it('the dialog is modal and locks scrolling while the state has it open', () => {
    const { host, draw, dialog, controller } = mount();
    const locked = () => getComputedStyle(document.documentElement).overflow;
    const before = locked();
    host.send({ type: 'open' });
    draw();
    draw();
    expect(dialog()?.matches(':modal')).to.equal(true);
    expect(locked()).to.not.equal(before);
    host.send({ type: 'close' });
    draw();
    expect(dialog()?.open).to.not.equal(true);
    expect(locked()).to.equal(before);
    host.send({ type: 'open' });
    draw();
    controller.hostDisconnected();
    expect(locked(), 'an element that is removed gives the page its scrolling back').to.equal(before);
  });

  it('pointing at the link sends the intent until the element is removed', () => {
    const { host, controller } = mount();
    host.dispatchEvent(new PointerEvent('pointerenter'));
    expect(host.newEvents()).to.deep.equal(['intend']);
    controller.hostDisconnected();
    host.dispatchEvent(new PointerEvent('pointerenter'));
    expect(host.newEvents()).to.deep.equal([]);
  });
});
