import { expect } from '@open-wc/testing';
import type { EventDetails } from '../../../src/widget/booking/event-details.js';
import { calCom } from '../../../src/widget/providers/cal-com/cal-com.js';
import { effectsOf, type Effect } from '../../../src/widget/state/effects.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { reduce } from '../../../src/widget/state/reduce.js';
import { lengthOf, pageOf } from '../../../src/widget/state/selectors.js';
import type { WidgetState } from '../../../src/widget/state/state.js';
import { knownDetails, load, slotsFresh, stateAfter } from '../../helpers/widget-state.js';

const event: EventDetails = { ...knownDetails(), lengths: [30, 15, 60] };

/** A widget whose visitor looks at the slots of an event type with three lengths. */
const looking = (search = '', ...more: readonly WidgetEvent[]): WidgetState =>
  stateAfter(
    load(
      {},
      {
        status: 'page',
        page: new URL(`https://cal.com/ana/call${search}`),
        provider: 'cal',
        canRequestSlots: true,
      },
    ),
    { type: 'near', savesData: false },
    { type: 'slots-chunk-loaded' },
    { type: 'provider-loaded', provider: calCom },
    slotsFresh('2026-11-23T09:00:00Z'),
    { type: 'details', event, confirmed: true },
    { type: 'use-slots' },
    ...more,
  );

const choose = (state: WidgetState, minutes: number): readonly [WidgetState, readonly Effect[]] => {
  const length: WidgetEvent = { type: 'length', minutes };
  const after = reduce(state, length);
  return [after, effectsOf(state, length, after)];
};

describe('length of the meeting', () => {
  it('is what the page asks for, else the event type’s own', () => {
    expect(lengthOf(looking())).to.equal(30);
    expect(lengthOf(looking('?duration=60'))).to.equal(60);
    expect(lengthOf(looking('?duration=an+hour&duration=15'))).to.equal(15);
    expect(lengthOf(looking('?longduration=60'))).to.equal(30);
  });

  it('is asked of the provider when the visitor chooses another one, and the slots of the old one go', () => {
    const [after, effects] = choose(looking('?name=Ana'), 60);
    expect(pageOf(after)?.search).to.equal('?duration=60&name=Ana');
    expect(lengthOf(after)).to.equal(60);
    expect(after.slots.known?.slots).to.deep.equal([]);
    expect(effects).to.deep.include({ type: 'request-slots' });
    expect(after.view, 'the visitor stays at the slots').to.equal('using');
  });

  it('is left out of the page’s address where it is the event type’s own', () => {
    const [after] = choose(looking('?duration=60&name=Ana'), 30);
    expect(pageOf(after)?.search).to.equal('?name=Ana');
  });

  it('starts a calendar that waits behind the slots again, because it shows the old one', () => {
    const ready = looking('', { type: 'frame-ready' });
    const [after, effects] = choose(ready, 60);
    expect(after.frame.status).to.equal('loading');
    expect(after.frame.run).to.equal(ready.frame.run + 1);
    expect(effects.map(({ type }) => type)).to.include('start-frame');
  });

  it('changes nothing when it is chosen again', () => {
    const state = looking();
    expect(choose(state, 30)[0]).to.equal(state);
  });

  it('is forgotten when another page is loaded', () => {
    const [after] = choose(looking(), 60);
    expect(lengthOf(reduce(after, load()))).to.equal(undefined);
  });
});
