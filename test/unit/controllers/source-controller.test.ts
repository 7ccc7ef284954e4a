import { expect } from '@open-wc/testing';
import { sourceController } from '../../../src/widget/controllers/source-controller.js';
import { FakeHost, settled } from './fake-host.js';

const SRC = 'https://cal.com/acme/30min';

function mount(src = SRC) {
  const host = new FakeHost().set({ src });
  document.body.append(host);
  const controller = sourceController(host.element);
  controller.hostConnected();
  controller.hostUpdate();
  return { host, controller };
}

describe('source controller', () => {
  afterEach(() => {
    for (const host of document.querySelectorAll('fake-host')) host.remove();
  });

  it('the page in src is loaded once, however often the element is updated', () => {
    const { host, controller } = mount();
    expect(host.store.state.source).to.deep.include({ status: 'page', page: new URL(SRC), provider: 'cal' });
    controller.hostUpdate();
    expect(host.newEvents().filter((type) => type === 'load')).to.have.length(1);
  });

  it('an option that decides the page loads it again, and one that only changes the look does not', () => {
    const { host, controller } = mount();
    host.newEvents();
    host.set({ label: 'Book me' });
    controller.hostUpdate();
    expect(host.newEvents()).to.include('options').and.not.include('load');
    expect(host.store.state.options.label).to.equal('Book me');
    host.set({ theme: 'dark', label: 'Again' });
    controller.hostUpdate();
    expect(host.newEvents()).to.include('load').and.not.include('options');
  });

  it('a visitor in the form keeps it when the look or the prefilled answers change, not when the page does', () => {
    const { host, controller } = mount();
    host.send({ type: 'choose', slot: { start: '2030-01-01T09:00:00Z' } });
    expect(host.store.state.view).to.equal('form');
    host.newEvents();
    host.set({ theme: 'dark', 'prefill-name': 'Ada', height: '700px' });
    host.prefill = { name: 'Ada' };
    controller.hostUpdate();
    expect(host.newEvents()).to.include.members(['options', 'frame-restart']).and.not.include('load');
    expect(host.store.state.options.theme).to.equal('dark');
    controller.hostUpdate();
    expect(host.newEvents()).not.to.include('load');
    host.set({ src: 'https://cal.com/acme/60min' });
    controller.hostUpdate();
    expect(host.newEvents()).to.include('load');
  });

  it('other prefilled answers load the page again', () => {
    const { host, controller } = mount();
    host.newEvents();
    host.prefill = { name: 'Ada' };
    controller.hostUpdate();
    controller.hostUpdate();
    expect(host.newEvents().filter((type) => type === 'load')).to.have.length(1);
  });

  it('a link inside that arrives late is loaded', () => {
    const { host, controller } = mount('');
    expect(host.store.state.source.status).to.equal('problem');
    const link = document.createElement('a');
    link.href = SRC;
    link.append('Book');
    host.append(link);
    controller.childrenChanged();
    expect(host.store.state.source.status).to.equal('page');
    expect(host.store.state.fallback).to.include({ text: 'Book', hasLink: true });
  });

  it('an element that is moved starts its frame again and is not torn down', async () => {
    const { host, controller } = mount();
    host.newEvents();
    controller.hostDisconnected();
    controller.hostConnected();
    await settled();
    expect(host.newEvents()).to.deep.equal(['frame-restart']);
  });

  it('an element that stays away is torn down once, and loaded again when it comes back', async () => {
    const { host, controller } = mount();
    host.newEvents();
    host.remove();
    controller.hostDisconnected();
    controller.hostDisconnected();
    await settled();
    expect(host.newEvents()).to.deep.equal(['close', 'unload']);
    document.body.append(host);
    controller.hostConnected();
    controller.hostUpdate();
    expect(host.newEvents()[0]).to.equal('load');
  });

  it('the effect "load-provider" loads the code of the page’s provider, unless another load has begun', async () => {
    const { host, controller } = mount();
    const loaded = new Promise<void>((resolve) => {
      host.store.subscribe(({ type }) => {
        if (type === 'provider-loaded') resolve();
      });
    });
    controller.perform({ type: 'load-provider' });
    await loaded;
    expect(host.store.state.provider?.id).to.equal('cal');
    host.newEvents();
    controller.perform({ type: 'load-provider' });
    host.send({ type: 'unload' });
    await settled();
    expect(host.newEvents()).to.deep.equal(['unload']);
  });

  it('the effect "read-source" reads the address again', () => {
    const { host, controller } = mount();
    host.newEvents();
    controller.perform({ type: 'read-source' });
    expect(host.newEvents()).to.deep.equal(['load']);
  });
});
