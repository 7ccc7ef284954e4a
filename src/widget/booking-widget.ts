import type { TemplateResult } from 'lit';
import type { Slot } from '../protocol/availability.js';
import { createOwnStyles, restoreStyles } from './adopted-styles.js';
import { styles } from './booking-widget.styles.js';
import { composeWidget } from './compose-widget.js';
import { customStates } from './custom-states.js';
import { accentOf } from './frame-context.js';
import { announceToHost } from './observers/host-events.js';
import { observe } from './observers/observe.js';
import type { ObservedHost } from './observers/observer.js';
import { OptionsElement } from './options-element.js';
import { isSliceOver } from './platform/update-slice.js';
import { yieldToMain } from './platform/yield-to-main.js';
import type { Prefill } from './providers/provider.js';
import { savesData } from './saves-data.js';
import type { Effect } from './state/effects.js';
import { bookingId, isInline } from './state/selectors.js';
import { Store } from './state/store.js';
import { widgetActions } from './widget-actions.js';

/** What `command` buttons may ask for: `--open` and so on, each the method of that name. */
const COMMANDS = ['open', 'close', 'retry', 'refresh', 'prefetch', 'grant'] as const;

let instances = 0;

/**
 * A scheduling page on any web page: slots at once, then the provider's calendar, or a clear failure with a
 * retry and the fallback link. The link inside is what visitors get without script, and the default address and label.
 *
 * @tagname booking-widget
 * @slot - The fallback: a link to the scheduling page. In `popup` mode it stays in sight and opens the dialog.
 *
 * @fires {BookingAvailabilityEvent} booking-availability - Slots came on screen or were confirmed.
 * @fires {BookingOpenEvent} booking-open - The dialog opened.
 * @fires {BookingCloseEvent} booking-close - The dialog closed.
 * @fires {BookingSlotSelectEvent} booking-slot-select - The visitor chose a slot.
 * @fires {BookingReadyEvent} booking-ready - The scheduling page said that it is usable.
 * @fires {BookingBookedEvent} booking-booked - A booking was made, moved or cancelled; once per booking and change.
 * @fires {BookingErrorEvent} booking-error - There is no calendar, or a part of the widget failed; cancelable, to show something else instead.
 * @fires {BookingRetryEvent} booking-retry - A retry begins.
 * @fires {BookingTimingEvent} booking-timing - The load came to an outcome: its timings.
 *
 * @csspart stage - The box that holds slots, calendar and failure.
 * @csspart times - The slots, and all that belongs to them.
 * @csspart heading - What is booked, above the slots or on a card.
 * @csspart facts - With whom, how long and where.
 * @csspart week-day - A day of the week that is shown: the head of its column, or a button where the widget is narrow.
 * @csspart day - The name of a day above its slots; columns have it for screen readers.
 * @csspart slot - One slot.
 * @csspart more - The button that brings the other slots of a day.
 * @csspart alternatives - The slots closest to one that was wanted.
 * @csspart next-free - The button that leads to the next slot after a week with none or few.
 * @csspart earlier - The button that turns to the week before.
 * @csspart later - The button that turns to the next week.
 * @csspart month - The list of months to turn to.
 * @csspart length - The list of lengths that a meeting may have.
 * @csspart zone-choice - The list of time zones.
 * @csspart zone-search - The field that finds a time zone by its city.
 * @csspart clock - One of the two buttons for 12 and 24 hours.
 * @csspart as-of - When cached slots were fetched.
 * @csspart no-times - The sentence that there are no slots.
 * @csspart zone - The time zone, and what time it is there.
 * @csspart all-times - The button that asks for the full calendar.
 * @csspart chosen - The chosen slot, while the calendar loads and after.
 * @csspart back - The button that leads back to the slots.
 * @csspart form - The widget's own booking form.
 * @csspart confirm - The button that sends the form.
 * @csspart privacy - The link to the owner's privacy notice.
 * @csspart use-page - The button that puts the provider's page in the form's place.
 * @csspart form-result - What is said when it is unknown whether a booking was made.
 * @csspart confirmation - The confirmation after a booking.
 * @csspart booking-time - The booked slot.
 * @csspart booking-place - The place of the booking.
 * @csspart reschedule - The button that moves the booking to another slot.
 * @csspart cancel - The button that cancels the booking.
 * @csspart book-another - The button that leads back to the slots after a booking.
 * @csspart frame - The scheduling page's frame.
 * @csspart skeleton - What stands in for the calendar while it loads.
 * @csspart notice - The gentle notice that loading takes longer, or that a page may be empty.
 * @csspart failure - The failure view.
 * @csspart retry - The button that tries again.
 * @csspart open-link - The link that opens the scheduling page in a tab of its own.
 * @csspart facade - What stands in for the calendar until the visitor asks for it, or for a page that nobody may frame.
 * @csspart show - The button in the facade.
 * @csspart launcher - The button or link that opens the dialog.
 * @csspart content - Children that are neither launcher nor fallback.
 * @csspart dialog - The dialog.
 * @csspart close - The dialog's close button.
 *
 * @cssprop --booking-accent - Accent colour of the widget's own controls.
 * @cssprop --booking-on-accent - Text colour on the accent colour.
 * @cssprop --booking-height - Height reserved for an inline widget before anything is loaded. Default 640px.
 * @cssprop --booking-radius - Corner radius. Default 8px.
 * @cssprop --booking-font - Font family. Default: the page's.
 * @cssprop --booking-surface - Background of the dialog.
 * @cssprop --booking-text - Text colour in the dialog.
 * @cssprop --booking-dialog-width - Greatest width of the dialog. Default 960px.
 * @cssprop --booking-dialog-height - Greatest height of the dialog. Default 760px.
 * @cssprop --booking-z-index - Stacking order of the floating launcher. Default 1000.
 *
 * @cssState inline - Mode `inline`. `popup`, `floating`: the other modes.
 * @cssState popup - Mode `popup`.
 * @cssState floating - Mode `floating`.
 * @cssState loading - The scheduling page is loading.
 * @cssState slow - It takes longer than usual.
 * @cssState ready - The scheduling page said that it is usable.
 * @cssState shown - The scheduling page was loaded, and its provider never says more.
 * @cssState linked - A link stands in the calendar's place, because the provider lets nobody frame its pages.
 * @cssState failed - There is no calendar, for now or for good.
 * @cssState times - The widget shows slots of its own.
 * @cssState form - The widget shows its booking form, or the confirmation.
 * @cssState stale - The times on screen come from the cache.
 * @cssState open - The dialog is open.
 * @cssState booked - A booking was made.
 */
