import type { FrameState, Failure, SlotsState, WidgetState } from './state.js';

/*
 * What follows from the state. Everything here is derived: nothing is stored twice.
 */

export const isInline = ({ options }: WidgetState): boolean => options.mode === 'inline';

export const pageOf = ({ source }: Pick<WidgetState, 'source'>): URL | null =>
  source.status === 'page' ? source.page : null;

/** Host that the visitor still has to agree to contact; empty where nothing is to be asked. */
export function consentHost(state: WidgetState): string {
  const host = pageOf(state)?.host ?? '';
  return state.options.consent === 'granted' || state.granted.includes(host) ? '' : host;
}

const mayContact = (state: WidgetState): boolean => !!pageOf(state) && !consentHost(state);

/** Whether the page's frame is on its way. */
export const isLoading = ({ status }: FrameState): boolean => status === 'loading' || status === 'slow';

/** Whether the frame shows a page that the visitor can use, as far as anybody knows. */
export const isUp = ({ status }: FrameState): boolean => status === 'ready' || status === 'shown';

/** Whether a chosen slot leads to the widget's own form, as far as is known: the provider may still have to be loaded. */
export const mayUseForm = ({ options, provider, form, broken }: WidgetState): boolean =>
  options.booking === 'auto' &&
  form !== 'no' &&
  (!provider || !!provider.nativeBooking) &&
  !broken.includes('form');

/** Whether the visitor is about to need the form: its code is fetched, and the event type's details are judged. */
export const wantsForm = (state: WidgetState): boolean =>
  !!state.provider &&
  mayUseForm(state) &&
  state.form === 'unknown' &&
  (state.view === 'form' || (state.view === 'using' && !!state.slots.known));

/**
 * Whether the form's code may come ahead, while slots are being requested or are on screen: where no scheduling page loads beside
 * it, the form is what comes next.
 */
export const wantsFormAhead = (state: WidgetState): boolean =>
  !!state.provider &&
  mayUseForm(state) &&
  waitsForVisitor(state) &&
  state.slots.due &&
  (state.slots.request === 'pending' || hasSlots(state));

const mayHaveSlots = (state: WidgetState): boolean => {
  const { source, options, provider } = state;
  return (
    source.status === 'page' &&
    source.canRequestSlots &&
    options.availability !== 'off' &&
    provider?.capabilities.availability !== 'none' &&
    mayContact(state)
  );
};

/** Whether slots are to be requested. */
export function wantsSlots(state: WidgetState): boolean {
  const { near, prefetch, dialog, view } = state;
  const isWanted = prefetch || (isInline(state) ? near : dialog === 'open');
  return mayHaveSlots(state) && (isWanted || view === 'calendar' || view === 'form');
}

/** Whether the code for slots is to be fetched. */
export const wantsSlotsChunk = (state: WidgetState): boolean =>
  wantsSlots(state) || (state.ahead && isInline(state) && mayHaveSlots(state));

export function wantsFrame(state: WidgetState): boolean {
  const { provider, near, dialog, view } = state;
  return (
    mayContact(state) &&
    provider?.capabilities.framing !== 'no' &&
    (isInline(state) ? near || view === 'calendar' : dialog === 'open') &&
    (view === 'calendar' || !waitsForVisitor(state))
  );
}

/**
 * Whether the frame waits until the visitor wants it: where the owner says so, and where a visitor who is asked for
 * consent can choose a slot and book it without the frame.
 */
function waitsForVisitor(state: WidgetState): boolean {
  const { options, slots } = state;
  const hasNoSlots = slots.request === 'failed' || slots.request === 'unavailable';
  return (
    options.loading === 'interaction' ||
    (options.consent === 'required' && mayHaveSlots(state) && !hasNoSlots && mayUseForm(state))
  );
}

/** The provider's code contacts nobody, so it is wanted without consent: a page that nobody may frame shows its link. */
export const wantsProvider = (state: WidgetState): boolean =>
  !state.provider &&
  !!pageOf(state) &&
  (state.near ||
    (state.ahead && isInline(state)) ||
    state.prefetch ||
    state.dialog === 'open' ||
    state.view === 'form' ||
    state.frame.status !== 'idle');

/** Whether the frame can be started: its provider and the place where it goes are there. */
export const canStartFrame = (state: WidgetState): boolean =>
  isLoading(state.frame) && !!state.provider && (isInline(state) || state.dialogLoaded);

