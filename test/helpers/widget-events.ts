import type { WidgetEvent } from '../../src/widget/state/events.js';
import { bookingProvider, load, providerLoaded, slotsFresh } from './widget-state.js';

export const NINE = '2026-11-23T09:00:00Z';
export const READY: WidgetEvent = { type: 'frame-ready' };
export const NEAR: WidgetEvent = { type: 'near', savesData: false };
export const INTEND: WidgetEvent = { type: 'intend', savesData: false };
export const choose: WidgetEvent = { type: 'choose', slot: { start: NINE } };
export const POPUP: readonly WidgetEvent[] = [load({ mode: 'popup' }), providerLoaded()];
export const OPEN: readonly WidgetEvent[] = [...POPUP, { type: 'open' }, { type: 'slots-chunk-loaded' }];
export const problem = load({}, { status: 'problem', failure: { code: 'bad-config', detail: '' } });

/** A widget whose slots are due; its scheduling page waits until the visitor wants it, as does its own form. */
export const waitingWidget = (more: Parameters<typeof load>[0] = {}): readonly WidgetEvent[] => [
  load({ loading: 'interaction', ...more }),
  NEAR,
  { type: 'slots-chunk-loaded' },
  { type: 'provider-loaded', provider: bookingProvider },
];

/** A slot is chosen before it is known whether it can be booked in the widget's own form. */
export const FORM: readonly WidgetEvent[] = [
  load(),
  NEAR,
  { type: 'slots-chunk-loaded' },
  { type: 'provider-loaded', provider: bookingProvider },
  slotsFresh(NINE),
  choose,
];
