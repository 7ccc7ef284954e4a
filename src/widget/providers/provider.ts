import type { Slot } from '../../protocol/availability.js';
import type { BookingNotice } from '../../protocol/booking-notice.js';
import type { FailureCode } from '../../protocol/failure-code.js';
import type { DetailsSource, NativeBooking } from '../booking/native-booking.js';
import type { PrefillAnswer } from './answer-texts.js';
import type { HoldSlot } from './hold.js';

/**
 * What a provider can do. The view and the metrics degrade by these words: a provider whose `ready` is `load` is
 * never reported as ready, one without `availability` shows no times, and so on.
 */
export interface Capabilities {
  /** Whether the page itself says that it is usable, or only the frame's `load` event is there to see. */
  readonly ready: 'message' | 'load';
  readonly height: 'message' | 'fixed';
  readonly booked: 'documented' | 'undocumented' | 'none';
  /** How precisely an address can point at a time. */
  readonly deepLink: 'slot' | 'day' | 'none';
  readonly prefill: 'url' | 'message' | 'both' | 'none';
  /** Whether other sites may frame the page; `no` means a link card instead of a frame. */
  readonly framing: 'yes' | 'conditional' | 'no';
  /** What can request slots: the visitor's browser, only a companion with a secret, or nothing. */
  readonly availability: 'browser' | 'companion' | 'none';
}

/** Answers the visitor would otherwise type. Keys the provider does not know are passed on as custom questions. */
export interface Prefill {
  readonly name?: PrefillAnswer;
  readonly firstName?: PrefillAnswer;
  readonly lastName?: PrefillAnswer;
  readonly email?: PrefillAnswer;
  readonly phone?: PrefillAnswer;
  readonly notes?: PrefillAnswer;
  readonly guests?: PrefillAnswer;
  readonly [question: string]: PrefillAnswer;
}

/** All that decides which page is framed. Plain data: providers know addresses and messages, never the DOM. */
export interface FrameContext {
  /** The scheduling page as the site owner wrote it. */
  readonly page: URL;
  /** Host of the page that embeds, with port; empty where it is unknown. */
  readonly host: string;
  /** Unique per widget on the page; letters, digits and `-` only. */
  readonly namespace: string;
  /** Whether the frame is shown in a dialog. */
  readonly modal: boolean;
  /**
   * `hidden`: loaded out of sight, before the visitor wants it; `revealed`: shown after that. Once a page knows
   * that it is shown, the stage is empty: whatever the frame navigates to afterwards was never hidden.
   */
  readonly stage: 'hidden' | 'revealed' | '';
  /** The chosen time, if any. */
  readonly slot: Slot | null;
  /** IANA name of the zone the visitor sees times in. */
  readonly timeZone: string;
  readonly theme: '' | 'light' | 'dark' | 'auto';
  /** The page's colour scheme around the widget, so that a transparent frame does not turn opaque. */
  readonly colorScheme: 'light' | 'dark' | '';
  /** `#rrggbb` or empty. */
  readonly accent: string;
  readonly layout: string;
  readonly hideDetails: boolean;
  readonly prefill: Prefill;
  /** Page-URL parameters that the site owner lets through, in order, repeated keys kept. */
  readonly params: readonly (readonly [name: string, value: string])[];
}

/** A message of a scheduling page, parsed into our own vocabulary. Nothing else of the message goes any further. */
export type FrameSignal =
  /** The page listens and waits for an answer before it shows itself. */
  | { readonly type: 'hello' }
  | { readonly type: 'ready' }
  /** The page is ready out of sight and waits for being shown. */
  | { readonly type: 'prepared' }
  /**
   * CSS pixels, not yet bounded. `ready` where a believable height also proves that the page is drawn: the frame
   * then counts as ready, if it has not been before.
   */
  | { readonly type: 'resize'; readonly height: number; readonly ready?: true }
  /** `doubtful` where the step that follows is known to fail in frames for some visitors. */
  | { readonly type: 'slot-selected'; readonly doubtful?: true }
  | { readonly type: 'booked'; readonly booking: BookingNotice }
  | { readonly type: 'closed' }
  | { readonly type: 'failed'; readonly code: FailureCode; readonly detail: string };

