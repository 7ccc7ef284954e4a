import type { Slot } from '../../protocol/availability.js';
import type { BookingNotice } from '../../protocol/booking-notice.js';
import { retryDelay } from '../retry-backoff.js';
import type { WidgetEvent } from './events.js';
import { initialState } from './initial-state.js';
import {
  consentHost,
  isInline,
  isLoading,
  isOwnBooking,
  isTransient,
  isUp,
  pageOf,
  wantsFrame,
  wantsSlots,
} from './selectors.js';
import type { Failure, SlotsState, WidgetState } from './state.js';

/** Bookings that are remembered as announced. */
const MAX_ANNOUNCED = 200;

/** The same object where nothing changed, so that comparing references tells whether anything did. */
function change<T extends object>(before: T, news: Partial<T>): T {
  for (const key in news) if (news[key] !== before[key]) return { ...before, ...news };
  return before;
}

const changeSlots = (state: WidgetState, news: Partial<SlotsState>): WidgetState =>
  change(state, { slots: change(state.slots, news) });

const instantOf = (slot: { readonly start?: string } | null): number => Date.parse(slot?.start ?? '');

/** The slots without those that have to go; instants are compared, since one can be written in many ways. */
function keepSlots(slots: SlotsState, stays: (start: number) => boolean): SlotsState {
  const { known } = slots;
  const kept = known?.slots.filter((slot) => stays(instantOf(slot))) ?? [];
  return !known || kept.length === known.slots.length
    ? slots
    : { ...slots, known: { ...known, slots: kept } };
}

/** What is left when another page is loaded: what belongs to the element or the visitor rather than to the page. */
const forget = (state: WidgetState): WidgetState => ({
  ...initialState,
  options: state.options,
  granted: state.granted,
  frame: { status: 'idle', run: state.frame.run, attempt: 0 },
  slots: { ...initialState.slots, run: state.slots.run },
  announced: state.announced,
  dialogLoaded: state.dialogLoaded,
  language: state.language,
  timeZone: state.timeZone,
  fallback: state.fallback,
});

const startFrame = (state: WidgetState, attempt: number, after: Failure | null): WidgetState => ({
  ...state,
  frame: {
    status: 'loading',
    loaded: false,
    run: state.frame.run + 1,
    attempt,
    slot: state.chosen,
    after,
  },
  // A prepared frame is handed over to this one, or of no use for it.
  preparation: 'none',
});

const dropFrame = (state: WidgetState): WidgetState =>
  state.frame.status === 'idle'
    ? state
    : { ...state, frame: { status: 'idle', run: state.frame.run, attempt: 0 } };

/** Gives up the frame. `retryAt`: null where only the visitor can try again. */
const giveUp = (
  state: WidgetState,
  failure: Failure,
  retryAt: number | null = null,
  attempt = state.frame.attempt,
  slot: Slot | null = null,
): WidgetState => ({
  ...state,
  frame: {
    status: 'failed',
    run: state.frame.run,
    attempt,
    slot,
    after: null,
    failure,
    retryAt,
    takenOver: false,
  },
});

/** Puts the frame where the visitor wants it: at the chosen slot, or at all of them. */
function restartFrame(state: WidgetState): WidgetState {
  const { frame, chosen } = state;
  if (frame.status === 'linked') return { ...state, frame: { ...frame, slot: chosen } };
  // Nothing that the visitor chooses makes a policy let the frame in: the link takes its place.
  if (frame.status === 'failed' && !isTransient(frame.failure)) return state;
  return dropFrame(state);
}

/** The calendar takes over by itself only while the visitor does not use the slots. */
function showFrame(state: WidgetState, status: 'shown' | 'ready'): WidgetState {
  const { frame, view } = state;
  if (frame.status === 'idle' || frame.status === 'linked' || frame.status === status) return state;
  const { run, attempt, slot } = frame;
  return {
    ...state,
    frame: { status, run, attempt, slot, after: null, doubtful: false },
    view: view === 'slots' ? 'calendar' : view,
  };
}

function failFrame(state: WidgetState, failure: Failure, now: number, random: number): WidgetState {
  const { frame, options } = state;
  if (frame.status === 'idle' || frame.status === 'linked') return state;
  if (frame.status === 'failed' && frame.failure.code === failure.code) return state;
  const { attempt, slot } = frame;
  const isRepeated = isTransient(failure) && attempt <= options.retries;
  const retryAt = isRepeated ? now + retryDelay(attempt, () => random) : null;
  return giveUp(state, failure, retryAt, attempt, slot);
}