export class BookingWidgetElement extends OptionsElement implements ObservedHost {
  static readonly formAssociated = true;
  static override styles = styles;

  /** @internal */
  readonly instance = ++instances;
  /** @internal */
  readonly definedAt = globalThis.performance?.now() ?? 0;
  /** @internal */
  readonly store: Store = new Store((effect) => this.perform(effect));

  private readonly internals = this.attachInternals();
  private readonly ownStyles = createOwnStyles();
  private readonly actions = widgetActions(this);
  private readonly composed = composeWidget(this, this.actions);
  /** Methods that were called before there was anything to act on. */
  private pendingCalls: (() => void)[] = [];
  private answers: Prefill = {};
  private aliases: Readonly<Record<string, string>> = {};
  private shownStates = '';
  /** Shows the children where nothing can be rendered. */
  private bareSlot: Element | undefined;

  constructor() {
    super();
    this.store.subscribe(() => this.requestUpdate());
    announceToHost(this);
    observe(this);
    this.addEventListener('command', (event) => {
      const { command } = event as Event & { readonly command?: string };
      const method = COMMANDS.find((name) => command === `--${name}`);
      if (method) this[method]();
    });
  }

  /** Answers the visitor would otherwise type; overrides and completes the `prefill-*` attributes. */
  get prefill(): Prefill {
    return this.answers;
  }
  set prefill(answers: Prefill | null | undefined) {
    const next = { ...answers };
    // Frameworks write the same answers again whenever they render.
    if (JSON.stringify(next) === JSON.stringify(this.answers)) return;
    this.answers = next;
    this.requestUpdate();
  }

