import { change, changeSlots } from './change.js';
import type { WidgetEvent } from './events.js';
import {
  dropFrame,
  failFrame,
  giveUp,
  linkFrame,
  restartFrame,
  retry,
  showFrame,
  startFrame,
} from './frame-transitions.js';
import { initialPage } from './initial-state.js';
import {
  consentHost,
  isInline,
  isLoading,
  isUp,
  mayUseForm,
  pageOf,
  wantsFrame,
  wantsSlots,
  wantsSlotsChunk,
} from './selectors.js';
import {
  book,
  choose,
  chooseLength,
  declineForm,
  keepSlots,
  receiveSlots,
  showCalendar,
  takeSlot,
} from './slots-transitions.js';
import type { WidgetState } from './state.js';

/** What is left when another page is loaded: what belongs to the element or the visitor rather than to the page. */
const forget = ({ frame, slots, ...state }: WidgetState): WidgetState => ({
  ...state,
  ...initialPage,
  frame: { ...initialPage.frame, run: frame.run },
  slots: { ...initialPage.slots, run: slots.run },
});

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
    case 'ahead':
      return change(state, { ahead: true });
    case 'visible':
      return change(state, { visible: true });
    case 'grant': {
      const host = pageOf(state)?.host;
      return !host || state.granted.includes(host) ? state : { ...state, granted: [...state.granted, host] };
    }
    case 'provider-loaded': {
      const { provider } = event;
      const { framing, availability } = provider.capabilities;
      const loaded = change(framing === 'no' ? linkFrame(state) : state, { provider });
      const next = mayUseForm(loaded) ? loaded : declineForm(loaded);
      return availability === 'none' ? changeSlots(next, { request: 'unavailable' }) : next;
    }
    case 'provider-failed':
      return failFrame(
        change(declineForm(state), { preparation: 'none' }),
        event.failure,
        event.now,
        event.random,
      );
    case 'frame-restart':
      return restartFrame(state);
    case 'frame-load':
      if (!isLoading(frame)) return state;
      // The API said so before the frame began. A page that is up after all wins.
      return slots.missing
        ? failFrame(state, { code: 'not-found', detail: 'The API knows no such event type' }, 0, 0)
        : change(state, { frame: change(frame, { loaded: true }) });
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
      return receiveSlots(state, event.availability);
    case 'slots-failed': {
      const request = event.chunk ? 'unavailable' : 'failed';
      const next = changeSlots(state, { request, missing: !!event.notFound });
      // The API knows sooner than a page that has yet to load. A page that is up after all wins.
      return event.notFound && isLoading(frame)
        ? failFrame(next, { code: 'not-found', detail: event.detail }, 0, 0)
        : next;
    }
    case 'slots-past':
      return keepSlots(state, (start) => start > event.now);
    case 'slot-taken':
      return takeSlot(state, event.start);
    case 'details':
      return change(state, {
        details: { event: event.event, status: event.confirmed ? 'confirmed' : 'pending' },
      });
    case 'details-failed':
      return change(state, { details: { ...state.details, status: 'failed' } });
    case 'form-ready':
      return change(state, { form: 'yes' });
    case 'form-sent':
      return change(state, { form: 'sent' });
    case 'form-declined':
      return declineForm(state);
    case 'use-slots':
      return change(state, { view: view === 'slots' ? 'using' : view });
    case 'list-zones':
      return change(state, { listsZones: true });
    case 'turn':
      return change(state, { week: event.week, view: view === 'slots' ? 'using' : view });
    case 'length':
      return chooseLength(state, event.minutes);
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
      const next = change(state, { broken: [...state.broken, event.view] });
      if (event.view === 'form') return declineForm(next);
      if (event.view === 'slots') return change(next, { view: view === 'using' ? 'calendar' : view });
      const { detail, cause } = event;
      return giveUp(next, { code: 'internal-error', detail, ...(cause !== undefined && { cause }) });
    }
  }
}

/** Begins what the state has come to want: the frame, the slots' code, the slots. */
function settle(state: WidgetState): WidgetState {
  let next = state;
  if (next.frame.status === 'idle' && wantsFrame(next)) next = startFrame(next, 1, null);
  if (next.slots.request === 'off' && wantsSlotsChunk(next))
    next = changeSlots(next, { request: 'chunk', run: next.slots.run + 1 });
  if (!next.slots.due && wantsSlots(next)) next = changeSlots(next, { due: true });
  return next;
}

/** The only place where the state changes. The same object comes back when nothing did. */
export function reduce(state: WidgetState, event: WidgetEvent): WidgetState {
  const next = apply(state, event);
  return next === state ? state : settle(next);
}
