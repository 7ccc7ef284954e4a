import { expect, waitUntil } from '@open-wc/testing';
import { openLine, type LiveLine, type LiveNews } from '../../../src/widget/live/live-line.js';
import { liveTimes } from '../../../src/widget/live/live-times.js';
import { initialState } from '../../../src/widget/widget-state.js';

/** A stream of events that a test speaks through. */
class Stream extends EventTarget {
  onerror: (() => void) | null = null;
  isOpen = true;

  constructor(readonly address: string) {
    super();
  }

  close(): void {
    this.isOpen = false;
  }

  say(type: string, data: object, lastEventId = '1'): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify({ v: 1, ...data }), lastEventId }));
  }
}

const TAKEN = { start: '2026-03-05T09:00:00.000Z', end: '2026-03-05T10:00:00.000Z', taken: true };

const until = (isSo: () => boolean): Promise<void> =>
  waitUntil(isSo, undefined, { interval: 5, timeout: 10_000 });

describe('a page’s line to its companion', () => {
  let streams: Stream[];
  let line: LiveLine;
  let hidden: boolean;
  let leaves: (() => void)[];
  let waits: number[];

  const newest = (): Stream => streams[streams.length - 1] as Stream;
  const query = (): URLSearchParams => new URL(newest().address).searchParams;
  const open = (): number => streams.filter(({ isOpen }) => isOpen).length;
  const listen = (src: string, since = 1000): LiveNews[] => {
    const heard: LiveNews[] = [];
    leaves.push(line.add({ src, since: () => since, hear: (news) => heard.push(news) }));
    return heard;
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
    line = openLine(
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

  it('is one for all its widgets, and says how old their times are', async () => {
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

  it('tells one widget of those that show the same page, and no other', async () => {
    const [first, second, other] = [
      listen('https://cal.com/a'),
      listen('https://cal.com/a'),
      listen('https://cal.com/b'),
    ];
    await until(() => streams.length > 0);
    newest().say('here', {});
    newest().say('times-gone', { src: ['https://cal.com/a'], ...TAKEN });
    newest().say('times-gone', { src: ['https://cal.com/elsewhere'], ...TAKEN });
    newest().dispatchEvent(new MessageEvent('times-gone', { data: '<html>' }));
    expect(first.map((news) => news?.start)).to.deep.equal([TAKEN.start]);
    expect(second).to.deep.equal([]);
    expect(other).to.deep.equal([]);
    newest().say('ask-anew', {});
    expect(first[1]).to.equal(null);
    expect(other).to.deep.equal([null]);
  });

  it('is there only while the page is looked at, and asks for what it missed', async () => {
    listen('https://cal.com/a');
    await until(() => streams.length > 0);
    newest().say('here', {}, '41');
    newest().say('times-gone', { src: [], ...TAKEN }, '42');
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

  it('begins anew, from the age of its times, when another page is shown', async () => {
    listen('https://cal.com/a');
    await until(() => streams.length > 0);
    newest().say('here', {}, '41');
    listen('https://cal.com/b', 500);
    await until(() => streams.length > 1);
    expect(query().getAll('src')).to.deep.equal(['https://cal.com/a', 'https://cal.com/b']);
    expect(query().get('since')).to.equal('500');
    expect(query().get('lastEventId')).to.equal(null);
    expect(open()).to.equal(1);
  });

  it('ends with the last widget, and leaves nobody listening to the page', async () => {
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

  it('comes back by itself when it breaks, later each time', async () => {
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
    newest().say('here', {});
    newest().onerror?.();
    expect(waits[waits.length - 1], 'and soon again once it was heard').to.be.lessThan(3001);
  });

  it('that cannot be opened at all disturbs nobody', async () => {
    let tries = 0;
    const broken = openLine('https://companion.example', () => {
      tries++;
      throw new SyntaxError('no address');
    });
    leaves.push(broken.add({ src: 'x', since: () => 0, hear: () => undefined }));
    await until(() => tries === 1);
  });
});

describe('live times of a widget', () => {
  const slot = (start: string, end?: string) => ({ start, ...(end && { end }) });
  const state = {
    ...initialState,
    times: {
      ...initialState.times,
      known: {
        v: 1 as const,
        from: '2026-03-05T00:00:00.000Z',
        to: '2026-03-06T00:00:00.000Z',
        fetchedAt: 5000,
        slots: [
          slot('2026-03-05T08:30:00.000Z', '2026-03-05T09:00:00.000Z'),
          slot('2026-03-05T08:45:00.000Z', '2026-03-05T09:15:00.000Z'),
          slot('2026-03-05T10:00:00+01:00', '2026-03-05T10:30:00+01:00'),
          slot('2026-03-05T09:30:00.000Z'),
          slot('2026-03-05T10:00:00.000Z'),
        ],
      },
    },
  };

  /** A widget with a line that the test holds the other end of. */
  function widget() {
    const forgotten: [string, boolean | undefined][] = [];
    const lines: { src: string; since: number; hear: (news: LiveNews) => void; left: boolean }[] = [];
    let refreshed = 0;
    const hear = liveTimes(
      'https://companion.example',
      {
        getProvider: () => Promise.resolve({ canonical: ({ href }) => `${href}#canonical` }),
        about: () => ({
          page: new URL('https://cal.com/a'),
          times: { forget: (start, taken) => forgotten.push([start, taken]), refresh: () => refreshed++ },
        }),
      },
      {
        add({ src, since, hear: tell }) {
          const added = { src, since: since(), hear: tell, left: false };
          lines.push(added);
          return () => (added.left = true);
        },
      },
    );
    const known = state.times.known;
    return {
      forgotten,
      lines,
      refreshed: () => refreshed,
      load: () => hear([{ type: 'load' }, initialState, 0]),
      show: () => hear([{ type: 'times-cached', loadId: 1, availability: known, stale: false }, state, 0]),
    };
  }

  it('are listened for from the first times to the next load, once', async () => {
    const { lines, load, show } = widget();
    load();
    await Promise.resolve();
    expect(lines.length, 'nobody is contacted before there are times').to.equal(0);
    show();
    show();
    await until(() => lines.length > 0);
    expect(lines.map(({ src, since }) => [src, since])).to.deep.equal([
      ['https://cal.com/a#canonical', 5000],
    ]);
    load();
    expect(lines[0]?.left).to.equal(true);
    show();
    load();
    await new Promise((resolve) => setTimeout(resolve));
    expect(lines.length, 'whoever is gone meanwhile does not join').to.equal(1);
  });

  it('go together with all that the booking overlaps', async () => {
    const { forgotten, lines, show } = widget();
    show();
    await until(() => lines.length > 0);
    lines[0]?.hear(TAKEN);
    expect(forgotten).to.deep.equal([
      [TAKEN.start, true],
      ['2026-03-05T08:45:00.000Z', undefined],
      ['2026-03-05T09:30:00.000Z', undefined],
    ]);
  });

  const hourAt = (start: string, taken: boolean): LiveNews => ({
    start,
    end: new Date(Date.parse(start) + 3_600_000).toISOString(),
    taken,
  });

  it('that are free again are asked for when somebody wants them', async () => {
    const { forgotten, lines, show } = widget();
    show();
    await until(() => lines.length > 0);
    lines[0]?.hear(hourAt('2026-03-05T14:00:00.000Z', false));
    expect(forgotten).to.deep.equal([['2026-03-05T14:00:00.000Z', false]]);
  });

  it('are forgotten beyond what is shown, where nobody can see whether it is news', async () => {
    const { forgotten, lines, show } = widget();
    show();
    await until(() => lines.length > 0);
    lines[0]?.hear(hourAt('2027-03-05T14:00:00.000Z', true));
    expect(forgotten).to.deep.equal([['2027-03-05T14:00:00.000Z', true]]);
  });

  it('are not forgotten for what they show already, however often a page that comes back is told', async () => {
    const { forgotten, lines, show } = widget();
    show();
    await until(() => lines.length > 0);
    lines[0]?.hear(hourAt('2026-03-05T14:00:00.000Z', true));
    lines[0]?.hear(hourAt('2026-03-05T09:00:00.000Z', false));
    expect(forgotten).to.deep.equal([]);
  });

  it('are asked for anew when too much was missed', async () => {
    const { lines, show, refreshed } = widget();
    show();
    await until(() => lines.length > 0);
    lines[0]?.hear(null);
    expect(refreshed()).to.equal(1);
  });
});
