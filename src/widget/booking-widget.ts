import type { Slot } from '../protocol/availability.js';
import { OptionElement } from './option-element.js';
import type { Prefill } from './providers/provider.js';
import { controlWidget, type WidgetController } from './widget-controller.js';

/** What `command` buttons may ask for: `--open` and so on, each the method of that name. */
const COMMANDS = ['open', 'close', 'retry', 'refresh', 'prefetch', 'grant'] as const;

/**
 * A scheduling page on any web page: bookable times at once, then the provider's calendar, or a clear failure with a
 * retry and a way out. The link inside is what visitors get without script, and the default address and label.
 *
 * @tagname booking-widget
 * @slot - The fallback: a link to the scheduling page. In `popup` mode it stays in sight and opens the dialog.
 *
 * @fires {BookingAvailabilityEvent} booking-availability - Bookable times came on screen or were confirmed.
 * @fires {BookingOpenEvent} booking-open - The dialog opened.
 * @fires {BookingCloseEvent} booking-close - The dialog closed.
 * @fires {BookingSlotSelectEvent} booking-slot-select - The visitor chose a time.
 * @fires {BookingReadyEvent} booking-ready - The scheduling page said that it is usable.
 * @fires {BookingBookedEvent} booking-booked - A booking was made, moved or cancelled; once per booking and change.
 * @fires {BookingErrorEvent} booking-error - There is no calendar; cancelable, to show something else instead.
 * @fires {BookingRetryEvent} booking-retry - Another try begins.
 * @fires {BookingTimingEvent} booking-timing - The load came to an outcome: its timings.
 *
 * @csspart stage - The box that holds times, calendar and failure.
 * @csspart times - The native times.
 * @csspart day - The name of a day above its times.
 * @csspart slot - One bookable time.
 * @csspart alternatives - The times closest to one that was wanted.
 * @csspart next-free - The button that leads to the next free time after a week without any.
 * @csspart earlier - The button that turns to earlier times.
 * @csspart later - The button that turns to later times.
 * @csspart month - The list of months to turn to.
 * @csspart zone-choice - The list of time zones.
 * @csspart as-of - Since when cached times are known.
 * @csspart no-times - The sentence that there are no free times.
 * @csspart zone - The time zone in words.
 * @csspart all-times - The button that asks for the full calendar.
 * @csspart chosen - The chosen time, while the calendar loads and after.
 * @csspart back - The button that leads back to the native times.
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
 * @cssState times - Native times are on screen.
 * @cssState stale - The times on screen come from the cache.
 * @cssState open - The dialog is open.
 * @cssState booked - A booking was made.
 */
export class BookingWidgetElement extends OptionElement {
  static readonly formAssociated = true;

  private answers: Prefill = {};
  private aliases: Readonly<Record<string, string>> = {};
  private readonly controller: WidgetController;

  constructor() {
    super();
    this.controller = controlWidget(this, this.attachShadow({ mode: 'open' }), this.attachInternals());
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
    this.answers = { ...answers };
    this.controller.changed('prefill');
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
    return this.controller.bookingId;
  }

  /** Opens the dialog, or inline the calendar; with `slot` at that time. */
  open(slot?: Slot): void {
    this.controller.open(slot);
  }

  /** Closes the dialog. */
  close(): void {
    this.controller.close();
  }

  /** Tries again after a failure. */
  retry(): void {
    this.controller.retry();
  }

  /** Asks for bookable times again. */
  refresh(): void {
    this.controller.refresh();
  }

  /** Makes ready what opening will need. Silent when that fails. */
  prefetch(): void {
    this.controller.prefetch();
  }

  /** Consent: from now on the scheduling page's host may be contacted. */
  grant(): void {
    this.controller.grant();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.controller.connect();
  }

  disconnectedCallback(): void {
    this.controller.disconnect();
  }

  /** With this callback `moveBefore()` keeps the framed page as it is. */
  connectedMoveCallback(): void {
    // Nothing to do: nothing was lost.
  }

  protected override optionChanged(name: string): void {
    this.controller.changed(name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-widget': BookingWidgetElement;
  }
}