function retry(state: WidgetState, automatic: boolean): WidgetState {
  const { frame, slots, view, source } = state;
  if (frame.status !== 'failed' || source.status !== 'page') return state;
  // In a closed dialog the next opening is the next try.
  if (!isInline(state) && state.dialog === 'closed') return dropFrame(state);
  const again = startFrame(state, frame.attempt + 1, frame.takenOver ? null : frame.failure);
  return {
    ...again,
    // A visitor who presses "Try again" wants to see the calendar when it comes.
    view: automatic ? view : 'calendar',
    broken: [],
    slots: slots.request === 'unavailable' ? { ...slots, request: 'off' } : slots,
  };
}

/** The chosen slot is gone. A visitor who is not in the calendar's form yet is led back to the slots. */
function loseSlot(state: WidgetState): WidgetState {
  const { chosen, frame } = state;
  if (isUp(frame)) return change(state, { gone: chosen });
  return dropFrame({ ...state, gone: chosen, chosen: null, view: 'using' });
}

function receiveSlots(state: WidgetState, event: Extract<WidgetEvent, { type: 'slots-fresh' }>): WidgetState {
  const { availability: known } = event;
  const next = changeSlots(state, { known, origin: 'network', request: 'idle' });
  const at = instantOf(state.chosen);
  const isGone =
    at >= Date.parse(known.from) &&
    at < Date.parse(known.to) &&
    // The scheduling page may hold the slot for this very visitor, and then nobody else is offered it.
    !isUp(state.frame) &&
    !state.held &&
    !known.slots.some((slot) => instantOf(slot) === at);
  return isGone && !isOwnBooking(state, at) ? loseSlot(next) : next;
}

function takeSlot(state: WidgetState, start: string): WidgetState {
  const at = Date.parse(start);
  const next = change(state, { slots: keepSlots(state.slots, (other) => other !== at) });
  return instantOf(state.chosen) === at && !isOwnBooking(state, at) ? loseSlot(next) : next;
}

function book(state: WidgetState, booking: BookingNotice): WidgetState {
  const key = `${booking.change} ${booking.id}`;
  if (state.announced.includes(key)) return state;
  const start = booking.start ?? state.chosen?.start;
  const taken = booking.change === 'cancelled' ? NaN : Date.parse(start ?? '');
  return {
    ...state,
    booking,
    announced: [...state.announced, key].slice(-MAX_ANNOUNCED),
    gone: null,
    slots: keepSlots(state.slots, (other) => other !== taken),
  };
}

const choose = (state: WidgetState, slot: Slot): WidgetState =>
  restartFrame({ ...state, chosen: slot, held: state.options.reserve, gone: null, view: 'calendar' });

function showCalendar(state: WidgetState): WidgetState {
  const { frame } = state;
  const next = change(state, { chosen: null, gone: null, view: 'calendar' });
  // A frame at one slot does not show the others.
  return 'slot' in frame && frame.slot ? restartFrame(next) : next;
}

function prefetch(state: WidgetState, event: Extract<WidgetEvent, { savesData: boolean }>): WidgetState {
  const { options, frame, dialog, preparation } = state;
  if (event.type === 'intend' && (options.prepare === 'none' || event.savesData)) return state;
  const prepares =
    options.mode !== 'inline' &&
    options.loading !== 'interaction' &&
    !event.savesData &&
    dialog === 'closed' &&
    frame.status === 'idle' &&
    preparation === 'none' &&
    !!pageOf(state) &&
    !consentHost(state);
  return change(state, { prefetch: true, preparation: prepares ? 'pending' : preparation });
}

function reload(
  state: WidgetState,
  { options, source }: Extract<WidgetEvent, { type: 'load' }>,
): WidgetState {
  const next = { ...forget(state), options, source, dialog: state.dialog };
  return source.status === 'problem' ? giveUp(next, source.failure) : next;
}

