import type { Slot } from '../../protocol/availability.js';
import type { BookingNotice } from '../../protocol/booking-notice.js';
import type { FailureCode } from '../../protocol/failure-code.js';

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
  /** Who can ask for bookable times: the visitor's browser, only a companion with a secret, or nobody. */
  readonly availability: 'browser' | 'companion' | 'none';
}

/** Answers the visitor would otherwise type. Keys the provider does not know are passed on as custom questions. */
export interface Prefill {
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly notes?: string;
  readonly guests?: readonly string[];
  readonly [question: string]: string | readonly string[] | undefined;
}

/** All that decides which page is framed. Plain data: providers know addresses and messages, never the DOM. */
export interface FrameContext {
  /** The scheduling page as the site owner wrote it. */
  readonly page: URL;
  /** Host of the page that embeds, with port. */
  readonly host: string;
  /** Unique per widget on the page; letters, digits and `-` only. */
  readonly namespace: string;
  /** Whether the frame is shown in a dialog. */
  readonly modal: boolean;
  /** `hidden`: made ready out of sight, for when somebody asks for it; `revealed`: that was so, and it is looked at now. */
  readonly stage: 'hidden' | 'revealed' | '';
  /** The chosen time, if any. */
  readonly slot: Slot | null;
  /** IANA name of the zone the visitor sees times in. */
  readonly timeZone: string;
  readonly theme: '' | 'light' | 'dark' | 'auto';
  /** The page's colour scheme around the widget, so that a transparent frame does not turn opaque. */
  readonly colorScheme: 'light' | 'dark' | '';
  /** A CSS colour or empty. */
  readonly accent: string;
  readonly layout: string;
  readonly hideDetails: boolean;
  readonly prefill: Prefill;
  /** Page-URL parameters that the site owner lets through, in order, repeated keys kept. */
  readonly params: readonly (readonly [name: string, value: string])[];
}

/** What a scheduling page told us, in our own words. Nothing else of its message goes any further. */
export type FrameSignal =
  /** The page listens and waits for an answer before it shows itself. */
  | { readonly type: 'hello' }
  | { readonly type: 'ready' }
  /** The page is ready out of sight and waits for being shown. */
  | { readonly type: 'prepared' }
  /**
   * CSS pixels, not yet bounded. `ready` where a believable height is also proof that the page is drawn: whoever hears it
   * takes it for `ready` if the page has not been ready before.
   */
  | { readonly type: 'resize'; readonly height: number; readonly ready?: true }
  /** `doubtful` where the step that follows is known to fail in frames for some visitors. */
  | { readonly type: 'slot-selected'; readonly doubtful?: true }
  | { readonly type: 'booked'; readonly booking: BookingNotice }
  | { readonly type: 'closed' }
  | { readonly type: 'failed'; readonly code: FailureCode; readonly detail: string };

/** A question about bookable times, in whole local days. */
export interface SlotsQuestion {
  readonly page: URL;
  /** Base URL of the provider's API as the site owner gave it; empty for the provider's own. */
  readonly api: string;
  /** ISO 8601 instants; `end` is exclusive. */
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

/** How to ask: always a GET without credentials. */
export interface SlotsRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One scheduling service. One file each; every one passes `test/contracts/provider-contract.ts`. */
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
  /** What to frame. Its origin is the only one whose messages are listened to. */
  frameUrl(context: FrameContext): URL;
  /** What "open in a new tab" opens: the same page, time and prefill, unframed. */
  pageUrl(context: FrameContext): URL;
  /** Reads one message from our own frame; null for everything we have no word for. Never throws. */
  read(data: unknown, context: FrameContext): FrameSignal | null;
  /**
   * What to post back when the frame has loaded, is shown after it was made ready out of sight, or has said something.
   * Sent to the frame's exact origin.
   */
  respond(event: 'load' | 'show' | FrameSignal['type'], context: FrameContext): readonly unknown[];
  /** How to ask for bookable times from the browser; null where this page or service cannot be asked. */
  slotsRequest(question: SlotsQuestion): SlotsRequest | null;
  /** Reads the answer: sorted, no start twice; null when it is not the shape we know. Never throws. */
  readSlots(body: unknown): Slot[] | null;
}
