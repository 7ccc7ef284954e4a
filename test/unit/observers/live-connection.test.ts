import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import {
  openConnection,
  type LiveConnection,
  type LiveUpdate,
} from '../../../src/widget/observers/live-connection.js';

/** An event stream whose messages a test posts. */
class Stream extends EventTarget {
  onerror: (() => void) | null = null;
  isOpen = true;

  constructor(readonly address: string) {
    super();
  }

  close(): void {
    this.isOpen = false;
  }

  post(type: string, data: object, lastEventId = '1'): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify({ v: 1, ...data }), lastEventId }));
  }
}

const TAKEN = { start: '2026-03-05T09:00:00.000Z', end: '2026-03-05T10:00:00.000Z', taken: true };

const until = (isSo: () => boolean): Promise<void> => waitUntil(isSo);

describe('live connection of a page', () => {
  let streams: Stream[];
  let connection: LiveConnection;
  let hidden: boolean;
  let leaves: (() => void)[];
  let waits: number[];

  const newest = (): Stream => streams[streams.length - 1] as Stream;
  const query = (): URLSearchParams => new URL(newest().address).searchParams;
  const open = (): number => streams.filter(({ isOpen }) => isOpen).length;
  const listen = (src: string, since = 1000): LiveUpdate[] => {
    const received: LiveUpdate[] = [];
    leaves.push(connection.add({ src, since: () => since, onUpdate: (update) => received.push(update) }));
    return received;
  };
  const look = (isHidden: boolean): void => {
    hidden = isHidden;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  };

  beforeEach(() => {
    streams = [];
    leaves = [];
    hidden = false;
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    waits = [];
    connection = openConnection(
      'https://companion.example/',
      (address) => {
        const stream = new Stream(address);
        streams.push(stream);
        return stream as unknown as EventSource;
      },
      (call, ms) => {
        waits.push(ms);
        return setTimeout(call);
      },
    );
  });
  afterEach(() => {
    for (const leave of leaves) leave();
    Reflect.deleteProperty(document, 'hidden');
  });

  it('all widgets of a page share one live connection that says how old their slots are', async () => {
    listen('https://cal.com/a', 3000);
    listen('https://cal.com/b', 2000);
    listen('https://cal.com/a', 1000);
    await until(() => streams.length > 0);
    expect(new URL(newest().address).origin + new URL(newest().address).pathname).to.equal(
      'https://companion.example/v1/live',
    );
    expect(query().getAll('src')).to.deep.equal(['https://cal.com/a', 'https://cal.com/b']);
    expect(query().get('since')).to.equal('1000');
    expect(streams.length).to.equal(1);
  });

  it('a live message reaches one widget of its scheduling page and no other', async () => {
    const [first, second, other] = [
      listen('https://cal.com/a'),
      listen('https://cal.com/a'),
      listen('https://cal.com/b'),
    ];
    await until(() => streams.length > 0);
    newest().post('here', {});
    newest().post('times-gone', { src: ['https://cal.com/a'], ...TAKEN });
    newest().post('times-gone', { src: ['https://cal.com/elsewhere'], ...TAKEN });
    newest().dispatchEvent(new MessageEvent('times-gone', { data: '<html>' }));
    expect(first.map((update) => update?.start)).to.deep.equal([TAKEN.start]);
    expect(second).to.deep.equal([]);
    expect(other).to.deep.equal([]);
    newest().post('ask-anew', {});
    expect(first[1]).to.equal(null);
    expect(other).to.deep.equal([null]);
  });

  it('the live connection is open only while the page is visible and then asks for missed messages', async () => {
    listen('https://cal.com/a');
    await until(() => streams.length > 0);
    newest().post('here', {}, '41');
    newest().post('times-gone', { src: [], ...TAKEN }, '42');
    look(true);
    expect(open()).to.equal(0);
    look(false);
    expect(open()).to.equal(1);
    expect(query().get('lastEventId')).to.equal('42');
    expect(query().get('since')).to.equal(null);
    window.dispatchEvent(new Event('pagehide'));
    expect(open()).to.equal(0);
    window.dispatchEvent(new Event('pageshow'));
    expect(open()).to.equal(1);
    look(false);
    expect(streams.length, 'nothing is opened twice').to.equal(3);
  });

  it('the live connection is opened again from the age of the slots when another scheduling page is added', async () => {
    listen('https://cal.com/a');
    await until(() => streams.length > 0);
    newest().post('here', {}, '41');
    listen('https://cal.com/b', 500);
    await until(() => streams.length > 1);
    expect(query().getAll('src')).to.deep.equal(['https://cal.com/a', 'https://cal.com/b']);
    expect(query().get('since')).to.equal('500');
    expect(query().get('lastEventId')).to.equal(null);
    expect(open()).to.equal(1);
  });

  it('the live connection and its listeners end with the last widget', async () => {
    listen('https://cal.com/a');
    await until(() => streams.length > 0);
    for (const leave of leaves) {
      leave();
      leave();
    }
    await until(() => open() === 0);
    look(true);
    look(false);
    window.dispatchEvent(new Event('online'));
    expect(streams.length).to.equal(1);
  });

  it('a broken live connection is opened again with a growing back-off', async () => {
    listen('https://cal.com/a');
    for (let tries = 1; tries <= 10; tries++) {
      await until(() => streams.length === tries);
      expect(open()).to.equal(1);
      newest().onerror?.();
      expect(open()).to.equal(0);
    }
    const [gathered, ...waited] = waits;
    expect(gathered).to.equal(200);
    waited.forEach((wait, i) => {
      const usual = Math.min(300_000, 2000 * 2 ** i);
      expect(wait >= usual / 2 && wait <= usual * 1.5, `${wait} after ${i + 1}`).to.equal(true);
    });
    await until(() => streams.length === 11);
    newest().post('here', {});
    newest().onerror?.();
    expect(waits[waits.length - 1], 'and soon again after a message').to.be.lessThan(3001);
  });

  it('a live connection that cannot be opened throws nothing', async () => {
    let tries = 0;
    const broken = openConnection('https://companion.example', () => {
      tries++;
      throw new SyntaxError('no address');
    });
    leaves.push(broken.add({ src: 'x', since: () => 0, onUpdate: () => undefined }));
    await until(() => tries === 1);
  });
});
