import { expect } from '@open-wc/testing';
import { FAILURE_CODES } from '../../../src/protocol/failure-code.js';
import { effectsOf, type Effect } from '../../../src/widget/state/effects.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { initialState } from '../../../src/widget/state/initial-state.js';
import { reduce } from '../../../src/widget/state/reduce.js';
import { Store } from '../../../src/widget/state/store.js';
import {
  BEGUN,
  availability,
  frameFailed,
  load,
  providerLoaded,
  slotsFresh,
  stateAfter,
} from '../../helpers/widget-state.js';

describe('store', () => {
  it('every event that changes the state reaches the listeners before its effects are performed', () => {
    const log: string[] = [];
    const store = new Store(({ type }) => log.push(`perform ${type}`));
    store.subscribe(({ type }, state, before) => {
      expect(state).to.equal(store.state);
      expect(state).to.not.equal(before);
      log.push(type);
    });
    store.send({ type: 'close' });
    store.send(load());
    expect(log).to.deep.equal([
      'load',
      'perform stop-frame',
      'perform stop-slots',
      'perform drop-form',
      'perform watch-visibility',
    ]);
  });

  it('an event that is sent meanwhile waits, so that all listeners see the same order', () => {
    const seen: string[][] = [[], []];
    const store = new Store((effect) => {
      if (effect.type === 'watch-visibility') store.send({ type: 'visible' });
    });
    store.subscribe(({ type }) => {
      seen[0]?.push(type);
      if (type === 'load') store.send({ type: 'near', savesData: false });
    });
    store.subscribe(({ type }) => seen[1]?.push(type));
    store.send(load());
    expect(seen[0]).to.deep.equal(['load', 'near', 'visible']);
    expect(seen[1]).to.deep.equal(seen[0]);
  });

  it('a listener is notified until it unsubscribes, which tells once that it did', () => {
    let calls = 0;
    const store = new Store(() => undefined);
    const unsubscribe = store.subscribe(() => calls++);
    store.send(load());
    expect([unsubscribe(), unsubscribe()]).to.deep.equal([true, false]);
    store.send(load());
    expect(calls).to.equal(1);
  });

  it('the load’s signal is aborted by the next load and by the end of the element, before anybody is notified', () => {
    const store = new Store(() => undefined);
    for (const event of [load(), load(), { type: 'unload' }] as const) {
      const { loadSignal } = store;
      const unsubscribe = store.subscribe(() => {
        expect(loadSignal.aborted).to.equal(true);
      });
      store.send(event);
      unsubscribe();
      expect([loadSignal.aborted, store.loadSignal.aborted]).to.deep.equal([true, false]);
    }
  });

  it('a listener that throws does not keep the store from its next event', () => {
    const store = new Store(() => undefined);
    const unsubscribe = store.subscribe(() => {
      throw new Error('listener');
    });
    expect(() => store.send(load())).to.throw('listener');
    unsubscribe();
    store.send({ type: 'near', savesData: false });
    expect(store.state.near).to.equal(true);
  });
});

/** Whole numbers below `limit`, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const MODES = ['inline', 'popup', 'floating'] as const;
const CONSENTS = ['granted', 'required'] as const;
const CHANGES = ['created', 'moved', 'cancelled'] as const;
const pick = <Value>(values: readonly Value[], random: (limit: number) => number): Value =>
  values[random(values.length)] as Value;

/** One event of any type, sensible or not. */
function anyEvent(random: (limit: number) => number): WidgetEvent {
  const start = `2026-11-23T${10 + random(4)}:00:00Z`;
  const isSo = random(2) === 0;
  return pick<WidgetEvent>(
    [
      load(
        { mode: pick(MODES, random), consent: pick(CONSENTS, random), retries: random(3), reserve: isSo },
        random(5) ? undefined : { status: 'problem', failure: { code: 'bad-config', detail: '' } },
      ),
      { type: 'unload' },
      { type: 'near', savesData: isSo },
      ...(['visible', 'grant', 'frame-restart', 'frame-load', 'frame-slow'] as const).map((type) => ({
        type,
      })),
      ...(['frame-shown', 'frame-ready', 'frame-doubt', 'failure-taken-over'] as const).map((type) => ({
        type,
      })),
      ...(['slots-chunk-loaded', 'slots-pending', 'use-slots', 'list-zones'] as const).map((type) => ({
        type,
      })),
      ...(['show-calendar', 'back-to-slots', 'prepared', 'preparation-failed'] as const).map((type) => ({
        type,
      })),
      ...(['open', 'close', 'dialog-loaded'] as const).map((type) => ({ type })),
      providerLoaded({ framing: isSo ? 'yes' : 'no', availability: random(3) ? 'browser' : 'none' }),
      { type: 'provider-failed', failure: { code: 'offline', detail: '' }, now: 0, random: 0.5 },
      frameFailed(pick(FAILURE_CODES, random)),
      { type: 'frame-height', height: random(900) },
      { type: 'retry', automatic: isSo },
      { type: 'slots-cached', availability: availability(start), stale: isSo },
      slotsFresh(...(isSo ? [start] : [])),
      { type: 'slots-failed', detail: '', ...(isSo && { chunk: true as const }) },
      { type: 'slots-past', now: Date.parse(start) },
      { type: 'slot-taken', start },
      { type: 'choose', slot: { start } },
      { type: 'turn', week: isSo ? '2026-11-30' : null },
      { type: 'intend', savesData: isSo },
      { type: 'prefetch', savesData: isSo },
      { type: 'time-zone', timeZone: isSo ? 'UTC' : 'Asia/Tokyo' },
      { type: 'booked', booking: { id: `b${random(300)}`, change: pick(CHANGES, random), start } },
      { type: 'view-failed', view: isSo ? 'slots' : 'stage', detail: '' },
    ],
    random,
  );
}