const canReadSlots = ({ slots, provider }: WidgetState): boolean =>
  hasSlotsChunk(slots) && provider !== null && provider.capabilities.availability !== 'none';

/** Whether slots of an earlier visit can be read, and nothing may be requested yet. */
export const canRecallSlots = (state: WidgetState): boolean => !state.slots.due && canReadSlots(state);

/** Whether the frame lets others go first: the visitor has not asked for it, and it is its first try. */
export const waitsItsTurn = ({ options, frame, view }: WidgetState): boolean =>
  options.mode === 'inline' && options.loading !== 'eager' && view !== 'calendar' && frame.attempt < 2;

/** Whether slots can be requested. */
export const canRequestSlots = (state: WidgetState): boolean => state.slots.due && canReadSlots(state);

export const hasSlotsChunk = ({ request }: SlotsState): boolean =>
  request === 'idle' || request === 'pending' || request === 'failed';

/** Failures that may end by themselves. The others stay until the page or the network changes. */
export const isTransient = ({ code }: Failure): boolean =>
  /^(offline|timeout|provider-error|rate-limited)$/.test(code);

/** Failures where another try, automatic or by the visitor, may succeed. */
export const canRetry = (failure: Failure): boolean =>
  isTransient(failure) || failure.code === 'bad-config' || failure.code === 'internal-error';

/** The failure that is on screen, of this try or of the one before it. */
export const shownFailure = ({ frame }: WidgetState): Failure | null =>
  frame.status === 'failed' && !frame.takenOver ? frame.failure : 'after' in frame ? frame.after : null;

/** Whether the host page shows something of its own in place of the failure view. */
export const isTakenOver = ({ frame }: WidgetState): boolean => frame.status === 'failed' && frame.takenOver;

/** Whether there are slots that can be drawn. */
export const hasSlots = ({ slots, broken }: WidgetState): boolean =>
  !!slots.known && !broken.includes('slots');

/** What lies over the frame. */
export type Cover = 'none' | 'form' | 'failure' | 'slots' | 'linked' | 'consent' | 'show' | 'skeleton';

export function coverOf(state: WidgetState): Cover {
  const { frame, slots, view, near, dialog } = state;
  if (view === 'form') return 'form';
  if (view === 'calendar' && isUp(frame)) return 'none';
  if (shownFailure(state)) return 'failure';
  if (hasSlots(state) && view !== 'calendar') return 'slots';
  if (isUp(frame)) return 'none';
  if (frame.status === 'linked') return 'linked';
  if (consentHost(state)) return 'consent';
  const awaitsSlots = slots.request === 'chunk' || slots.request === 'pending';
  const begun = near || dialog === 'open';
  return frame.status === 'idle' && begun && !awaitsSlots ? 'show' : 'skeleton';
}

/** Whether the calendar is all that there will be. */
export const awaitsNoSlots = ({ slots }: WidgetState): boolean =>
  !slots.known && (slots.request === 'off' || slots.request === 'unavailable');

/** Whether a card is all that there is to see until the visitor presses something: then less room will do. */
export function showsCard(state: WidgetState): boolean {
  const { frame } = state;
  const cover = coverOf(state);
  if (cover === 'failure') return frame.status === 'failed' && frame.retryAt === null && !hasSlots(state);
  return awaitsNoSlots(state) && /^(show|linked|consent)$/.test(cover);
}

/** The same of a widget in the flow of the host page. */
export const isCard = (state: WidgetState): boolean => isInline(state) && showsCard(state);

/** Minutes of the meetings that the slots are for; undefined where nobody has said. */
export function lengthOf({ source, provider, details }: WidgetState): number | undefined {
  const written = source.status === 'page' ? provider?.lengthIn?.(source.page) : null;
  return written ?? details.event?.lengths[0];
}

/** Whether the visitor has booked at `instant`; some providers do not say which slot was booked. */
export const isOwnBooking = ({ booking }: WidgetState, instant: number): boolean =>
  !!booking && (!booking.start || Date.parse(booking.start) === instant);

/** Id of the booking that stands; empty where none was made or it was cancelled. */
export const bookingId = ({ booking }: WidgetState): string =>
  booking && booking.change !== 'cancelled' ? booking.id : '';