  /**
   * Further names under which events and fields go to `window.dataLayer`, such as `{ booked: 'generate_lead' }` or
   * `{ booking_id: 'transaction_id' }`.
   */
  get dataLayerAliases(): Readonly<Record<string, string>> {
    return this.aliases;
  }
  set dataLayerAliases(aliases: Readonly<Record<string, string>> | null | undefined) {
    this.aliases = { ...aliases };
  }

  /** The form value: the id of the booking, or empty. */
  get value(): string {
    return bookingId(this.store.state);
  }

  /** Opens the dialog, or inline the calendar; with `slot` at that slot. Anything that is no slot, such as an event, is none. */
  open(slot?: Slot): void {
    this.whenLoaded(() => {
      const { actions, store } = this;
      if (slot && Date.parse(slot.start)) actions.choose(slot);
      else if (isInline(store.state)) actions.showCalendar();
      if (!isInline(store.state)) store.send({ type: 'open' });
    });
  }

  /** Closes the dialog. */
  close(): void {
    this.whenLoaded(() => this.store.send({ type: 'close' }));
  }

  /** Tries again after a failure. */
  retry(): void {
    this.whenLoaded(this.actions.retry);
  }

  /** Requests slots again. */
  refresh(): void {
    this.composed.slots.loaded?.refresh();
  }

  /** Prepares what opening will need. Silent when that fails. */
  prefetch(): void {
    this.whenLoaded(() => this.store.send({ type: 'prefetch', savesData: savesData() }));
  }

  /** Consent: from now on the scheduling page's host may be contacted. */
  grant(): void {
    this.whenLoaded(() => this.store.send({ type: 'grant' }));
  }

  /** @internal */
  adoptedCallback(): void {
    if (this.shadowRoot) restoreStyles(this.shadowRoot);
  }

  /** With this callback `moveBefore()` keeps the framed page as it is. */
  connectedMoveCallback(): void {
    // Nothing to do: nothing was lost.
  }

  /** @internal */
  forgetSlot(start: string, taken: boolean): void {
    this.composed.slots.loaded?.forget(start, taken);
  }

  /** @internal */
  fitHeight(isFitted: boolean): void {
    this.ownStyles?.fit(isFitted);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) this.ownStyles?.adopt(root);
    return root;
  }

  protected override async scheduleUpdate(): Promise<void> {
    // The first update is what gives the element its width: it comes before the next frame.
    if (isSliceOver(this) && this.hasUpdated) await yieldToMain();
    void super.scheduleUpdate();
  }

  /** The one error boundary around rendering: what a page has broken must not leave a visitor without the link. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (cause) {
      this.composed.viewFailed('stage', cause);
      // Lit itself may be unable to render: in an XHTML document it cannot parse its templates.
      if (!this.renderRoot.querySelector('slot'))
        this.renderRoot.append((this.bareSlot = document.createElement('slot')));
    }
    if (this.store.state.source.status !== 'none') for (const call of this.pendingCalls.splice(0)) call();
  }

  protected override render(): TemplateResult {
    return this.composed.view();
  }

  protected override updated(): void {
    this.bareSlot?.remove();
    const { state } = this.store;
    this.ownStyles?.update(accentOf(state.options), state.options.height);
    const states = customStates(state);
    if (states.join() !== this.shownStates) {
      this.shownStates = states.join();
      this.internals.states?.clear();
      for (const name of states) this.internals.states?.add(name);
    }
  }

  private perform(effect: Effect): void {
    if (effect.type === 'set-form-value') this.internals.setFormValue(effect.value || null);
    this.composed.perform(effect);
  }

  private whenLoaded(call: () => void): void {
    if (this.store.state.source.status === 'none') this.pendingCalls.push(call);
    else call();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-widget': BookingWidgetElement;
  }
}
