import type { WidgetEvent } from './events.js';
import {
  bookingId,
  canRecallSlots,
  canRequestSlots,
  canStartFrame,
  isCard,
  isInline,
  wantsForm,
  wantsFormAhead,
  wantsProvider,
} from './selectors.js';
import type { WidgetState } from './state.js';

/** What a change of the state makes necessary, as data. Each type is performed by exactly one controller. */
export type Effect =
  // source controller
  | { readonly type: 'read-source' | 'load-provider' }
  // visibility controller
  | { readonly type: 'watch-visibility' | 'prefetch-when-idle' }
  // frame controller; `keepPrevious`: the frame of the last try stays alive until one of both is ready
  | { readonly type: 'start-frame'; readonly keepPrevious: boolean }
  | { readonly type: 'stop-frame' | 'prepare-frame' | 'drop-prepared-frame' }
  // height controller; `height`: CSS pixels
  | { readonly type: 'reserve-height' | 'show-card' | 'hide-card' }
  | { readonly type: 'request-height'; readonly height: number }
  // retry controller; `at`: milliseconds since 1970
  | { readonly type: 'schedule-retry'; readonly at: number }
  | { readonly type: 'cancel-retry' }
  // slots controller
  // `recall-…`: what an earlier visit knew, without a request
  | { readonly type: 'load-slots-chunk' | 'recall-slots' | 'request-slots' | 'show-week' }
  | { readonly type: 'revalidate-slots' | 'stop-slots' }
  | { readonly type: 'recall-details' | 'request-details' }
  // `freed`: the start that a booking was moved away from
  | { readonly type: 'forget-slot'; readonly start: string; readonly taken: boolean; readonly freed?: string }
  // form controller: judge what is known of the event type, as soon as the form's code is there
  // `prefetch-form`: fetch that code in an idle moment
  // `open-form`: the form is for the chosen slot from now on; `drop-form`: another page is loaded
  | { readonly type: 'check-form' | 'prefetch-form' | 'open-form' | 'drop-form' }
  // dialog controller
  | { readonly type: 'load-dialog' }
  // the element
  | { readonly type: 'set-form-value'; readonly value: string };

const retryAt = ({ frame }: WidgetState): number | null => (frame.status === 'failed' ? frame.retryAt : null);

/** Whether the dialog's chunk is wanted: near its launcher, or because it is opened. */
const wantsDialog = (state: WidgetState): boolean =>
  !isInline(state) &&
  !state.dialogLoaded &&
  state.source.status !== 'none' &&
  (state.near || state.dialog === 'open' || state.prefetch);

/** Pure: what has to be done because `event` turned `before` into `after`. */
export function effectsOf(before: WidgetState, event: WidgetEvent, after: WidgetState): readonly Effect[] {
  const effects: Effect[] = [];
  const isNewLoad = event.type === 'load' || event.type === 'unload';
  const began = (is: (state: WidgetState) => boolean): boolean => is(after) && (isNewLoad || !is(before));
  const isNewRun = after.frame.run !== before.frame.run;

  if (isNewLoad) effects.push({ type: 'stop-frame' }, { type: 'stop-slots' }, { type: 'drop-form' });
  else if (before.frame.status !== 'idle' && after.frame.status === 'idle')
    effects.push({ type: 'stop-frame' });
  if (event.type === 'load' && after.source.status === 'page') effects.push({ type: 'watch-visibility' });
  if (event.type === 'retry' && after.source.status === 'problem') effects.push({ type: 'read-source' });

  if (began(wantsDialog)) effects.push({ type: 'load-dialog' });
  if (event.type === 'near' && after !== before && !isInline(after))
    if (after.options.prepare === 'idle' && !event.savesData) effects.push({ type: 'prefetch-when-idle' });

  // Slots come before the frame, which keeps the page busy while the cache is opened.
  if (after.slots.run !== before.slots.run) effects.push({ type: 'load-slots-chunk' });
  if (
    canRequestSlots(after) &&
    (began(canRequestSlots) ||
      after.slots.run !== before.slots.run ||
      after.timeZone !== before.timeZone ||
      event.type === 'length')
  )
    effects.push({ type: 'request-slots' });
  else if (after.week !== before.week && canRequestSlots(after)) effects.push({ type: 'show-week' });
  if (began(canRequestSlots)) effects.push({ type: 'request-details' });
  if (began(canRecallSlots)) effects.push({ type: 'recall-slots' }, { type: 'recall-details' });
  // The way back leads from a form or a booking, which takes a while.
  if (
    after.view === 'using' &&
    (before.view === 'slots' || (event.type === 'back-to-slots' && before.view !== 'using'))
  )
    effects.push({ type: 'revalidate-slots' });

  if (began(wantsFormAhead)) effects.push({ type: 'prefetch-form' });
  if (wantsForm(after) && (began(wantsForm) || after.details !== before.details))
    effects.push({ type: 'check-form' });
  if (after.view === 'form' && (before.view !== 'form' || after.chosen !== before.chosen))
    effects.push({ type: 'open-form' });

  if (wantsProvider(after) && (began(wantsProvider) || isNewRun)) effects.push({ type: 'load-provider' });
  if (canStartFrame(after) && (began(canStartFrame) || isNewRun)) {
    if (isInline(after)) effects.push({ type: 'reserve-height' });
    effects.push({
      type: 'start-frame',
      // A page that is slow may still come; one that said or was seen to have failed will not.
      keepPrevious:
        event.type === 'retry' && before.frame.status === 'failed' && before.frame.failure.code === 'timeout',
    });
  }
  // A calendar that the visitor asks for takes its height at once.
  if (
    after.height !== null &&
    (after.height !== before.height || (event.type === 'show-calendar' && after !== before))
  )
    effects.push({ type: 'request-height', height: after.height });
  if (began(isCard)) effects.push({ type: 'show-card' });
  else if (isCard(before) && !isCard(after)) effects.push({ type: 'hide-card' });
  const isPrepared = ({ preparation, provider, dialogLoaded }: WidgetState): boolean =>
    preparation !== 'none' && !!provider && dialogLoaded;
  if (began(isPrepared)) effects.push({ type: 'prepare-frame' });
  else if (before.preparation !== 'none' && after.preparation === 'none' && !isNewRun)
    effects.push({ type: 'drop-prepared-frame' });

  const [was, due] = [retryAt(before), retryAt(after)];
  if (due !== was)
    effects.push(due === null ? { type: 'cancel-retry' } : { type: 'schedule-retry', at: due });

  if (event.type === 'booked' && after !== before) {
    const { change, start = change === 'cancelled' ? '' : before.chosen?.start } = event.booking;
    const freed = change === 'moved' && before.booking?.start;
    if (start)
      effects.push({ type: 'forget-slot', start, taken: change !== 'cancelled', ...(freed && { freed }) });
  }
  if (bookingId(after) !== bookingId(before))
    effects.push({ type: 'set-form-value', value: bookingId(after) });
  return effects;
}
