import type { TemplateResult } from 'lit';
import type { Slot } from '../../protocol/availability.js';
import type { DayWindow } from '../../scheduling/local-days.js';
import {
  availabilityController,
  type AvailabilityController,
} from '../availability/availability-controller.js';
import { slotWindow } from '../availability/slot-window.js';
import { savesData } from '../saves-data.js';
import type { Effect } from '../state/effects.js';
import { chooseTimeZone } from '../time-zone.js';
import { slotFormat } from '../views/slot-format.js';
import { slotsView } from '../views/slots-view.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Keeps the slots: requests what the state wants, forgets what was booked, and draws what is known. */
export class SlotsController implements WidgetController {
  private readonly engine: AvailabilityController;

  constructor(private readonly host: WidgetHost) {
    this.engine = availabilityController((event) => host.store.send(event));
    host.addController(this);
  }

  perform(effect: Effect): void {
    switch (effect.type) {
      case 'request-slots':
        return this.request();
      case 'show-week':
        return this.engine.show(this.window(this.host.store.state.week));
      case 'revalidate-slots':
        return this.engine.revalidate();
      case 'forget-slot':
        return this.engine.forget(effect.start, effect.taken);
      case 'stop-slots':
        return this.engine.stop();
      default:
    }
  }

  /** Requests slots whatever is known, within budget and breaker. */
  refresh(): void {
    this.engine.refresh();
  }

  /** A booking elsewhere: the slot leaves the screen, and its days are requested again. `taken`: false when it is free again. */
  forget(start: string, taken = true): void {
    this.engine.forget(start, taken);
  }

  /** Has another week at hand before the visitor turns to it. */
  prefetch(week: string): void {
    if (!savesData()) this.engine.prefetch(this.window(week));
  }

  /** A slot in words: day, start and, where it is known, end. */
  words(slot: Slot): string {
    const { language, timeZone } = this.host.store.state;
    return slotFormat(language.tag, timeZone).full(slot);
  }

  /** Null while nothing is known. `onChoose` and `onAll` are what the visitor can decide here. */
  view(onChoose: (slot: Slot) => void, onAll: () => void): TemplateResult | null {
    const { store } = this.host;
    return slotsView(store.state, Date.now(), {
      onChoose,
      onAll,
      onUse: () => store.send({ type: 'use-slots' }),
      onTurn: (week) => store.send({ type: 'turn', week }),
      onAim: (week) => this.prefetch(week),
      onRetry: () => this.refresh(),
      onListZones: () => store.send({ type: 'list-zones' }),
      onTimeZone: chooseTimeZone,
    });
  }

  /** The days that the page of slots beginning on `week` needs. */
  private window(week: string | null): DayWindow {
    return slotWindow(this.host.store.state, week, Date.now());
  }

  private request(): void {
    const { provider, options, timeZone, week, ...state } = this.host.store.state;
    const page = state.source.status === 'page' ? state.source.page : null;
    if (!page || !provider) return;
    const { api, companion } = options;
    this.engine.load({ provider, page, api, companion, timeZone }, this.window(week));
  }
}
