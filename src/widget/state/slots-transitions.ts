import type { Availability, Slot } from '../../protocol/availability.js';
import type { BookingNotice } from '../../protocol/booking-notice.js';
import { change, changeSlots } from './change.js';
import { dropFrame, restartFrame } from './frame-transitions.js';
import { isLoading, isOwnBooking, isUp, mayUseForm } from './selectors.js';
import type { WidgetState } from './state.js';

/*
 * What can happen to slots: they come, one is chosen, taken or booked.
 */

/** Bookings that are remembered as announced. */
const MAX_ANNOUNCED = 200;

const instantOf = (slot: { readonly start?: string } | null): number => Date.parse(slot?.start ?? '');

/** Drops the slots that have to go; instants are compared, since one can be written in many ways. */
export function keepSlots(state: WidgetState, stays: (start: number) => boolean): WidgetState {
  const { known } = state.slots;
  const slots = known?.slots.filter((slot) => stays(instantOf(slot)));
  return known && slots?.length !== known.slots.length
    ? changeSlots(state, { known: { ...known, slots: slots ?? [] } })
    : state;
}

/** The chosen slot is gone. A visitor who is not in the calendar's form yet is led back to the slots. */
function loseSlot(state: WidgetState): WidgetState {
  const { chosen: gone, frame, view } = state;
  // What was typed into the form is kept for the slot that is chosen instead.
  if (view === 'form') return change(state, { gone, chosen: null, view: 'using' });
  return isUp(frame) ? change(state, { gone }) : dropFrame({ ...state, gone, chosen: null, view: 'using' });
}

/** A slot that the visitor has booked, or may have booked, is not lost to another visitor. */
const mayLose = (state: WidgetState, instant: number): boolean =>
  state.form !== 'sent' && !isOwnBooking(state, instant);

export function receiveSlots(state: WidgetState, known: Availability): WidgetState {
  const next = changeSlots(state, { known, origin: 'network', request: 'idle', missing: false });
  const at = instantOf(state.chosen);
  const isGone =
    at >= Date.parse(known.from) &&
    at < Date.parse(known.to) &&
    // The scheduling page may hold the slot for this very visitor, and then nobody else is offered it.
    (state.view === 'form' || !isUp(state.frame)) &&
    !state.held &&
    !known.slots.some((slot) => instantOf(slot) === at);
  return isGone && mayLose(state, at) ? loseSlot(next) : next;
}

export function takeSlot(state: WidgetState, start: string): WidgetState {
  const at = Date.parse(start);
  const next = keepSlots(state, (other) => other !== at);
  return instantOf(state.chosen) === at && mayLose(state, at) ? loseSlot(next) : next;
}

export function book(state: WidgetState, booking: BookingNotice): WidgetState {
  const { change: kind, id, start = state.chosen?.start ?? '' } = booking;
  const key = `${kind} ${id}`;
  if (state.announced.includes(key)) return state;
  const taken = kind === 'cancelled' ? NaN : Date.parse(start);
  return {
    ...keepSlots(state, (other) => other !== taken),
    booking,
    announced: [...state.announced, key].slice(-MAX_ANNOUNCED),
    gone: null,
  };
}

/** Slots of another length are others: those on screen go, and the calendar behind them starts again. */
export function chooseLength(state: WidgetState, minutes: number): WidgetState {
  const { source, provider, details, slots, frame, view } = state;
  if (source.status !== 'page' || !provider?.withLength) return state;
  const page = provider.withLength(source.page, minutes === details.event?.lengths[0] ? null : minutes);
  if (page.href === source.page.href) return state;
  const next: WidgetState = {
    ...state,
    source: { ...source, page },
    slots: { ...slots, known: slots.known && { ...slots.known, slots: [] } },
    chosen: null,
    gone: null,
    preparation: 'none',
  };
  return view !== 'calendar' && (isLoading(frame) || isUp(frame)) ? restartFrame(next) : next;
}

export function choose(state: WidgetState, slot: Slot): WidgetState {
  const next = { ...state, chosen: slot, held: state.options.reserve, gone: null };
  return mayUseForm(state) ? openForm(next) : restartFrame({ ...next, view: 'calendar' });
}

/** A form that was used for one booking begins again for the next. */
const openForm = (state: WidgetState): WidgetState => ({
  ...state,
  view: 'form',
  form: state.form === 'sent' ? 'yes' : state.form,
});

/** The provider's page takes over, at the slot that the visitor has chosen. */
export function declineForm(state: WidgetState): WidgetState {
  const next = change(state, { form: 'no' });
  return state.view === 'form' ? restartFrame({ ...next, view: 'calendar' }) : next;
}

export function showCalendar(state: WidgetState): WidgetState {
  const { frame } = state;
  const next = change(state, { chosen: null, gone: null, view: 'calendar' });
  // A frame at one slot does not show the others.
  return 'slot' in frame && frame.slot ? restartFrame(next) : next;
}
