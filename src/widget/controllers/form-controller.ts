import type { TemplateResult } from 'lit';
import type { Slot } from '../../protocol/availability.js';
import { findBooker, type Booker } from '../booking/find-booker.js';
import { finalAnswers } from '../booking/final-answers.js';
import {
  canSend,
  chooseSlot,
  emptyDraft,
  isMade,
  leaveField,
  minutesOf,
  writeAnswer,
  type Draft,
} from '../booking/form-draft.js';
import { formProblems, type FormField } from '../booking/form-fields.js';
import { prefillOf, prefilledAnswers } from '../booking/prefilled-answers.js';
import { BOOKING_TIMEOUT, askBeforeLeaving, sendWithin } from '../booking/send-booking.js';
import { fieldToFocus, settleDraft, type Settled } from '../booking/settle-draft.js';
import { linkedUrl } from '../booking/linked-url.js';
import { loadChunk } from '../load-chunk.js';
import english from '../locales/languages/en-form.js';
import type { FrameContext, Prefill } from '../providers/provider.js';
import type { Effect } from '../state/effects.js';
import { lengthOf, pageOf } from '../state/selectors.js';
import { confirmationModel } from '../views/confirmation-model.js';
import { confirmationView } from '../views/confirmation-view.js';
import { formView, problemSelector } from '../views/form-view.js';
import type { WidgetController, WidgetHost } from './controller.js';
import { phoneFields } from './phone-fields.js';
import { pressWatch } from './press-watch.js';

/** A person needs longer to fill in a form: a request waits until then, so that a quick visitor is not refused. */
const MIN_FILL_MS = 2000;

const importCalendar = () => import('../calendar-chunk.js');

export interface FormDeps {
  /** All that decides which page is framed: the owner's prefill and the visitor's campaign are part of it. */
  readonly context: () => FrameContext | null;
  /** The scheduling page by itself, at the chosen slot; empty where there is no safe address. */
  readonly href: () => string;
  /** A slot in words. */
  readonly words: (slot: Slot) => string;
  /** Leads back to the slots. */
  readonly back: () => void;
}

export interface FormController extends WidgetController {
  perform(effect: Effect): void;
  /** Finds out whether the event type can be booked here, as soon as its details are known. */
  check(): Promise<void>;
  /** The form, or what came of it; null until it is known whether there is one. */
  view(): TemplateResult | null;
  /** What the visitor has typed, for the provider's page that takes the form's place. */
  typed(): Prefill;
}

