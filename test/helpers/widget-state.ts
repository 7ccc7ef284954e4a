import type { Availability } from '../../src/protocol/availability.js';
import type { FailureCode } from '../../src/protocol/failure-code.js';
import { readEventDetails, type EventDetails } from '../../src/widget/booking/event-details.js';
import type { Options } from '../../src/widget/options.js';
import type { Capabilities, Provider } from '../../src/widget/providers/provider.js';
import type { WidgetEvent } from '../../src/widget/state/events.js';
import { defaultOptions, initialState } from '../../src/widget/state/initial-state.js';
import { reduce } from '../../src/widget/state/reduce.js';
import type { Source, WidgetState } from '../../src/widget/state/state.js';
import { eventType } from '../unit/booking/event-type.js';

/*
 * Events as a widget sends them, and the state after them.
 */

export const PAGE = new URL('https://schedule.example/acme/30min');

export const pageSource = (canRequestSlots = true): Source => ({
  status: 'page',
  page: PAGE,
  provider: 'test',
  canRequestSlots,
});

export const load = (
  options: Partial<Options> = {},
  source: Source = pageSource(),
): Extract<WidgetEvent, { type: 'load' }> => ({
  type: 'load',
  options: { ...defaultOptions, ...options },
  source,
});

/** A provider that says when it is ready, and whose slots a browser can request. */
export const testProvider = (
  capabilities: Partial<Capabilities> = {},
  more: Partial<Provider> = {},
): Provider => ({
  id: 'test',
  name: 'Test',
  capabilities: {
    ready: 'message',
    height: 'message',
    booked: 'documented',
    deepLink: 'slot',
    prefill: 'url',
    framing: 'yes',
    availability: 'browser',
    ...capabilities,
  },
  height: { min: 100, max: 1000 },
  allow: '',
  canonical: (page) => page.origin + page.pathname,
  frameUrl: ({ page }) => page,
  pageUrl: ({ page }) => page,
  read: () => null,
  respond: () => [],
  slots: null,
  ...more,
});

/** What is known of an ordinary event type of half an hour. */
export function knownDetails(): EventDetails {
  const event = readEventDetails(eventType());
  if (!event) throw new Error('The event type of the tests cannot be read.');
  return event;
}

/** A provider whose event types can be booked without its page. */
export const bookingProvider = testProvider(
  {},
  { nativeBooking: () => Promise.reject(new Error('not loaded here')) },
);

export const providerLoaded = (capabilities: Partial<Capabilities> = {}): WidgetEvent => ({
  type: 'provider-loaded',
  provider: testProvider(capabilities),
});

export const frameFailed = (code: FailureCode = 'timeout'): WidgetEvent => ({
  type: 'frame-failed',
  failure: { code, detail: `seen: ${code}` },
  now: 1000,
  random: 0.5,
});

export const availability = (...starts: string[]): Availability => ({
  v: 1,
  from: '2026-11-21T00:00:00Z',
  to: '2026-12-22T00:00:00Z',
  fetchedAt: 0,
  slots: starts.map((start) => ({ start })),
});

export const slotsFresh = (...starts: string[]): WidgetEvent => ({
  type: 'slots-fresh',
  availability: availability(...starts),
});

/** From the load to a frame that is on its way and slots that can be requested. */
export const BEGUN: readonly WidgetEvent[] = [
  load(),
  { type: 'near', savesData: false },
  { type: 'slots-chunk-loaded' },
  providerLoaded(),
];

export const stateAfter = (...events: readonly WidgetEvent[]): WidgetState =>
  events.reduce(reduce, initialState);
