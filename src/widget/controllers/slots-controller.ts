import type { TemplateResult } from 'lit';
import type { Slot } from '../../protocol/availability.js';
import type { DayWindow } from '../../scheduling/local-days.js';
import { availabilityController } from '../availability/availability-controller.js';
import { slotWindow } from '../availability/slot-window.js';
import { loadChunk } from '../load-chunk.js';
import { savesData } from '../saves-data.js';
import type { Effect } from '../state/effects.js';
import { pageOf } from '../state/selectors.js';
import { chooseTimeZone } from '../time-zone.js';
import { slotFormat } from '../views/slot-format.js';
import { slotsView } from '../views/slots-view.js';
import type { WidgetController, WidgetHost } from './controller.js';

export interface SlotsController extends WidgetController {
  perform(effect: Effect): void;
  /** Requests slots whatever is known, within budget and breaker. */
  refresh(): void;
  /** A booking elsewhere: the slot leaves the screen, and its days are requested again. `taken`: false when it is free again. */
  forget(start: string, taken?: boolean): void;
  /** A slot in words: day, start and, where it is known, end. */
  words(slot: Slot): string;
  /** Null while nothing is known. `onChoose` and `onAll` are what the visitor can decide here. */
  view(onChoose: (slot: Slot) => void, onAll: () => void): TemplateResult | null;
}

const importDetails = () => import('../availability/details-chunk.js');

/** Keeps the slots: requests what the state wants, forgets what was booked, and draws what is known. */
export function slotsController({ store }: WidgetHost): SlotsController {
  const engine = availabilityController((event) => store.send(event));
  const { refresh, forget, spend } = engine;

  /** The days that the page of slots beginning on `week` needs. */
  const windowAt = (week: string | null): DayWindow => slotWindow(store.state, week, Date.now());

  return {
    perform(effect) {
      const { provider, options, timeZone, week } = store.state;
      const page = pageOf(store.state);
      const { api, companion } = options;
      const query = page && provider && { provider, page, api, companion, timeZone };
      switch (effect.type) {
        case 'request-slots':
          if (query) engine.load(query, windowAt(week));
          break;
        case 'request-details': {
          const { loadSignal } = store;
          loadChunk(importDetails).then(
            (chunk) => query && chunk.requestDetails(store, query, spend),
            () => loadSignal.aborted || store.send({ type: 'details-failed' }),
          );
          break;
        }
        case 'show-week':
          engine.show(windowAt(week));
          break;
        case 'revalidate-slots':
          engine.revalidate();
          break;
        case 'forget-slot':
          forget(effect.start, effect.taken);
          break;
        case 'stop-slots':
          engine.stop();
          break;
        default:
      }
    },
    refresh,
    forget,
    words: (slot) => slotFormat(store.state.language.tag, store.state.timeZone).full(slot),
    view: (onChoose, onAll) =>
      slotsView(store.state, Date.now(), {
        onChoose,
        onAll,
        onUse: () => store.send({ type: 'use-slots' }),
        onTurn: (week) => store.send({ type: 'turn', week }),
        // Has the week at hand before the visitor turns to it.
        onAim(week) {
          if (!savesData()) engine.prefetch(windowAt(week));
        },
        onRetry: refresh,
        onListZones: () => store.send({ type: 'list-zones' }),
        onTimeZone: chooseTimeZone,
      }),
  };
}
