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
 * and this provider never says more · `linked` a link stands in its place, because nobody may frame this provider's
 * pages · `ready` the page itself said so · `failed` given up, with `retryAt` (ms since
 * 1970) while an automatic try is due, or `null` when it is the visitor's turn.
 */
export type FrameState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'loading' | 'slow' | 'shown' | 'linked' | 'ready';
      readonly attempt: number;
      /** The visitor has come to a step that does not work for everybody in a frame. */
      readonly doubtful?: true;
    }
  | {
      readonly status: 'failed';
      readonly attempt: number;
      readonly failure: Failure;
      readonly retryAt: number | null;
    };

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
  /** Whether the chosen time is held for this visitor. */
  readonly held: boolean;
  /** A time that was chosen and then taken by somebody else, until the visitor goes on. */
  readonly gone: Slot | null;
  /** First local day of the week of times that the visitor turned to; null for the soonest times. */
  readonly week: string | null;
  readonly open: boolean;
  /** The last booking that was announced; the same id and change is announced once. */
  readonly booking: BookingNotice | null;
}

export type Action =
  /** Another page (or the same one anew): everything about the old one is forgotten. */
  | { readonly type: 'load' }
  | { readonly type: 'frame-start' }
  | {
      readonly type:
        'frame-load' | 'frame-slow' | 'frame-shown' | 'frame-linked' | 'frame-ready' | 'frame-doubt';
      readonly loadId: number;
    }
  | {
      readonly type: 'frame-fail';
      readonly loadId: number;
      readonly failure: Failure;
      readonly retryAt: number | null;
    }
  | { readonly type: 'frame-drop' }
  | { readonly type: 'retry'; readonly automatic: boolean }
  | { readonly type: 'times-ask'; readonly loadId: number }
  /** `stale`: somebody has to be asked whether they still are. */
  | {
      readonly type: 'times-cached';
      readonly loadId: number;
      readonly availability: Availability;
      readonly stale: boolean;
    }
  | { readonly type: 'times-fresh'; readonly loadId: number; readonly availability: Availability }
  /** `detail` is for the site owner. */
  | { readonly type: 'times-fail'; readonly loadId: number; readonly detail?: string }
  /** Times that have begun by `now` (milliseconds since 1970) are over. */
  | { readonly type: 'times-past'; readonly now: number }
  | { readonly type: 'times-taken'; readonly start: string }
  | { readonly type: 'use-times' }
  /** The visitor turns to other times. */
  | { readonly type: 'turn'; readonly week: string | null }
  /** `held`: it is held for the visitor, so that fresh answers leave it out. */
  | { readonly type: 'choose'; readonly slot: Slot; readonly held: boolean }
  | { readonly type: 'ask-calendar' | 'back-to-times' }
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'booked'; readonly booking: BookingNotice };

export const initialState: WidgetState = {
  loadId: 0,
  frame: { status: 'idle' },
  times: { known: null, from: null, asking: 'idle' },
  view: 'times',
  chosen: null,
  held: false,
  gone: null,
  week: null,
  open: false,
  booking: null,
};

/** The same times without those that have to go; the instant is compared, since it can be written in many ways. */
function keep(times: TimesState, stays: (start: number) => boolean): TimesState {
  const { known } = times;
  const slots = known?.slots.filter(({ start }) => stays(Date.parse(start))) ?? [];
  return !known || slots.length === known.slots.length ? times : { ...times, known: { ...known, slots } };
}

const isAt = (instant: number, time: { readonly start?: string } | null): boolean =>
  Date.parse(time?.start ?? '') === instant;

