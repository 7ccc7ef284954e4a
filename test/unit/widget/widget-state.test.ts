import { expect } from '@open-wc/testing';
import type { Availability } from '../../../src/protocol/availability.js';
import { initialState, reduce, type Action, type WidgetState } from '../../../src/widget/widget-state.js';

const availability = (...starts: string[]): Availability => ({
  v: 1,
  from: '2026-11-21T00:00:00Z',
  to: '2026-12-22T00:00:00Z',
  fetchedAt: 0,
  slots: starts.map((start) => ({ start })),
});

const after = (...actions: Action[]): WidgetState => actions.reduce(reduce, initialState);
const failure = { code: 'timeout', detail: '' } as const;
const load: Action = { type: 'load' };
const start: Action = { type: 'frame-start' };
const ready: Action = { type: 'frame-ready', loadId: 1 };
const fresh = (...starts: string[]): Action => ({
  type: 'times-fresh',
  loadId: 1,
  availability: availability(...starts),
});

describe('the state of a widget', () => {
  it('forgets everything when another page is loaded, except that the dialog is open', () => {
    const state = after(load, { type: 'open' }, start, ready, fresh('2026-11-23T09:00:00Z'), load);
    expect(state).to.deep.equal({ ...initialState, loadId: 2, open: true });
  });

  it('has doubts about a page only while it is ready, and none about the next one', () => {
    const doubt: Action = { type: 'frame-doubt', loadId: 1 };
    expect(after(load, start, doubt)).to.deep.equal(after(load, start));
    expect(after(load, start, ready, doubt).frame).to.deep.equal({
      status: 'ready',
      attempt: 1,
      doubtful: true,
    });
    expect(after(load, start, ready, doubt, start).frame).to.deep.equal({ status: 'loading', attempt: 2 });
  });

  it('puts a link where nobody may frame the page, before anybody asks for it, and never in the way of times', () => {
    const linked: Action = { type: 'frame-linked', loadId: 1 };
    expect(after(load, linked)).to.deep.include({ frame: { status: 'linked', attempt: 0 }, view: 'times' });
    expect(after(load, start, linked)).to.deep.include({
      frame: { status: 'linked', attempt: 1 },
      view: 'times',
    });
    expect(after(load, start, { type: 'use-times' }, linked).view).to.equal('using');
  });

  it('ignores answers that were meant for an earlier page', () => {
    const state = after(load, load, start);
    for (const late of [
      ready,
      fresh('2026-11-23T09:00:00Z'),
      { type: 'frame-fail', loadId: 1, failure, retryAt: null },
      { type: 'times-fail', loadId: 1 },
    ] as const)
      expect(reduce(state, late)).to.equal(state);
  });

  it('counts attempts over failures and retries', () => {
    const state = after(
      load,
      start,
      { type: 'frame-fail', loadId: 1, failure, retryAt: null },
      { type: 'retry', automatic: true },
    );
    expect(state.frame).to.deep.equal({ status: 'loading', attempt: 2 });
  });

  it('lets a late word turn a failure into ready', () => {
    const state = after(load, start, { type: 'frame-fail', loadId: 1, failure, retryAt: 5 }, ready);
    expect(state.frame).to.deep.equal({ status: 'ready', attempt: 1 });
    expect(state.view).to.equal('calendar');
  });

  it('does not turn a page that is ready back into one that is slow', () => {
    const state = after(load, start, ready);
    expect(reduce(state, { type: 'frame-slow', loadId: 1 })).to.equal(state);
  });

  it('lets the calendar take over only while nobody uses the times', () => {
    expect(after(load, start, ready).view).to.equal('calendar');
    expect(after(load, start, { type: 'use-times' }, ready).view).to.equal('using');
  });

  it('shows the calendar to whoever presses "Try again", and keeps the times for who did not', () => {
    const failed = after(
      load,
      start,
      { type: 'use-times' },
      { type: 'frame-fail', loadId: 1, failure, retryAt: 1 },
    );
    expect(reduce(failed, { type: 'retry', automatic: true }).view).to.equal('using');
    expect(reduce(failed, { type: 'retry', automatic: false }).view).to.equal('calendar');
  });

  it('keeps known times when asking for newer ones fails', () => {
    const state = after(
      load,
      fresh('2026-11-23T09:00:00Z'),
      { type: 'times-ask', loadId: 1 },
      { type: 'times-fail', loadId: 1 },
    );
    expect(state.times.known?.slots).to.have.length(1);
    expect(state.times.asking).to.equal('failed');
  });

  it('never lets cached times replace fresh ones', () => {
    const state = after(load, fresh('2026-11-23T09:00:00Z'));
    expect(
      reduce(state, { type: 'times-cached', loadId: 1, availability: availability(), stale: true }),
    ).to.equal(state);
  });

  it('takes a booked time away however its instant is written', () => {
    const state = after(load, fresh('2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z'), {
      type: 'booked',
      booking: { id: 'a', change: 'created', start: '2026-11-23T10:00:00.000+01:00' },
    });
    expect(state.times.known?.slots.map(({ start: at }) => at)).to.deep.equal(['2026-11-23T10:00:00Z']);
  });

  it('takes one booking in once, and its move or cancellation again', () => {
    const booked = after(load, { type: 'booked', booking: { id: 'a', change: 'created' } });
    expect(reduce(booked, { type: 'booked', booking: { id: 'a', change: 'created' } })).to.equal(booked);
    expect(reduce(booked, { type: 'booked', booking: { id: 'a', change: 'cancelled' } })).not.to.equal(
      booked,
    );
  });

  it('hands back the same object when nothing changed', () => {
    const state = after(load);
    for (const action of [
      { type: 'close' },
      { type: 'frame-drop' },
      { type: 'retry', automatic: true },
      { type: 'times-taken', start: 'never' },
      { type: 'frame-load', loadId: 1 },
    ] as const)
      expect(reduce(state, action)).to.equal(state);
  });
});