function apply(state: WidgetState, event: WidgetEvent): WidgetState {
  const { frame, slots, view } = state;
  switch (event.type) {
    case 'load':
      return reload(state, event);
    case 'unload':
      return forget(state);
    case 'options':
    case 'language':
    case 'frame-height': {
      // These events consist of what they change.
      const { type: _, ...changed } = event;
      return change<WidgetState>(state, changed);
    }
    case 'time-zone': {
      if (event.timeZone === state.timeZone) return state;
      const next: WidgetState = { ...state, timeZone: event.timeZone, preparation: 'none' };
      // A calendar that waits behind the slots starts again in the new zone.
      return view !== 'calendar' && (isLoading(frame) || isUp(frame)) ? restartFrame(next) : next;
    }
    case 'fallback':
      return change(state, { fallback: change(state.fallback, event.fallback) });
    case 'near': {
      // A popup has its slots at hand before it is opened; what is prepared beyond that waits for intent.
      const hasSlotsAtHand = !isInline(state) && state.options.prepare === 'intent' && !event.savesData;
      return change(state, { near: true, prefetch: state.prefetch || hasSlotsAtHand });
    }
    case 'visible':
      return change(state, { visible: true });
    case 'grant': {
      const host = pageOf(state)?.host;
      return !host || state.granted.includes(host) ? state : { ...state, granted: [...state.granted, host] };
    }
    case 'provider-loaded': {
      const { framing, availability } = event.provider.capabilities;
      const { run, attempt } = frame;
      return {
        ...state,
        provider: event.provider,
        ...(framing === 'no' && {
          frame: { status: 'linked', run, attempt, slot: state.chosen, after: null } as const,
        }),
        ...(availability === 'none' && { slots: { ...slots, request: 'unavailable' } as const }),
      };
    }
    case 'provider-failed':
      return failFrame(change(state, { preparation: 'none' }), event.failure, event.now, event.random);
    case 'frame-restart':
      return restartFrame(state);
    case 'frame-load':
      return isLoading(frame) ? change(state, { frame: change(frame, { loaded: true }) }) : state;
    case 'frame-slow':
      return frame.status === 'loading' ? { ...state, frame: { ...frame, status: 'slow' } } : state;
    case 'frame-shown':
      return frame.status === 'ready' ? state : showFrame(state, 'shown');
    case 'frame-ready':
      return showFrame(state, 'ready');
    case 'frame-doubt':
      return isUp(frame) ? change(state, { frame: change(frame, { doubtful: true }) }) : state;
    case 'frame-failed':
      return failFrame(state, event.failure, event.now, event.random);
    case 'failure-taken-over':
      return frame.status === 'failed'
        ? { ...state, frame: { ...frame, takenOver: true }, dialog: 'closed' }
        : state;
    case 'retry':
      return retry(state, event.automatic);
    case 'slots-chunk-loaded':
      return slots.request === 'chunk' ? changeSlots(state, { request: 'idle' }) : state;
    case 'slots-pending':
      return changeSlots(state, { request: 'pending' });
    case 'slots-cached':
      // Late cached slots never replace fresh ones of the same days.
      return slots.origin === 'network' && slots.known?.from === event.availability.from
        ? state
        : changeSlots(state, { known: event.availability, origin: 'cache' });
    case 'slots-fresh':
      return receiveSlots(state, event);
    case 'slots-failed': {
      const next = changeSlots(state, { request: event.chunk ? 'unavailable' : 'failed' });
      // The API knows sooner than a page that has yet to load. A page that is up after all wins.
      return event.notFound && isLoading(frame)
        ? failFrame(next, { code: 'not-found', detail: event.detail }, 0, 0)
        : next;
    }
    case 'slots-past':
      return change(state, { slots: keepSlots(slots, (start) => start > event.now) });
    case 'slot-taken':
      return takeSlot(state, event.start);
    case 'use-slots':
      return change(state, { view: view === 'slots' ? 'using' : view });
    case 'list-zones':
      return change(state, { listsZones: true });
    case 'turn':
      return change(state, { week: event.week, view: view === 'slots' ? 'using' : view });
    case 'choose':
      return choose(state, event.slot);
    case 'show-calendar':
      return showCalendar(state);
    case 'back-to-slots':
      return change(state, { chosen: null, view: 'using' });
    case 'intend':
    case 'prefetch':
      return prefetch(state, event);
    case 'prepared':
      return state.preparation === 'pending' ? { ...state, preparation: 'ready' } : state;
    case 'preparation-failed':
      return change(state, { preparation: 'none' });
    case 'open':
      return change(state, { dialog: 'open' });
    case 'close': {
      const next = change(state, { dialog: 'closed' });
      const isDue = frame.status === 'failed' && frame.retryAt !== null && !frame.takenOver;
      // A frame without a box never becomes ready, so a half-loaded one starts again at the next opening.
      return next !== state && (isLoading(frame) || isDue) ? dropFrame(next) : next;
    }
    case 'dialog-loaded':
      return change(state, { dialogLoaded: true });
    case 'booked':
      return book(state, event.booking);
    case 'view-failed': {
      if (state.broken.includes(event.view)) return state;
      const next: WidgetState = { ...state, broken: [...state.broken, event.view] };
      if (event.view === 'slots') return view === 'using' ? { ...next, view: 'calendar' } : next;
      return giveUp(next, { code: 'internal-error', detail: event.detail });
    }
  }
}

/** Begins what the state has come to want: the frame, the slots. */
function settle(state: WidgetState): WidgetState {
  let next = state;
  if (next.frame.status === 'idle' && wantsFrame(next)) next = startFrame(next, 1, null);
  if (next.slots.request === 'off' && wantsSlots(next))
    next = changeSlots(next, { request: 'chunk', run: next.slots.run + 1 });
  return next;
}

/** The only place where the state changes. The same object comes back when nothing did. */
export function reduce(state: WidgetState, event: WidgetEvent): WidgetState {
  const next = apply(state, event);
  return next === state ? state : settle(next);
}