/** The only place where the state changes. The same object comes back when nothing did. */
export function reduce(state: WidgetState, action: Action): WidgetState {
  if ('loadId' in action && action.loadId !== state.loadId) return state;
  const { frame, times, view, booking } = state;
  const { status } = frame;
  const attempt = status === 'idle' ? 0 : frame.attempt;
  const change = (news: Partial<WidgetState>): WidgetState =>
    (Object.keys(news) as (keyof WidgetState)[]).every((key) => news[key] === state[key])
      ? state
      : { ...state, ...news };
  /** Whether the visitor has booked the time; some providers do not say which they have booked. */
  const isOurs = (at: number): boolean => !!booking && (!booking.start || isAt(at, booking));
  /** The chosen time is gone: whoever is not yet in the calendar's form is led back to the times. */
  const lose = (news: Partial<WidgetState>): WidgetState =>
    change({
      ...news,
      gone: state.chosen,
      ...(status !== 'ready' && status !== 'shown' && { chosen: null, view: 'using' }),
    });
  /** The calendar takes over by itself only while nobody has begun to use the times. */
  const takeOver = (up: 'shown' | 'ready'): WidgetState =>
    change({ frame: { status: up, attempt }, view: view === 'times' ? 'calendar' : view });

  switch (action.type) {
    case 'load':
      return { ...initialState, loadId: state.loadId + 1, open: state.open };
    case 'frame-start':
      return change({ frame: { status: 'loading', attempt: attempt + 1 } });
    case 'frame-load':
      return state;
    case 'frame-slow':
      return status === 'loading' ? change({ frame: { status: 'slow', attempt } }) : state;
    case 'frame-shown':
      return status === 'loading' || status === 'slow' ? takeOver('shown') : state;
    case 'frame-linked':
      // It stands in for a calendar only where there are no times.
      return change({ frame: { status: 'linked', attempt } });
    case 'frame-ready':
      return status === 'ready' || status === 'idle' ? state : takeOver('ready');
    case 'frame-doubt':
      return status === 'ready' ? change({ frame: { ...frame, doubtful: true } }) : state;
    case 'frame-fail':
      return change({
        frame: { status: 'failed', attempt, failure: action.failure, retryAt: action.retryAt },
      });
    case 'frame-drop':
      return status === 'idle' ? state : change({ frame: { status: 'idle' } });
    case 'retry':
      if (status !== 'failed') return state;
      // Whoever presses "Try again" wants to see the calendar when it comes.
      return change({
        frame: { status: 'loading', attempt: attempt + 1 },
        view: action.automatic ? view : 'calendar',
      });
    case 'times-ask':
      return change({ times: { ...times, asking: 'pending' } });
    case 'times-cached':
      // Late cached times never replace fresh ones of the same days.
      return times.from === 'network' && times.known?.from === action.availability.from
        ? state
        : change({ times: { ...times, known: action.availability, from: 'cache' } });
    case 'times-fresh': {
      const { availability: known } = action;
      const news: Partial<WidgetState> = { times: { known, from: 'network', asking: 'idle' } };
      const at = Date.parse(state.chosen?.start ?? '');
      // Once the scheduling page is there it may hold the time for this very visitor, and then nobody else is offered it.
      const isGone =
        at >= Date.parse(known.from) &&
        at < Date.parse(known.to) &&
        status !== 'ready' &&
        status !== 'shown' &&
        !state.held &&
        !known.slots.some((slot) => isAt(at, slot));
      return isGone && !isOurs(at) ? lose(news) : change(news);
    }
    case 'times-fail':
      return change({ times: { ...times, asking: 'failed' } });
    case 'times-taken': {
      const at = Date.parse(action.start);
      const news = { times: keep(times, (start) => start !== at) };
      return isAt(at, state.chosen) && !isOurs(at) ? lose(news) : change(news);
    }
    case 'times-past':
      return change({ times: keep(times, (start) => start > action.now) });
    case 'use-times':
      return view === 'times' ? change({ view: 'using' }) : state;
    case 'turn':
      return change({ week: action.week, view: view === 'times' ? 'using' : view });
    case 'choose':
      return change({ chosen: action.slot, held: action.held, gone: null, view: 'calendar' });
    case 'ask-calendar':
      return change({ chosen: null, gone: null, view: 'calendar' });
    case 'back-to-times':
      return change({ chosen: null, view: 'using' });
    case 'open':
      return change({ open: true });
    case 'close':
      return change({ open: false });
    case 'booked': {
      const { id, change: kind, start } = action.booking;
      if (booking?.id === id && booking.change === kind) return state;
      const gone = kind === 'cancelled' ? NaN : Date.parse(start ?? state.chosen?.start ?? '');
      return change({ booking: action.booking, gone: null, times: keep(times, (other) => other !== gone) });
    }
  }
}