/** Keeps the booking form of one widget: what is typed, the one request, and what came of it. */
export function formController(host: WidgetHost, deps: FormDeps): FormController {
  const { store } = host;
  let booker: Booker | null = null;
  let draft: Draft = emptyDraft;
  /** When the form came on screen: milliseconds since the page's time origin. */
  let openedAt = 0;
  let calendar: ReturnType<Awaited<ReturnType<typeof importCalendar>>['calendarLinks']> | undefined;
  const press = pressWatch();

  const phones = phoneFields(store, () => host.requestUpdate());

  const setDraft = (next: Draft): void => {
    if (next === draft) return;
    draft = next;
    host.requestUpdate();
  };

  const focus = (selector: string): void =>
    void host.updateComplete.then(() =>
      host.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: false }),
    );

  /** National phone numbers get their calling code. */
  const completed = (form: readonly FormField[]): Draft => {
    const answers = phones.complete(form, draft.answers);
    return answers === draft.answers ? draft : { ...draft, answers };
  };

  const decline = (detail: string): void => store.send({ type: 'form-declined', detail });

  const reset = (): void => {
    calendar?.drop();
    booker = null;
    draft = emptyDraft;
  };

  /** The chosen slot is what the form is for. Its length has to be one that the event type has. */
  const open = (): void => {
    const { chosen } = store.state;
    if (!chosen || !booker) return;
    const { gate } = booker;
    const minutes = minutesOf(chosen);
    if (minutes !== null && !gate.event.lengths.includes(minutes)) return decline(`length ${minutes}`);
    const isFirst = draft.slot === null;
    const next = chooseSlot(draft, chosen);
    if (next.step === 'fill') openedAt ||= performance.now();
    const context = isFirst ? deps.context() : null;
    setDraft(
      context ? { ...next, answers: prefilledAnswers(gate.form, context.prefill, context.page) } : next,
    );
  };

  const check = async (): Promise<void> => {
    const { loadSignal, state } = store;
    if (state.form !== 'unknown' || state.details.status === 'pending') return;
    try {
      const found = await findBooker(state);
      if (loadSignal.aborted || !found) return;
      if (typeof found === 'string') {
        decline(found);
        return;
      }
      booker = found;
      phones.load(found.gate.form);
      // Without it the confirmation has no "Add to calendar".
      loadChunk(importCalendar).then(
        ({ calendarLinks }) => {
          calendar ??= calendarLinks();
          host.requestUpdate();
        },
        () => undefined,
      );
      store.send({ type: 'form-ready' });
      open();
    } catch (cause) {
      if (!loadSignal.aborted) decline(String(cause));
    }
  };

  /** What came of a request: the form says so, the widget's state follows, and so does the focus. */
  const settle = ({ draft: next, events, focus: target }: Settled): void => {
    setDraft(next);
    for (const event of events) store.send(event);
    focus(typeof target === 'string' ? target : problemSelector(target));
  };

  const send = async (used: Booker, slot: Slot): Promise<void> => {
    const { native, slotsUrl, gate } = used;
    const { loadSignal, state } = store;
    const { answers, booking, moving, doubted } = draft;
    // The calendar's file is that of the booking before.
    calendar?.drop();
    setDraft({ ...draft, step: 'sending', problems: [], note: null });
    store.send({ type: 'form-sent' });
    focus('[part="confirmation"]');
    const params = deps.context()?.params ?? [];
    const request =
      moving && booking && native.rescheduleRequest
        ? native.rescheduleRequest(slotsUrl, booking.id, slot.start)
        : native.bookingRequest(
            slotsUrl,
            {
              event: gate.event,
              answers: finalAnswers(gate.form, answers),
              start: slot.start,
              length: minutesOf(slot) ?? lengthOf(state) ?? 0,
              timeZone: state.timeZone,
              metadata: Object.fromEntries(params.filter(([name]) => /^utm_/.test(name))),
            },
            state.language.tag,
          );
    const stopAsking = askBeforeLeaving();
    await new Promise((resolve) => setTimeout(resolve, openedAt + MIN_FILL_MS - performance.now()));
    // Once sent, the request is not taken back: leaving the page does not undo a booking.
    const { onLine } = navigator;
    const reply = await sendWithin(request, BOOKING_TIMEOUT);
    stopAsking();
    const outcome = reply || onLine ? native.outcome(reply, doubted) : ({ type: 'offline' } as const);
    const settled = settleDraft(draft, outcome, slot, gate.form);
    if (!loadSignal.aborted) settle(settled);
    // The page was loaded again meanwhile: the booking stands all the same, and its slot is gone.
    else if (pageOf(store.state)?.href === pageOf(state)?.href)
      for (const event of settled.events) if (event.type === 'booked') store.send(event);
  };

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { chosen } = store.state;
    if (!booker || !chosen || !canSend(draft)) return;
    const trap = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('.trap');
    if (trap?.value) return decline('filled in by a program');
    draft = completed(booker.gate.form);
    const problems = draft.moving ? [] : formProblems(booker.gate.form, draft.answers);
    if (problems.length === 0) return void send(booker, chosen);
    setDraft({ ...draft, problems });
    focus(problemSelector(fieldToFocus(problems, booker.gate.form)));
  };

  const cancel = async ({ detail }: MouseEvent): Promise<void> => {
    const { booking } = draft;
    const { native, slotsUrl } = booker ?? {};
    if (!native?.cancelRequest || !slotsUrl || !booking || !isMade(draft)) return;
    if (draft.note !== 'cancel-asked') {
      setDraft({ ...draft, note: 'cancel-asked' });
      return;
    }
    // The second click of a double click answers no question.
    if (detail > 1) return;
    const before = draft;
    const { loadSignal } = store;
    setDraft({ ...draft, step: 'cancelling', note: null });
    const request = native.cancelRequest(slotsUrl, booking.id);
    const stopAsking = askBeforeLeaving();
    const reply = await sendWithin(request, BOOKING_TIMEOUT);
    stopAsking();
    if (loadSignal.aborted) return;
    const isDone = reply !== null && reply.status >= 200 && reply.status < 300;
    setDraft(isDone ? { ...before, step: 'cancelled', note: null } : { ...before, note: 'not-changed' });
    if (isDone)
      store.send({
        type: 'booked',
        booking: { id: booking.id, change: 'cancelled', start: booking.start },
        via: 'form',
      });
    focus('[part="confirmation"]');
  };

  const confirmation = ({ native, gate }: Booker, slot: Slot): TemplateResult => {
    const { state } = store;
    const page = pageOf(state);
    const model = confirmationModel(draft, gate.event, slot, {
      strings: { ...english, ...state.language.strings },
      time: deps.words(slot),
      minutes: lengthOf(state) ?? 0,
      zone: state.timeZone.replaceAll('_', ' '),
      manage: page && draft.booking ? native.manageUrl(page, draft.booking.id) : '',
      linksOf: calendar?.of,
    });
    return confirmationView(model, {
      onMove() {
        setDraft({ ...draft, moving: true });
        deps.back();
      },
      onCancel: (event) => void cancel(event),
      onAnother: deps.back,
    });
  };

  return {
    perform(effect) {
      if (effect.type === 'open-form') open();
      else if (effect.type === 'drop-form') reset();
    },
    check,
    view() {
      const { state } = store;
      if (!booker || !draft.slot || state.form === 'unknown') return null;
      const { slot, step } = draft;
      if (step !== 'fill' && step !== 'unknown') return confirmation(booker, slot);
      const { form } = booker.gate;
      const model = {
        strings: { ...english, ...state.language.strings },
        draft,
        form,
        countryView: phones.view,
        time: deps.words(slot),
        // Who receives the answers: the provider, and a companion on the way.
        host: [...new Set([booker.native.slotsUrl && new URL(booker.slotsUrl).host, pageOf(state)?.host])]
          .filter(Boolean)
          .join(', '),
        privacyUrl: linkedUrl(state.options['privacy-url']),
        href: deps.href(),
      };
      return formView(model, {
        onAnswer: (slug, answer) => setDraft(writeAnswer(draft, form, slug, answer)),
        onLeave: (field) => void press.released().then(() => setDraft(leaveField(completed(form), field))),
        onPress: press.onPress,
        onSubmit,
        onDecline: () => decline('the visitor asked for the page'),
      });
    },
    typed: () => (booker ? prefillOf(booker.gate.form, draft.answers) : {}),
  };
}
