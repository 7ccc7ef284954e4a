import { expect } from '@open-wc/testing';
import type { LiveListener, LiveUpdate } from '../../../src/widget/observers/live-connection.js';
import { liveUpdates } from '../../../src/widget/observers/live-updates.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { BEGUN, PAGE, load, testProvider } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

const TAKEN = { start: '2026-03-05T09:00:00.000Z', end: '2026-03-05T10:00:00.000Z', taken: true };

const slot = (start: string, end?: string) => ({ start, ...(end && { end }) });

const SLOTS = {
  type: 'slots-cached' as const,
  stale: false,
  availability: {
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
} satisfies WidgetEvent;

const PROVIDER: WidgetEvent = {
  type: 'provider-loaded',
  provider: testProvider({}, { canonical: ({ href }) => `${href}#canonical` }),
};

/** A widget on a connection whose other end the test holds. */
function widget(...events: readonly WidgetEvent[]) {
  const host = new FakeObservedHost();
  const added: (LiveListener & { left: number })[] = [];
  const observer = liveUpdates(host.element, {
    add(listener) {
      const one = { ...listener, left: 0 };
      added.push(one);
      return () => {
        one.left++;
      };
    },
  });
  host.attach(observer);
  host.send(...events);
  const update = (news: LiveUpdate): void => added.at(-1)?.onUpdate(news);
  return { host, added, observer, update };
}

const shown = () => widget(...BEGUN, PROVIDER, SLOTS);

describe('live updates of a widget', () => {
  it('live updates run once from the first slots to the next load', () => {
    const { host, added } = widget(...BEGUN, PROVIDER);
    expect(added.length, 'there is no connection before there are slots').to.equal(0);
    host.send(SLOTS, { type: 'slots-past', now: 0 });
    host.send({ type: 'slots-fresh', availability: { ...SLOTS.availability, fetchedAt: 6000 } });
    expect(added.map(({ src }) => src)).to.deep.equal([`${PAGE.href}#canonical`]);
    expect(added[0]?.since(), 'the age of the slots on screen').to.equal(6000);
    host.send(load());
    expect(added[0]?.left).to.equal(1);
    host.send({ type: 'near', savesData: false }, { type: 'slots-chunk-loaded' }, PROVIDER, SLOTS);
    expect(added.length).to.equal(2);
  });

  it('live updates wait for the provider, which knows the canonical address', () => {
    const { host, added } = widget(load(), { type: 'near', savesData: false }, SLOTS);
    expect(added.length).to.equal(0);
    host.send(PROVIDER);
    expect(added.length).to.equal(1);
  });

  it('live updates end with the element and when they are stopped, also twice', () => {
    const gone = shown();
    gone.host.send({ type: 'unload' });
    expect(gone.added[0]?.left).to.equal(1);
    const stopped = shown();
    stopped.observer.stop?.();
    stopped.observer.stop?.();
    expect(stopped.added[0]?.left).to.equal(1);
  });

  it('a live booking removes every slot that it overlaps', () => {
    const { host, update } = shown();
    update(TAKEN);
    expect(host.forgotten).to.deep.equal([
      [TAKEN.start, true],
      ['2026-03-05T08:45:00.000Z', true],
      ['2026-03-05T09:30:00.000Z', true],
    ]);
  });

  const hourAt = (start: string, taken: boolean): LiveUpdate => ({
    start,
    end: new Date(Date.parse(start) + 3_600_000).toISOString(),
    taken,
  });

  it('a live message about a free slot marks it to be requested', () => {
    const { host, update } = shown();
    update(hourAt('2026-03-05T14:00:00.000Z', false));
    expect(host.forgotten).to.deep.equal([['2026-03-05T14:00:00.000Z', false]]);
  });

  it('a live booking beyond the shown slots is removed from the cache', () => {
    const { host, update } = shown();
    update(hourAt('2027-03-05T14:00:00.000Z', true));
    expect(host.forgotten).to.deep.equal([['2027-03-05T14:00:00.000Z', true]]);
  });

  it('a live message that the slots already reflect changes nothing', () => {
    const { host, update } = shown();
    update(hourAt('2026-03-05T14:00:00.000Z', true));
    update(hourAt('2026-03-05T09:00:00.000Z', false));
    expect(host.forgotten).to.deep.equal([]);
  });

  it('slots are requested again when too many live messages were missed', () => {
    const { host, update } = shown();
    update(null);
    expect(host.refreshed).to.equal(1);
  });
});
