import type { Availability, Slot } from '../../protocol/availability.js';
import type { BookingNotice } from '../../protocol/booking-notice.js';
import type { EventDetails } from '../booking/event-details.js';
import type { Options } from '../options.js';
import type { Provider } from '../providers/provider.js';
import type { Language } from '../locales/strings.js';
import type { BrokenView, Failure, Fallback, Source } from './state.js';

/** Everything that can happen to a widget. Times are milliseconds since 1970. */
export type WidgetEvent =
  /** Another page, or the same one again: everything about the old one is forgotten. */
  | { readonly type: 'load'; readonly options: Options; readonly source: Source }
  /** Options changed that only change how the widget looks or acts from now on. */
  | { readonly type: 'options'; readonly options: Options }
  /** The element was removed from the page for good. */
  | { readonly type: 'unload' }
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'time-zone'; readonly timeZone: string }
  | { readonly type: 'fallback'; readonly fallback: Fallback }
  /** The widget is about one and a half screens away. */
  | { readonly type: 'ahead' }
  /** `near`: work may begin. `visible`: the widget has come near the viewport; sent before `near` unless it is eager. */
  | { readonly type: 'visible' }
  | { readonly type: 'near'; readonly savesData: boolean }
  | { readonly type: 'grant' }
  | { readonly type: 'provider-loaded'; readonly provider: Provider }
  | {
      readonly type: 'provider-failed' | 'frame-failed';
      readonly failure: Failure;
      readonly now: number;
      /** 0 to 1; spreads the retries of many visitors. */
      readonly random: number;
    }
  /** The frame has to be started again: the element was moved, the chosen slot or the zone is another. */
  | { readonly type: 'frame-restart' }
  /** Signals of the frame. Those of the frame that a retry keeps alive beside the new one count, too. */
  | { readonly type: 'frame-load' | 'frame-slow' | 'frame-shown' | 'frame-ready' | 'frame-doubt' }
  /** CSS pixels, already within the provider's bounds. */
  | { readonly type: 'frame-height'; readonly height: number }
  | { readonly type: 'failure-taken-over' }
  | { readonly type: 'retry'; readonly automatic: boolean }
  | { readonly type: 'slots-chunk-loaded' | 'slots-pending' }
  /** `stale`: the slots are shown while they are confirmed. */
  | { readonly type: 'slots-cached'; readonly availability: Availability; readonly stale: boolean }
  | { readonly type: 'slots-fresh'; readonly availability: Availability }
  /**
   * `detail` is for the site owner. `chunk`: our own code for slots did not come. `notFound`: the provider's API says that
   * there is no such event type.
   */
  | {
      readonly type: 'slots-failed';
      readonly detail: string;
      readonly chunk?: true;
      readonly notFound?: true;
    }
  /** Slots that have begun by `now` are over. */
  | { readonly type: 'slots-past'; readonly now: number }
  | { readonly type: 'slot-taken'; readonly start: string }
  /** `confirmed`: by a response of the last ten minutes. */
  | { readonly type: 'details'; readonly event: EventDetails; readonly confirmed: boolean }
  | { readonly type: 'details-failed' }
  /** `form-ready`: the widget's own form can book this event type. `form-sent`: from now on a booking may exist. */
  | { readonly type: 'form-ready' | 'form-sent' }
  /** The provider's page takes the form's place, at the chosen slot. `detail` is for the site owner. */
  | { readonly type: 'form-declined'; readonly detail: string }
  /** The visitor begins to use the slots. */
  | { readonly type: 'use-slots' }
  /** The visitor comes near the list of time zones. */
  | { readonly type: 'list-zones' }
  | { readonly type: 'turn'; readonly week: string | null }
  /** The visitor chooses a meeting of so many minutes, of those that the event type offers. */
  | { readonly type: 'length'; readonly minutes: number }
  | { readonly type: 'choose'; readonly slot: Slot }
  | { readonly type: 'show-calendar' | 'back-to-slots' }
  /** The visitor points at, focuses or touches the launcher, or the site owner calls `prefetch()`. */
  | { readonly type: 'intend' | 'prefetch'; readonly savesData: boolean }
  | { readonly type: 'prepared' | 'preparation-failed' }
  | { readonly type: 'open' | 'close' | 'dialog-loaded' }
  /** `via`: missing for what the scheduling page in the frame has done. */
  | { readonly type: 'booked'; readonly booking: BookingNotice; readonly via?: 'form' }
  | {
      readonly type: 'view-failed';
      readonly view: BrokenView;
      readonly detail: string;
      readonly cause?: unknown;
    };
