import { expect } from '@open-wc/testing';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { coverOf, wantsFrame } from '../../../src/widget/state/selectors.js';
import {
  bookingProvider,
  load,
  pageSource,
  providerLoaded,
  slotsFresh,
  stateAfter,
} from '../../helpers/widget-state.js';

const NINE = '2026-11-23T09:00:00Z';
const TEN = '2026-11-23T10:00:00Z';
const NEAR: WidgetEvent = { type: 'near', savesData: false };
const READY: WidgetEvent = { type: 'frame-ready' };
const BOOKABLE: WidgetEvent = { type: 'provider-loaded', provider: bookingProvider };
const choose = (start: string): WidgetEvent => ({ type: 'choose', slot: { start } });
const booked = (start: string): WidgetEvent => ({
  type: 'booked',
  booking: { id: 'a', change: 'created', start },
  via: 'form',
});

const widget = (options: Parameters<typeof load>[0] = {}): WidgetEvent[] => [
  load(options),
  NEAR,
  { type: 'slots-chunk-loaded' },
  BOOKABLE,
  slotsFresh(NINE, TEN),
];

describe('widget state with a booking form', () => {
  it('a chosen slot leads to the form and leaves the frame as it is', () => {
    const before = stateAfter(...widget(), READY);
    const state = stateAfter(...widget(), READY, choose(NINE));
    expect(state.view).to.equal('form');
    expect(coverOf(state)).to.equal('form');
    expect(state.frame).to.deep.equal(before.frame);
  });

  it('a chosen slot leads to the calendar where the owner or the provider wants it so', () => {
    for (const events of [
      [...widget({ booking: 'frame' })],
      [load(), NEAR, { type: 'slots-chunk-loaded' } as const, providerLoaded(), slotsFresh(NINE)],
      [...widget(), { type: 'form-declined', detail: 'paid' } as const],
      [...widget(), { type: 'view-failed', view: 'form', detail: '' } as const],
    ])
      expect(stateAfter(...events, choose(NINE)).view).to.equal('calendar');
  });

  it('a slot that is chosen before the provider is known leads to the calendar once the provider has no form', () => {
    const early = [load(), NEAR, choose(NINE)];
    expect(stateAfter(...early).view).to.equal('form');
    const state = stateAfter(...early, providerLoaded());
    expect(state.view).to.equal('calendar');
    expect('slot' in state.frame && state.frame.slot?.start).to.equal(NINE);
  });

  it('a form that is declined gives way to the calendar at the chosen slot', () => {
    const state = stateAfter(...widget({ loading: 'interaction' }), choose(NINE), {
      type: 'form-declined',
      detail: 'paid',
    });
    expect(state.frame.status).to.equal('loading');
    expect('slot' in state.frame && state.frame.slot?.start).to.equal(NINE);
  });

  it('a slot that another visitor takes leads from the form back to the slots', () => {
    const state = stateAfter(...widget(), READY, choose(NINE), { type: 'slot-taken', start: NINE });
    expect([state.view, state.chosen, state.gone?.start]).to.deep.equal(['using', null, NINE]);
  });

  it('a fresh answer without the slot leads back from the form, too, though the calendar is ready', () => {
    const state = stateAfter(...widget(), READY, choose(NINE), slotsFresh(TEN));
    expect([state.view, state.gone?.start]).to.deep.equal(['using', NINE]);
  });

  it('a slot that the visitor may have booked is never called taken', () => {
    for (const news of [{ type: 'slot-taken', start: NINE } as const, slotsFresh(TEN)]) {
      const state = stateAfter(...widget(), choose(NINE), { type: 'form-sent' }, news);
      expect([state.view, state.chosen?.start, state.gone]).to.deep.equal(['form', NINE, null]);
    }
  });

  it('a booking takes its slot away and keeps the form’s place for the confirmation', () => {
    const state = stateAfter(...widget(), choose(NINE), { type: 'form-sent' }, booked(NINE));
    expect(state.view).to.equal('form');
    expect(state.slots.known?.slots).to.deep.equal([{ start: TEN }]);
  });

  it('another slot after a booking begins the form again', () => {
    const state = stateAfter(...widget(), choose(NINE), { type: 'form-sent' }, booked(NINE), choose(TEN));
    expect([state.view, state.form]).to.deep.equal(['form', 'yes']);
  });

  it('with consent the frame waits as long as slots can be booked without it', () => {
    const events: WidgetEvent[] = [
      load({ consent: 'required' }),
      NEAR,
      BOOKABLE,
      { type: 'grant' },
      { type: 'slots-chunk-loaded' },
      slotsFresh(NINE),
    ];
    expect(wantsFrame(stateAfter(...events))).to.equal(false);
    expect(wantsFrame(stateAfter(...events, { type: 'show-calendar' }))).to.equal(true);
    expect(wantsFrame(stateAfter(...events, { type: 'form-declined', detail: '' }))).to.equal(true);
    expect(wantsFrame(stateAfter(...events, { type: 'slots-failed', detail: '' }))).to.equal(true);
  });

  it('with consent the frame does not wait where nobody can be asked for slots', () => {
    const events = [
      load({ consent: 'required' }, pageSource(false)),
      NEAR,
      BOOKABLE,
      { type: 'grant' } as const,
    ];
    expect(wantsFrame(stateAfter(...events))).to.equal(true);
  });

  it('another page forgets everything about the form', () => {
    const state = stateAfter(...widget(), choose(NINE), { type: 'form-sent' }, load());
    expect([state.form, state.details.status, state.view]).to.deep.equal(['unknown', 'pending', 'slots']);
  });
});
