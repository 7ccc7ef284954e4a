import { reportEndpoint } from '../metrics/report-endpoint.js';
import type { WidgetState } from '../state/state.js';
import { dataLayer } from './data-layer.js';
import type { CreateObserver } from './observer.js';
import { reports } from './reports.js';
import { timings } from './timings.js';

export interface ObserverEntry {
  /**
   * Null where the observer is not wanted; otherwise a key of what it is wanted for. Another key starts the observer
   * again.
   */
  readonly wanted: (state: WidgetState) => string | null;
  readonly create: CreateObserver | { readonly load: () => Promise<CreateObserver> };
}

const when = (condition: unknown): string | null => (condition ? 'on' : null);

/** Everything that follows a widget without taking part. What few site owners ask for is fetched only for them. */
export const OBSERVERS: readonly ObserverEntry[] = [
  // Before the timings: it passes on what they announce, also of what happened before this chunk came.
  { wanted: ({ options }) => when(options['data-layer']), create: dataLayer },
  { wanted: () => when(true), create: timings },
  { wanted: ({ options }) => reportEndpoint(options) || null, create: reports },
  {
    wanted: ({ options }) => when(options.debug),
    create: { load: async () => (await import('./debug-log.js')).debugLog },
  },
  {
    wanted: ({ options }) => when(options.reserve),
    create: { load: async () => (await import('./slot-hold.js')).slotHold },
  },
  {
    wanted: ({ options }) => (options.availability !== 'off' && options.companion) || null,
    create: { load: async () => (await import('./live-updates.js')).liveUpdates },
  },
];
