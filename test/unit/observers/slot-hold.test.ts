import { expect } from '@open-wc/testing';
import type { ObservedHost } from '../../../src/widget/observers/observer.js';
import { slotHold } from '../../../src/widget/observers/slot-hold.js';
import type { Hold } from '../../../src/widget/providers/hold.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import type { Slot } from '../../../src/protocol/availability.js';
import { BEGUN, load, slotsFresh } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

const NINE = '2026-11-23T09:00:00Z';
const TEN = '2026-11-23T10:00:00Z';
const choose = (start: string): WidgetEvent => ({ type: 'choose', slot: { start } });

/** A widget whose provider holds what the test says; requests are answered in order. */
function widget(reply: (slot: Slot) => Hold | Promise<Hold>) {
  const host = new FakeObservedHost();
  const held: string[] = [];
  const leaving = new EventTarget();
  const observer = slotHold(
    host.element,
    (_: ObservedHost, slot: Slot) => {
      held.push(slot.start);
      return Promise.resolve().then(() => reply(slot));
    },
    leaving,
  );
  host.send(...BEGUN, slotsFresh(NINE, TEN));
  host.attach(observer);
  return { host, held, leaving, observer };
}

/** A provider that holds every slot. */
function holding() {
  const released: string[] = [];
  const scene = widget(({ start }) => ({ is: 'held', release: () => released.push(start) }));
  return { ...scene, released };
}

/** What waits for nothing but promises has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('hold of a chosen slot', () => {
  it('the chosen slot is held once, and nothing is released while the visitor stays with it', async () => {
    const { host, held, released } = holding();
    host.send(choose(NINE));
    await settled();
    host.send({ type: 'frame-ready' }, slotsFresh(NINE, TEN), { type: 'slot-taken', start: TEN });
    expect(held).to.deep.equal([NINE]);
    expect(released).to.deep.equal([]);
  });

  const ends: readonly WidgetEvent[] = [
    load(),
    { type: 'unload' },
    { type: 'show-calendar' },
    { type: 'back-to-slots' },
    { type: 'booked', booking: { id: 'b1', change: 'created' } },
    { type: 'slot-taken', start: '2026-11-23T10:00:00+01:00' },
  ];
  for (const event of ends)
    it(`the hold ends once with the event "${event.type}"`, async () => {
      const { host, released } = holding();
      host.send(choose(NINE));
      await settled();
      host.send(event, event);
      expect(released).to.deep.equal([NINE]);
    });

  it('the hold ends when another slot is chosen, which is held then', async () => {
    const { host, held, released } = holding();
    host.send(choose(NINE));
    await settled();
    host.send(choose(TEN));
    await settled();
    expect(held).to.deep.equal([NINE, TEN]);
    expect(released).to.deep.equal([NINE]);
  });

  it('the hold ends when the page is left and when the observer is stopped, also twice', async () => {
    for (const end of ['pagehide', 'stop'] as const) {
      const { host, leaving, observer, released } = holding();
      host.send(choose(NINE));
      await settled();
      for (let times = 0; times < 2; times++)
        if (end === 'stop') observer.stop?.();
        else leaving.dispatchEvent(new Event('pagehide'));
      expect(released, end).to.deep.equal([NINE]);
    }
  });

  it('a hold that arrives after the visitor has gone on is released at once', async () => {
    const { host, released } = holding();
    host.send(choose(NINE), { type: 'back-to-slots' });
    expect(released).to.deep.equal([]);
    await settled();
    expect(released).to.deep.equal([NINE]);
  });

  it('a slot that somebody else holds is gone', async () => {
    const { host } = widget(() => ({ is: 'taken' }));
    host.send(choose(NINE));
    await settled();
    expect(host.store.state).to.deep.include({ gone: { start: NINE }, chosen: null });
  });

  it('a slot that cannot be held is offered all the same', async () => {
    for (const reply of [(): Hold => ({ is: 'none' }), () => Promise.reject(new Error('no network'))]) {
      const { host } = widget(reply);
      host.send(choose(NINE));
      await settled();
      expect(host.store.state).to.deep.include({ gone: null, chosen: { start: NINE } });
    }
  });

  it('a slot that was taken is not reported after the visitor has chosen another', async () => {
    const { host } = widget(({ start }) => ({ is: start === NINE ? 'taken' : 'none' }));
    host.send(choose(NINE), choose(TEN));
    await settled();
    expect(host.store.state).to.deep.include({ gone: null, chosen: { start: TEN } });
  });
});