describe('any order of events', () => {
  const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

  /** Calls `check` for every step of many walks through the states; a failure names its seed. */
  function walk(
    check: (before: typeof initialState, event: WidgetEvent, after: typeof initialState) => void,
  ) {
    for (const seed of SEEDS) {
      const random = randomFrom(seed);
      let state = initialState;
      for (let step = 0; step < 120; step++) {
        const event = anyEvent(random);
        try {
          const next = reduce(state, event);
          check(state, event, next);
          state = next;
        } catch (cause) {
          throw new Error(`seed ${seed}, step ${step}, event ${event.type}: ${String(cause)}`, { cause });
        }
      }
    }
  }

  it('the state object is another one exactly when something in it changed', () => {
    walk((before, event, after) => {
      if (after === before || event.type === 'load' || event.type === 'unload') return;
      expect(
        Object.keys(after).some(
          (key) => after[key as keyof typeof after] !== before[key as keyof typeof after],
        ),
      ).to.equal(true);
    });
  });

  it('an event that changes nothing has no effects, except that a retry reads a bad address again', () => {
    walk((before, event, after) => {
      if (after !== before) return;
      const effects = effectsOf(before, event, after);
      const readsAgain = event.type === 'retry' && before.source.status === 'problem';
      expect(effects).to.deep.equal(readsAgain ? [{ type: 'read-source' }] : []);
    });
  });

  it('every frame that is started was stopped, or replaced by another run, before the next one', () => {
    walk((before, event, after) => {
      const types = effectsOf(before, event, after).map(({ type }: Effect) => type);
      expect(new Set(types).size, types.join()).to.equal(types.length);
      if (types.includes('start-frame')) {
        expect(after.frame.status).to.equal('loading');
        expect(after.source.status).to.equal('page');
        expect(after.options.consent === 'granted' || after.granted.length > 0).to.equal(true);
      }
      expect(after.frame.run).to.be.at.least(before.frame.run);
    });
  });

  it('a retry is scheduled exactly while a failure has a time for it', () => {
    walk((before, event, after) => {
      const due = ({ frame }: typeof before) => (frame.status === 'failed' ? frame.retryAt : null);
      const types = effectsOf(before, event, after).map(({ type }) => type);
      expect(types.includes('schedule-retry')).to.equal(due(after) !== null && due(after) !== due(before));
      expect(types.includes('cancel-retry')).to.equal(due(after) === null && due(before) !== null);
    });
  });

  it('the ids of announced bookings are bounded and each is there once', () => {
    walk((before, event, after) => {
      expect(after.announced.length).to.be.at.most(200);
      expect(new Set(after.announced).size).to.equal(after.announced.length);
      if (event.type === 'booked' && after !== before)
        expect(before.announced).to.not.include(`${event.booking.change} ${event.booking.id}`);
    });
    const many = Array.from({ length: 250 }, (_, id): WidgetEvent => {
      return { type: 'booked', booking: { id: `b${id}`, change: 'created' } };
    });
    const { announced } = stateAfter(...BEGUN, ...many);
    expect([announced.length, announced.at(-1)]).to.deep.equal([200, 'created b249']);
  });
});