/** Which slots are wanted, in whole local days. */
export interface SlotsQuery {
  readonly page: URL;
  /** Base URL of the provider's API as the site owner gave it; empty for the provider's own. */
  readonly api: string;
  /** ISO 8601 instants; `end` is exclusive. */
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

/** A GET request, always sent without credentials. */
export interface SlotsRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a browser requests slots from a provider. */
export interface SlotsSource {
  /** The request for a query; null where this page's slots cannot be requested. */
  request(query: SlotsQuery): SlotsRequest | null;
  /** Reads the response body: sorted, no start twice; null when it is not the shape we know. Never throws. */
  read(body: unknown): Slot[] | null;
  /** Whether an error response says that there is no such event type, or that it is disabled. Never throws. */
  isMissing?(status: number, body: unknown): boolean;
}

/**
 * One scheduling service, in a file or a folder of its own; no other code knows its name. Every one passes
 * `test/contracts/provider-contract.ts`.
 */
export interface Provider {
  readonly id: string;
  /** As the service writes itself. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Heights to believe, in CSS pixels: below `min` is ignored, above `max` is cut. */
  readonly height: { readonly min: number; readonly max: number };
  /** Permissions-Policy tokens the page needs, for the frame's `allow`. */
  readonly allow: string;
  /** The page without whatever does not change its answer (tracking, look, prefill): the key of the cache. */
  canonical(page: URL): string;
  /** What to frame. Messages are accepted from its origin, and from others that `acceptsOrigin` allows. */
  frameUrl(context: FrameContext): URL;
  /** What "open in a new tab" opens: the same page, time and prefill, unframed. */
  pageUrl(context: FrameContext): URL;
  /** Reads one message from our own frame; null for everything we have no word for. Never throws. */
  read(data: unknown, context: FrameContext): FrameSignal | null;
  /**
   * What to post back when the frame has loaded, is shown after it was prerendered, or has sent a message.
   * Sent to the frame's exact origin.
   */
  respond(event: 'load' | 'show' | FrameSignal['type'], context: FrameContext): readonly unknown[];
  /** The name of the frame's window, where the page reads it. */
  frameName?(context: FrameContext): string;
  /**
   * Whether a message proves that the page was started with this frame's own address, because it repeats what only that
   * address says (`namespace`, which needs a random part for this). A page at an origin that `acceptsOrigin` refuses
   * may be accepted with such a proof.
   */
  confirms?(message: unknown, context: FrameContext): boolean;
  /**
   * Why a page is still not ready when time is up, given the types of all signals that were read from it; null where
   * they give no reason.
   */
  whyNotReady?(received: readonly FrameSignal['type'][]): Extract<FrameSignal, { type: 'failed' }> | null;
  /** The local day (`YYYY-MM-DD`) that the page's address opens at, so that slots begin there, too; null for today. */
  openingDay?(page: URL): string | null;
  /** Minutes that the page's address asks for; null where it leaves the length of the meeting to the event type. */
  lengthIn?(page: URL): number | null;
  /** The page for meetings of another length; null for the event type's own. Absent where visitors cannot choose one. */
  withLength?(page: URL, minutes: number | null): URL;
  /**
   * Whether the provider itself serves this origin. A frame may be redirected from one of the provider's own origins to
   * another (`acceptsOrigin`); without this method, and for self-hosted pages, only to its own.
   */
  ownsOrigin?(origin: string): boolean;
  /** How a browser requests slots; null where it cannot. */
  readonly slots: SlotsSource | null;
  /** Loads the function that holds a slot; absent where a browser cannot hold one. */
  hold?(): Promise<{ readonly hold: HoldSlot }>;
  /** Loads how a browser reads the details of an event type; absent where it cannot. */
  readonly eventDetails?: () => Promise<{ readonly eventDetails: DetailsSource }>;
  /** Loads how a browser books without the page; absent where it cannot. */
  readonly nativeBooking?: () => Promise<{ readonly nativeBooking: NativeBooking }>;
}
