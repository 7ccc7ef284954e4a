import { expect } from '@open-wc/testing';
import { css } from 'lit';
import { recentInput } from '../../../src/widget/controllers/recent-input.js';
import { heightController } from '../../../src/widget/controllers/height-controller.js';
import { lazyController } from '../../../src/widget/controllers/lazy-controller.js';
import { localeController } from '../../../src/widget/controllers/locale-controller.js';
import { retryController } from '../../../src/widget/controllers/retry-controller.js';
import { visibilityController } from '../../../src/widget/controllers/visibility-controller.js';
import { VERSION } from '../../../src/version.js';
import { idleTurn } from '../../../src/widget/platform/idle-turn.js';
import { chooseTimeZone } from '../../../src/widget/time-zone.js';
import { MARK } from '../../../src/widget/version-mark.js';
import { BEGUN, frameFailed, load } from '../../helpers/widget-state.js';
import { FakeHost, settled } from './fake-host.js';

const mount = (): FakeHost => {
  const host = new FakeHost();
  document.body.append(host);
  return host;
};

afterEach(() => {
  for (const host of document.querySelectorAll('fake-host')) host.remove();
  localStorage.clear();
});

describe('retry controller', () => {
  const due = { type: 'schedule-retry', at: 0 } as const;
  const failed = (): { host: FakeHost; retries: ReturnType<typeof retryController> } => {
    const host = mount().send(...BEGUN, frameFailed());
    host.newEvents();
    return { host, retries: retryController(host.element) };
  };

  it('a retry that is due is sent once', async () => {
    const { host, retries } = failed();
    retries.perform(due);
    retries.perform(due);
    dispatchEvent(new Event('online'));
    await settled();
    expect(host.newEvents()).to.deep.equal(['retry']);
  });

  it('a retry that was cancelled, or whose element is gone, is not sent', async () => {
    const { host, retries } = failed();
    retries.perform(due);
    retries.perform({ type: 'cancel-retry' });
    retries.perform({ type: 'cancel-retry' });
    retries.perform(due);
    retries.hostDisconnected();
    retries.hostDisconnected();
    dispatchEvent(new Event('online'));
    await settled();
    expect(host.newEvents()).to.deep.equal([]);
  });

  it('other effects are left to other controllers', async () => {
    const { host, retries } = failed();
    retries.perform({ type: 'request-slots' });
    dispatchEvent(new Event('online'));
    await settled();
    expect(host.newEvents()).to.deep.equal([]);
  });
});

describe('visibility controller', () => {
  const watch = async (options: Parameters<FakeHost['set']>[0]): Promise<FakeHost> => {
    const host = mount().set(options);
    // Without a box there is nothing for the viewport to be near to.
    host.style.display = 'none';
    host.send(load(options));
    host.newEvents();
    visibilityController(host.element).perform({ type: 'watch-visibility' });
    await settled();
    return host;
  };

  it('work begins at once for a floating launcher', async () => {
    expect((await watch({ mode: 'floating' })).newEvents()).to.deep.equal(['near']);
  });

  it('work does not begin for a widget without a box, even where it is eager', async () => {
    expect((await watch({ loading: 'eager' })).newEvents()).to.deep.equal([]);
  });

  it('code is fetched ahead of the viewport and work begins near it, first with the sight of the widget', async () => {
    const host = await watch({});
    const sent = (wanted: string): Promise<void> =>
      new Promise((resolve) => {
        host.store.subscribe(({ type }) => {
          if (type === wanted) resolve();
        });
      });
    // Which of two observers is notified first differs between engines.
    const both = Promise.all([sent('near'), sent('ahead')]);
    host.style.cssText = 'display: block; height: 10px; position: fixed; inset: 0 0 auto';
    await both;
    const events = host.newEvents();
    expect(events.filter((type) => type !== 'ahead')).to.deep.equal(['visible', 'near']);
    expect(events).to.have.length(3);
  });

  it('on a return visit what is known may be drawn in an idle moment, wherever the widget is', async () => {
    localStorage.setItem(MARK, VERSION);
    const host = await watch({});
    await idleTurn();
    await settled();
    expect(host.newEvents()).to.deep.equal(['ahead']);
  });

  it('on a first visit, and after another version, an idle moment is not used', async () => {
    localStorage.setItem(MARK, `${VERSION}-old`);
    const host = await watch({});
    await idleTurn();
    await settled();
    expect(host.newEvents()).to.deep.equal([]);
  });

  it('a visit is remembered once slots or a calendar came, so not without consent', async () => {
    const host = await watch({});
    host.send({ type: 'near', savesData: false });
    expect(localStorage.getItem(MARK)).to.equal(null);
    host.send(...BEGUN, { type: 'frame-ready' });
    expect(localStorage.getItem(MARK)).to.equal(VERSION);
  });

  it('nothing is watched for a load that is over', async () => {
    const host = mount().set({ mode: 'floating' }).send(load());
    const controller = visibilityController(host.element);
    controller.perform({ type: 'watch-visibility' });
    host.send({ type: 'unload' });
    host.newEvents();
    await settled();
    expect(host.newEvents()).to.deep.equal([]);
  });
});

