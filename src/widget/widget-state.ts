import type { Availability, Slot } from '../protocol/availability.js';
import type { BookingNotice } from '../protocol/booking-notice.js';
import type { FailureCode } from '../protocol/failure-code.js';

/** Why there is no calendar. `detail` is for the site owner and names what was seen; visitors never read it. */
export interface Failure {
  readonly code: FailureCode;
  readonly detail: string;
}

/**
 * The scheduling page's frame.
 * `idle` not asked for · `loading` address set, no word yet · `slow` the same after the gentle notice · `shown` loaded,
 * and this provider never says more · `ready` the page itself said so · `failed` given up, with `retryAt` (ms since
 * 1970) while an automatic try is due, or `null` when it is the visitor's turn.
 */
export type FrameState =
  | { readonly status: 'idle' }
  | { readonly status: 'loading' | 'slow' | 'shown' | 'ready'; readonly attempt: number }
  | { readonly status: 'failed'; readonly attempt: number; readonly failure: Failure; readonly retryAt: number | null };

/** "Do we have times" (`known`) and "are we getting them" (`asking`) are separate: a failed refresh keeps old times. */
export interface TimesState {
  readonly known: Availability | null;
  /** Whether `known` came out of the cache and has not been confirmed since. */
  readonly from: 'cache' | 'network' | null;
  readonly asking: 'idle' | 'pending' | 'failed';
}

/**
 * What the visitor looks at. `times`: native times until the calendar is ready. `using`: the visitor has begun to use
 * the times, so the calendar waits behind them. `calendar`: the scheduling page (or its failure).
 */
export type View = 'times' | 'using' | 'calendar';

export interface WidgetState {
  /** Counts what was loaded into this widget; late answers that carry another id are ignored. */
  readonly loadId: number;
  readonly frame: FrameState;
  readonly times: TimesState;
  readonly view: View;
  readonly chosen: Slot | null;
  readonly open: boolean;
  /** The last booking that was announced; the same id and change is announced once. */
  readonly booking: BookingNotice | null;
}

export type Action =
  /** Another page (or the same one anew): everything about the old one is forgotten. */
  | { readonly type: 'load' }
  | { readonly type: 'frame-start' }
  | { readonly type: 'frame-load' | 'frame-slow' | 'frame-shown' | 'frame-ready'; readonly loadId: number }
  | { readonly type: 'frame-fail'; readonly loadId: number; readonly failure: Failure; readonly retryAt: number | null }
  | { readonly type: 'frame-drop' }
  | { readonly type: 'retry'; readonly automatic: boolean }
  | { readonly type: 'times-ask'; readonly loadId: number }
  | { readonly type: 'times-cached' | 'times-fresh'; readonly loadId: number; readonly availability: Availability }
  | { readonly type: 'times-fail'; readonly loadId: number }
  | { readonly type: 'times-taken'; readonly start: string }
  | { readonly type: 'use-times' }
  | { readonly type: 'choose'; readonly slot: Slot }
  | { readonly type: 'ask-calendar' | 'back-to-times' }
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'booked'; readonly booking: BookingNotice };

export const initialState: WidgetState = {
  loadId: 0,
  frame: { status: 'idle' },
  times: { known: null, from: null, asking: 'idle' },
  view: 'times',
  chosen: null,
  open: false,
  booking: null,
};

const attemptOf = (frame: FrameState): number => (frame.status === 'idle' ? 0 : frame.attempt);

/** A time the widget shows no more: the instant is compared, since one instant can be written in many ways. */
const without = (known: Availability | null, start: string | undefined): Availability | null => {
  const gone = Date.parse(start ?? '');
  if (!known || Number.isNaN(gone)) return known;
  const slots = known.slots.filter((slot) => Date.parse(slot.start) !== gone);
  return slots.length === known.slots.length ? known : { ...known, slots };
};

/** The calendar takes over by itself only while nobody has begun to use the times. */
const takeOver = (view: View): View => (view === 'times' ? 'calendar' : view);

/** The only place where the state changes. The same object comes back when nothing did. */
export function reduce(state: WidgetState, action: Action): WidgetState {
  if ('loadId' in action && action.loadId !== state.loadId) return state;
  const { frame, times } = state;
  switch (action.type) {
    case 'load':
      return { ...initialState, loadId: state.loadId + 1, open: state.open };
    case 'frame-start':
      return { ...state, frame: { status: 'loading', attempt: attemptOf(frame) + 1 } };
    case 'frame-load':
      return state;
    case 'frame-slow':
      return frame.status === 'loading' ? { ...state, frame: { ...frame, status: 'slow' } } : state;
    case 'frame-shown':
      return frame.status === 'loading' || frame.status === 'slow'
        ? { ...state, frame: { status: 'shown', attempt: frame.attempt }, view: takeOver(state.view) }
        : state;
    case 'frame-ready':
      return frame.status === 'ready' || frame.status === 'idle'
        ? state
        : { ...state, frame: { status: 'ready', attempt: frame.attempt }, view: takeOver(state.view) };
    case 'frame-fail':
      return frame.status === 'idle'
        ? { ...state, frame: { status: 'failed', attempt: 0, failure: action.failure, retryAt: action.retryAt } }
        : { ...state, frame: { status: 'failed', attempt: frame.attempt, failure: action.failure, retryAt: action.retryAt } };
    case 'frame-drop':
      return frame.status === 'idle' ? state : { ...state, frame: { status: 'idle' } };
    case 'retry':
      return frame.status === 'failed'
        ? { ...state, frame: { status: 'loading', attempt: frame.attempt + 1 } }
        : state;
    case 'times-ask':
      return { ...state, times: { ...times, asking: 'pending' } };
    case 'times-cached':
      return times.from === 'network' ? state : { ...state, times: { ...times, known: action.availability, from: 'cache' } };
    case 'times-fresh':
      return { ...state, times: { known: action.availability, from: 'network', asking: 'idle' } };
    case 'times-fail':
      return { ...state, times: { ...times, asking: 'failed' } };
    case 'times-taken': {
      const known = without(times.known, action.start);
      return known === times.known ? state : { ...state, times: { ...times, known } };
    }
    case 'use-times':
      return state.view === 'times' ? { ...state, view: 'using' } : state;
    case 'choose':
      return { ...state, chosen: action.slot, view: 'calendar' };
    case 'ask-calendar':
      return state.view === 'calendar' && !state.chosen ? state : { ...state, view: 'calendar', chosen: null };
    case 'back-to-times':
      return { ...state, view: 'using', chosen: null };
    case 'open':
      return state.open ? state : { ...state, open: true };
    case 'close':
      return state.open ? { ...state, open: false } : state;
    case 'booked': {
      const { id, change, start } = action.booking;
      if (state.booking?.id === id && state.booking.change === change) return state;
      const known = change === 'cancelled' ? times.known : without(times.known, start);
      return { ...state, booking: action.booking, times: { ...times, known } };
    }
  }
}
