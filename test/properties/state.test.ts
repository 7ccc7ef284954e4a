import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Effect } from '../../src/widget/state/effects.js';
import { effectsOf } from '../../src/widget/state/effects.js';
import type { WidgetEvent } from '../../src/widget/state/events.js';
import { initialState } from '../../src/widget/state/initial-state.js';
import { reduce } from '../../src/widget/state/reduce.js';
import type { WidgetState } from '../../src/widget/state/state.js';
import { frameFailed, load, PAGE, providerLoaded, slotsFresh } from '../helpers/widget-state.js';
import { runs } from './runs.js';

const NINE = '2026-11-23T09:00:00Z';
const TEN = '2026-11-23T10:00:00Z';
const starts = fc.constantFrom(NINE, TEN);
const only = <const Type extends string>(...types: readonly Type[]): fc.Arbitrary<{ readonly type: Type }> =>
  fc.constantFrom(...types).map((type) => ({ type }));

const loads = fc
  .record({
    mode: fc.constantFrom('inline', 'popup', 'floating'),
    loading: fc.constantFrom('lazy', 'eager', 'interaction'),
    consent: fc.constantFrom('granted', 'required'),
    prepare: fc.constantFrom('intent', 'idle', 'none'),
    retries: fc.integer({ min: 0, max: 3 }),
  })
  .map((options): WidgetEvent => load(options));

const events: fc.Arbitrary<WidgetEvent> = fc.oneof(
  { weight: 1, arbitrary: loads },
  {
    weight: 12,
    arbitrary: only(
      'unload',
      'visible',
      'grant',
      'frame-restart',
      'frame-load',
      'frame-slow',
      'frame-shown',
      'frame-ready',
      'frame-doubt',
      'failure-taken-over',
      'slots-chunk-loaded',
      'slots-pending',
      'use-slots',
      'list-zones',
      'show-calendar',
      'back-to-slots',
      'prepared',
      'preparation-failed',
      'open',
      'close',
      'dialog-loaded',
    ),
  },
  fc.boolean().map((savesData): WidgetEvent => ({ type: 'near', savesData })),
  fc
    .constantFrom('intend', 'prefetch')
    .chain((type) => fc.boolean().map((savesData): WidgetEvent => ({ type, savesData }))),
  { weight: 2, arbitrary: fc.constant(providerLoaded()) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('timeout', 'not-found', 'offline').map((code) => frameFailed(code)),
  },
  fc.boolean().map((automatic): WidgetEvent => ({ type: 'retry', automatic })),
  fc.integer({ min: 200, max: 5000 }).map((height): WidgetEvent => ({ type: 'frame-height', height })),
  starts.map((start): WidgetEvent => slotsFresh(start)),
  starts.map((start): WidgetEvent => ({ type: 'slot-taken', start })),
  starts.map((start): WidgetEvent => ({ type: 'choose', slot: { start } })),
  fc.constantFrom('2026-11-23', null).map((week): WidgetEvent => ({ type: 'turn', week })),
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('created', 'moved', 'cancelled'))
    .map(([id, change]): WidgetEvent => ({ type: 'booked', booking: { id, change } })),
);

/** Every state of a sequence with the event that led to it and the effects of the change. */
interface Step {
  readonly before: WidgetState;
  readonly event: WidgetEvent;
  readonly after: WidgetState;
  readonly effects: readonly Effect[];
}

function walk(sequence: readonly WidgetEvent[]): Step[] {
  let before = initialState;
  return sequence.map((event) => {
    Object.freeze(before);
    const after = reduce(before, event);
    const step = { before, event, after, effects: effectsOf(before, event, after) };
    before = after;
    return step;
  });
}

const sequences = fc
  .tuple(loads, fc.array(events, { maxLength: 40 }))
  .map(([first, rest]) => [first, ...rest]);
const holds = (check: (step: Step, earlier: readonly Step[]) => void): void => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      const steps = walk(sequence);
      steps.forEach((step, index) => check(step, steps.slice(0, index)));
    }),
    runs(500),
  );
};
const has = ({ effects }: Step, type: Effect['type']): boolean =>
  effects.some((effect) => effect.type === type);

describe('state and effects', () => {
  it('are the same for the same event in the same state', () => {
    holds(({ before, event, after, effects }) => {
      const again = reduce(before, event);
      assert.deepEqual(again, after);
      assert.deepEqual(effectsOf(before, event, again), effects);
    });
  });

  it('never ask for one effect twice in a step', () => {
    holds(({ effects }) => {
      const types = effects.map(({ type }) => type);
      assert.equal(new Set(types).size, types.length, types.join(' '));
    });
  });

  it('start no frame on a host that needs consent and has none', () => {
    holds((step) => {
      if (!has(step, 'start-frame') && !has(step, 'prepare-frame')) return;
      if (step.after.options.consent !== 'required') return;
      assert.ok(step.after.granted.includes(PAGE.host));
    });
  });

  it('schedule no more automatic retries in a row than the option allows', () => {
    holds((step, earlier) => {
      if (!has(step, 'schedule-retry')) return;
      const since = earlier.slice(
        earlier.findLastIndex(
          ({ event, after }) =>
            event.type === 'load' ||
            (event.type === 'retry' && !event.automatic) ||
            (after.frame.status !== 'failed' && after.frame.attempt <= 1),
        ) + 1,
      );
      const retries = since.filter((each) => has(each, 'schedule-retry')).length + 1;
      assert.ok(retries <= step.after.options.retries, `${retries} of ${step.after.options.retries}`);
    });
  });

  it('leave no running frame, no retry and no height behind after the element has gone', () => {
    holds((step) => {
      if (step.event.type !== 'unload') return;
      const { frame, height, slots, chosen, dialog } = step.after;
      assert.deepEqual(
        [frame.status, height, slots.known, chosen, dialog],
        ['idle', null, null, null, 'closed'],
      );
      assert.ok(has(step, 'stop-frame') && has(step, 'stop-slots'));
    });
  });

  it('announce each change of a booking once', () => {
    holds(({ after }) => {
      assert.equal(new Set(after.announced).size, after.announced.length);
    });
  });
});