describe('locale controller', () => {
  it('language and time zone follow the page until the element is removed', async () => {
    const host = mount();
    host.lang = 'en-GB';
    const locale = localeController(host.element);
    locale.hostConnected();
    locale.hostUpdate();
    await settled();
    expect(host.store.state.language.tag).to.equal('en-GB');
    chooseTimeZone('Asia/Tokyo');
    expect(host.store.state.timeZone).to.equal('Asia/Tokyo');
    locale.hostDisconnected();
    locale.hostDisconnected();
    chooseTimeZone('Europe/Berlin');
    host.lang = 'en-US';
    await settled();
    expect(host.store.state.timeZone).to.equal('Asia/Tokyo');
    expect(host.store.state.language.tag).to.equal('en-GB');
  });
});

describe('height controller', () => {
  it('a height that the page asked for before the frame has its box is taken on with it, and none after the end', async () => {
    const host = mount().send(...BEGUN, { type: 'frame-height', height: 400 });
    const box = document.createElement('div');
    box.className = 'frame';
    host.renderRoot.append(box);
    // Out of sight, so that nothing on screen moves.
    host.style.cssText = 'display: block; position: absolute; top: 5000px';
    const controller = heightController(host.element, recentInput(host.element));
    controller.perform({ type: 'request-height', height: 300 });
    expect(box.style.minHeight).to.equal('');
    controller.perform({ type: 'reserve-height' });
    await settled();
    expect(box.style.minHeight).to.equal('400px');
    controller.perform({ type: 'request-height', height: 500 });
    expect(box.style.minHeight).to.equal('500px');
    controller.perform({ type: 'stop-frame' });
    controller.hostDisconnected();
    controller.perform({ type: 'request-height', height: 600 });
    expect(box.style.minHeight).to.equal('500px');
  });
});

describe('lazy controller', () => {
  function lazy(load: () => Promise<string>) {
    const host = mount().send(...BEGUN);
    const log: string[] = [];
    const controller = lazyController(host.element, {
      trigger: 'load-dialog',
      load,
      create: (chunk) => [{ perform: ({ type }) => log.push(`${chunk} ${type}`) }, css``],
      onLoaded: () => log.push('loaded'),
      onFailed: (cause) => log.push(String(cause)),
    });
    return { host, log, controller };
  }

  it('a chunk is loaded by its effect only and gets the effects after it', async () => {
    const { controller, log } = lazy(() => Promise.resolve('chunk'));
    controller.perform({ type: 'stop-slots' });
    await settled();
    expect(log).to.deep.equal([]);
    controller.perform({ type: 'load-dialog' });
    await settled();
    const { loaded } = controller;
    controller.perform({ type: 'stop-slots' });
    controller.perform({ type: 'load-dialog' });
    await settled();
    expect(log).to.deep.equal(['loaded', 'chunk stop-slots', 'loaded']);
    expect(controller.loaded, 'created once').to.equal(loaded);
  });

  it('a chunk that does not come is reported, and requested again with the next effect', async () => {
    let tries = 0;
    const { controller, log } = lazy(() =>
      ++tries === 1 ? Promise.reject(new Error('no network')) : Promise.resolve('chunk'),
    );
    controller.perform({ type: 'load-dialog' });
    await settled();
    controller.perform({ type: 'load-dialog' });
    await settled();
    expect(log).to.deep.equal(['Error: no network', 'loaded']);
  });

  it('a chunk that comes after the end of its load is not announced', async () => {
    for (const load of [() => Promise.resolve('chunk'), () => Promise.reject<string>(new Error('late'))]) {
      const { host, controller, log } = lazy(load);
      controller.perform({ type: 'load-dialog' });
      host.send({ type: 'unload' });
      await settled();
      expect(log).to.deep.equal([]);
    }
  });
});
