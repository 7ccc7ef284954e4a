import { expect } from '@open-wc/testing';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { initialState } from '../../../src/widget/state/initial-state.js';
import { reduce } from '../../../src/widget/state/reduce.js';
import {
  BEGUN,
  availability,
  frameFailed,
  load,
  pageSource,
  providerLoaded,
  slotsFresh,
  stateAfter,
} from '../../helpers/widget-state.js';

const NINE = '2026-11-23T09:00:00Z';
const TEN = '2026-11-23T10:00:00Z';
const READY: WidgetEvent = { type: 'frame-ready' };
const DOUBT: WidgetEvent = { type: 'frame-doubt' };
const USE: WidgetEvent = { type: 'use-slots' };
const retry = (automatic: boolean): WidgetEvent => ({ type: 'retry', automatic });
const choose = (start = NINE): WidgetEvent => ({ type: 'choose', slot: { start } });
const booked = (id: string, change: 'created' | 'moved' | 'cancelled' = 'created'): WidgetEvent => ({
  type: 'booked',
  booking: { id, change },
});

describe('widget state', () => {
  it('a load forgets the page before and keeps what belongs to the element and the visitor', () => {
    const state = stateAfter(
      ...[...BEGUN, READY, slotsFresh(NINE), choose(), booked('a'), { type: 'grant' } as const],
      ...([
        { type: 'open' },
        { type: 'dialog-loaded' },
        { type: 'time-zone', timeZone: 'Asia/Tokyo' },
      ] as const),
      load(),
    );
    expect(state).to.deep.equal({
      ...initialState,
      source: pageSource(),
      options: load().options,
      granted: ['schedule.example'],
      frame: { status: 'idle', run: 2, attempt: 0 },
      slots: { ...initialState.slots, run: 1 },
      announced: ['created a'],
      dialog: 'open',
      dialogLoaded: true,
      timeZone: 'Asia/Tokyo',
    });
  });

  it('an address that cannot be a scheduling page is a failure that nothing is retried for by itself', () => {
    const failure = { code: 'bad-config', detail: 'src is missing' } as const;
    const state = stateAfter(load({}, { status: 'problem', failure }), { type: 'near', savesData: false });
    expect(state.frame).to.include({ status: 'failed', failure, attempt: 0, retryAt: null });
  });

  it('a frame begins near the viewport, and with the dialog in popup mode', () => {
    expect(stateAfter(load()).frame.status).to.equal('idle');
    expect(stateAfter(load(), { type: 'near', savesData: false }).frame).to.include({
      status: 'loading',
      run: 1,
      attempt: 1,
    });
    const popup = load({ mode: 'popup' });
    expect(stateAfter(popup, { type: 'near', savesData: false }).frame.status).to.equal('idle');
    expect(stateAfter(popup, { type: 'open' }).frame.status).to.equal('loading');
  });

  it('neither frame nor slots begin before the visitor has consented', () => {
    const asked = [
      load({ consent: 'required' }),
      { type: 'near', savesData: false },
      providerLoaded(),
    ] as const;
    expect(stateAfter(...asked)).to.deep.include({
      frame: { status: 'idle', run: 0, attempt: 0 },
      slots: initialState.slots,
    });
    const granted = stateAfter(...asked, { type: 'grant' });
    expect([granted.frame.status, granted.slots.request]).to.deep.equal(['loading', 'chunk']);
  });

  it('a doubt about a scheduling page holds only while the page is there', () => {
    expect(stateAfter(...BEGUN, DOUBT)).to.deep.equal(stateAfter(...BEGUN));
    expect(stateAfter(...BEGUN, READY, DOUBT).frame).to.include({ status: 'ready', doubtful: true });
    expect(stateAfter(...BEGUN, READY, DOUBT, { type: 'frame-restart' }).frame).to.include({
      status: 'loading',
      run: 2,
      attempt: 1,
    });
  });

  it('a page that nobody may frame is a link, whatever a frame says afterwards', () => {
    const linked = stateAfter(load(), { type: 'near', savesData: false }, providerLoaded({ framing: 'no' }));
    expect(linked.frame).to.include({ status: 'linked', slot: null });
    for (const late of [READY, frameFailed(), { type: 'frame-load' }, { type: 'frame-slow' }] as const)
      expect(reduce(linked, late)).to.equal(linked);
    expect(reduce(linked, choose()).frame).to.deep.include({ status: 'linked', slot: { start: NINE } });
  });

  it('what a frame of an earlier load says late changes nothing', () => {
    const state = stateAfter(...BEGUN, load());
    for (const late of [
      READY,
      DOUBT,
      frameFailed(),
      { type: 'frame-shown' },
      { type: 'frame-slow' },
    ] as const)
      expect(reduce(state, late), late.type).to.equal(state);
  });

  it('automatic retries are due after each failure that may pass, as often as the option says', () => {
    const failed = stateAfter(load({ retries: 2 }), ...BEGUN.slice(1), frameFailed());
    expect(failed.frame).to.include({ status: 'failed', attempt: 1, retryAt: 6000 });
    const second = [retry(true), frameFailed()].reduce(reduce, failed);
    expect(second.frame).to.include({ attempt: 2, retryAt: 11_000 });
    const third = [retry(true), frameFailed()].reduce(reduce, second);
    expect(third.frame, 'now it is the visitor’s turn').to.include({ attempt: 3, retryAt: null });
    expect(stateAfter(...BEGUN, frameFailed('refused')).frame).to.include({ attempt: 1, retryAt: null });
  });

  it('the failure before stays known while a retry is under way', () => {
    const state = stateAfter(...BEGUN, frameFailed('offline'), retry(true));
    expect(state.frame).to.deep.include({
      status: 'loading',
      attempt: 2,
      after: { code: 'offline', detail: 'seen: offline' },
    });
  });

  it('a late ready message turns a failure into ready', () => {
    const state = stateAfter(...BEGUN, frameFailed(), READY);
    expect(state.frame).to.include({ status: 'ready', attempt: 1, after: null });
    expect(state.view).to.equal('calendar');
  });

  it('a page that is ready stays so until it fails or is left', () => {
    const state = stateAfter(...BEGUN, READY);
    for (const late of [
      { type: 'frame-slow' },
      { type: 'frame-shown' },
      { type: 'frame-load' },
      READY,
    ] as const)
      expect(reduce(state, late), late.type).to.equal(state);
  });

  it('the calendar replaces the slots only while nobody uses them', () => {
    expect(stateAfter(...BEGUN, READY).view).to.equal('calendar');
    expect(stateAfter(...BEGUN, USE, READY).view).to.equal('using');
  });

  it('a retry by the visitor shows the calendar and an automatic retry keeps the slots', () => {
    const failed = stateAfter(...BEGUN, USE, frameFailed());
    expect(reduce(failed, retry(true)).view).to.equal('using');
    expect(reduce(failed, retry(false)).view).to.equal('calendar');
  });

  it('a retry in a closed dialog waits for the next opening', () => {
    const popup = [load({ mode: 'popup' }), { type: 'open' }, providerLoaded()] as const;
    const state = stateAfter(...popup, frameFailed(), { type: 'close' }, retry(true));
    expect(state.frame.status).to.equal('idle');
    expect(reduce(state, { type: 'open' }).frame).to.include({ status: 'loading', attempt: 1 });
  });

  it('a failed request for newer slots keeps the known slots', () => {
    const state = stateAfter(
      ...BEGUN,
      slotsFresh(NINE),
      { type: 'slots-pending' },
      { type: 'slots-failed', detail: 'x' },
    );
    expect(state.slots.known?.slots).to.have.length(1);
    expect(state.slots.request).to.equal('failed');
  });

  it('cached slots never replace fresh slots of the same days', () => {
    const state = stateAfter(...BEGUN, slotsFresh(NINE));
    const cached = { type: 'slots-cached', availability: availability(), stale: true } as const;
    expect(reduce(state, cached)).to.equal(state);
  });

  it('a booked slot is removed however its instant is written', () => {
    const state = stateAfter(...BEGUN, slotsFresh(NINE, TEN), {
      type: 'booked',
      booking: { id: 'a', change: 'created', start: '2026-11-23T10:00:00.000+01:00' },
    });
    expect(state.slots.known?.slots).to.deep.equal([{ start: TEN }]);
  });

  it('a chosen slot that somebody else took leads back to the slots while the calendar is not there', () => {
    const taken: WidgetEvent = { type: 'slot-taken', start: NINE };
    const loading = stateAfter(...BEGUN, slotsFresh(NINE, TEN), choose(), taken);
    expect(loading).to.deep.include({ gone: { start: NINE }, chosen: null, view: 'using' });
    expect(loading.slots.known?.slots).to.deep.equal([{ start: TEN }]);
    const there = stateAfter(...BEGUN, slotsFresh(NINE, TEN), choose(), READY, taken);
    expect(there).to.deep.include({ gone: { start: NINE }, chosen: { start: NINE }, view: 'calendar' });
    const own = stateAfter(...BEGUN, slotsFresh(NINE), choose(), booked('a'), taken);
    expect(own.gone, 'the visitor’s own booking').to.equal(null);
  });

  it('a fresh answer without the chosen slot counts as taken only where the slot is not held', () => {
    expect(stateAfter(...BEGUN, choose(), slotsFresh(TEN)).gone).to.deep.equal({ start: NINE });
    const reserving = [load({ reserve: true }), ...BEGUN.slice(1)];
    expect(stateAfter(...reserving, choose(), slotsFresh(TEN)).gone).to.equal(null);
  });

  it('a booking is announced once per id and change, also over loads', () => {
    const state = stateAfter(...BEGUN, booked('a'));
    expect(reduce(state, booked('a'))).to.equal(state);
    const moved = reduce(state, booked('a', 'moved'));
    expect(moved.announced).to.deep.equal(['created a', 'moved a']);
    const reloaded = [load(), { type: 'near', savesData: false } as const].reduce(reduce, moved);
    expect(reduce(reloaded, booked('a'))).to.equal(reloaded);
    expect(reduce(reloaded, booked('b')).booking?.id).to.equal('b');
  });

  it('the dialog’s page is prepared on intent, unless the visitor saves data or the option forbids it', () => {
    const popup = load({ mode: 'popup' });
    const intend = (savesData: boolean): WidgetEvent => ({ type: 'intend', savesData });
    expect(stateAfter(popup, intend(false))).to.include({ prefetch: true, preparation: 'pending' });
    expect(stateAfter(popup, intend(true))).to.include({ prefetch: false, preparation: 'none' });
    expect(stateAfter(load({ mode: 'popup', prepare: 'none' }), intend(false)).prefetch).to.equal(false);
    expect(stateAfter(popup, intend(false), { type: 'prepared' }).preparation).to.equal('ready');
    expect(stateAfter(popup, intend(false), { type: 'preparation-failed' }).preparation).to.equal('none');
  });

  it('a dialog that is closed drops a frame that is half loaded and keeps one that is ready', () => {
    const popup = [load({ mode: 'popup' }), { type: 'open' }, providerLoaded()] as const;
    expect(stateAfter(...popup, { type: 'close' }).frame.status).to.equal('idle');
    expect(stateAfter(...popup, READY, { type: 'close' }).frame.status).to.equal('ready');
  });

  it('a failure that the host page takes over closes the dialog', () => {
    const popup = [load({ mode: 'popup' }), { type: 'open' }, providerLoaded()] as const;
    const state = stateAfter(...popup, frameFailed(), { type: 'failure-taken-over' });
    expect(state.dialog).to.equal('closed');
    expect(state.frame).to.include({ status: 'failed', takenOver: true });
  });

  it('slots that cannot be drawn leave the calendar, and a stage that cannot be drawn is a failure', () => {
    const noSlots = stateAfter(...BEGUN, USE, { type: 'view-failed', view: 'slots', detail: 'x' });
    expect(noSlots).to.deep.include({ broken: ['slots'], view: 'calendar' });
    expect(noSlots.frame.status).to.equal('loading');
    const nothing = stateAfter(...BEGUN, { type: 'view-failed', view: 'stage', detail: 'x' });
    expect(nothing.frame).to.deep.include({
      status: 'failed',
      failure: { code: 'internal-error', detail: 'x' },
    });
  });
});
