import type { Availability, Slot } from '../../protocol/availability.js';
import type { BookingNotice } from '../../protocol/booking-notice.js';
import type { FailureCode } from '../../protocol/failure-code.js';
import type { EventDetails } from '../booking/event-details.js';
import type { Language } from '../locales/strings.js';
import type { Options } from '../options.js';
import type { Provider } from '../providers/provider.js';

/** Why there is no calendar. `detail` names what was observed, for the site owner; visitors never read it. */
export interface Failure {
  readonly code: FailureCode;
  readonly detail: string;
  /** The exception, where there was one. */
  readonly cause?: unknown;
}

/**
 * The scheduling page to show. `waiting`: nothing is written yet and the parser may still come to the link inside.
 * `canRequestSlots`: whether somebody can be asked for slots (the provider's API, or a companion).
 */
export type Source =
  | { readonly status: 'none' | 'waiting' }
  | {
      readonly status: 'page';
      readonly page: URL;
      readonly provider: string;
      readonly canRequestSlots: boolean;
    }
  | { readonly status: 'problem'; readonly failure: Failure };

/** What all frames that were asked for have in common. */
interface FrameRun {
  /** Counts the frames of this widget: another number is another frame. */
  readonly run: number;
  /** Counts the tries since the last load, from 1. */
  readonly attempt: number;
  /** The slot that the frame was started with; a frame at one slot does not show all of them. */
  readonly slot: Slot | null;
  /** The failure that this try follows: its view stays until something better is there. */
  readonly after: Failure | null;
}

/**
 * The scheduling page's frame.
 * `idle` not asked for · `loading` asked for, no word from the page yet (`loaded` after the frame's `load` event) ·
 * `slow` the same after the gentle notice · `shown` loaded, and this provider never says more · `linked` a link stands
 * in its place, because this provider lets nobody frame its pages · `ready` the page itself said so · `failed` given up,
 * with `retryAt` (milliseconds since 1970) while an automatic retry is due and null when it is the visitor's turn.
 */
export type FrameState =
  | { readonly status: 'idle'; readonly run: number; readonly attempt: number }
  | ({ readonly status: 'loading' | 'slow'; readonly loaded: boolean } & FrameRun)
  /** `doubtful`: the visitor has come to a step that does not work for everybody in a frame. */
  | ({ readonly status: 'shown' | 'ready'; readonly doubtful: boolean } & FrameRun)
  | ({ readonly status: 'linked' } & FrameRun)
  | ({
      readonly status: 'failed';
      readonly failure: Failure;
      readonly retryAt: number | null;
      /** The host page took the failure over and shows the widget's own children. */
      readonly takenOver: boolean;
    } & FrameRun);

/** Whether there are slots (`known`) and whether they are being requested (`request`) are separate: a failed request keeps old slots. */
export interface SlotsState {
  readonly known: Availability | null;
  /** `cache`: not confirmed since it was read. */
  readonly origin: 'cache' | 'network' | null;
  /**
   * `off` not wanted · `chunk` our own code for slots is being fetched · `unavailable` it did not come, or this provider
   * has no slots · the others are about the provider's answer.
   */
  readonly request: 'off' | 'chunk' | 'unavailable' | 'idle' | 'pending' | 'failed';
  /** Whether they may be requested; until then only those of an earlier visit are shown. Stays true. */
  readonly due: boolean;
  /** Whether the provider's API said last that there is no such event type. */
  readonly missing: boolean;
  /** Counts the times that the slots' code was asked for. */
  readonly run: number;
}

/**
 * What the visitor looks at. `slots`: slots until the calendar is ready. `using`: the visitor has begun to use the
 * slots, so the calendar waits behind them. `form`: the widget's own booking form for the chosen slot, and the
 * confirmation. `calendar`: the scheduling page, or its failure.
 */
export type View = 'slots' | 'using' | 'form' | 'calendar';

/** What is known of the event type: who, what, how long, and what a booking needs. */
export interface Details {
  /** From an earlier visit until it is confirmed, which is enough to be shown; null while nothing is known. */
  readonly event: EventDetails | null;
  /** `failed`: no response confirms it for now. */
  readonly status: 'pending' | 'confirmed' | 'failed';
}

/**
 * The widget's own booking form. `unknown`: whether this event type can be booked in it has to be found out · `no`: it
 * is booked on the provider's page · `yes` · `sent`: a request was sent, and either made a booking or may have made one.
 */
export type FormStatus = 'unknown' | 'no' | 'yes' | 'sent';

/** What fills the dialog before it is opened. */
export type Preparation = 'none' | 'pending' | 'ready';

/** The element's own children, as far as the picture depends on them. */
export interface Fallback {
  /** Text of the link inside that leads to the scheduling page; empty where there is none. */
  readonly text: string;
  readonly hasLink: boolean;
  /** Whether a link or button of the page opens the dialog, so that no launcher is needed. */
  readonly hasLauncher: boolean;
  /** Whether there are children that are more than the fallback link. */
  readonly hasContent: boolean;
}

/** Places of the picture that have thrown and are left out since. */
export type BrokenView = 'slots' | 'form' | 'stage';

export interface WidgetState {
  readonly options: Options;
  readonly source: Source;
  /** Loaded provider of the page; null until its chunk has come. */
  readonly provider: Provider | null;
  /** Hosts that the visitor agreed to contact. */
  readonly granted: readonly string[];
  /**
   * Whether the widget may be seen soon: its own code is fetched and what an earlier visit knew is drawn, but no other host is
   * contacted.
   */
  readonly ahead: boolean;
  /** Whether work may begin: near the viewport, or at once where the option says so. */
  readonly near: boolean;
  /** Whether the widget, or its launcher, has come near the viewport. */
  readonly visible: boolean;
  /** Whether the site owner or the visitor's intent asked for slots before the dialog is open. */
  readonly prefetch: boolean;
  readonly preparation: Preparation;
  readonly frame: FrameState;
  readonly slots: SlotsState;
  readonly details: Details;
  readonly form: FormStatus;
  readonly view: View;
  readonly chosen: Slot | null;
  /** Whether the chosen slot is held for this visitor, so that fresh answers leave it out. */
  readonly held: boolean;
  /** A chosen slot that somebody else took, until the visitor goes on. */
  readonly gone: Slot | null;
  /** Local day that the visitor turned to, on whichever page of slots it lies; null for the soonest slots. */
  readonly week: string | null;
  /** Whether the list of all time zones is filled. */
  readonly listsZones: boolean;
  /** Height that the scheduling page asks for, in CSS pixels, within its provider's bounds; null before it does. */
  readonly height: number | null;
  readonly dialog: 'closed' | 'open';
  /** The dialog's chunk is there. */
  readonly dialogLoaded: boolean;
  readonly booking: BookingNotice | null;
  /** Ids and changes of the bookings that were announced, oldest first; they survive `load`. */
  readonly announced: readonly string[];
  readonly language: Language;
  /** IANA name of the zone that slots are shown in. */
  readonly timeZone: string;
  readonly fallback: Fallback;
  readonly broken: readonly BrokenView[];
}
