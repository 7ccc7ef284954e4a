import type { TemplateResult } from 'lit';
import type { Slot } from '../../protocol/availability.js';
import { addDays, dayOf, startOfDay, type DayWindow } from '../../scheduling/local-days.js';
import { availabilityController } from '../availability/availability-controller.js';
import type { AvailabilityQuery } from '../availability/slots-sources.js';
import { slotWindow } from '../availability/slot-window.js';
import { furtherWindow, pageStart } from '../availability/week-pages.js';
import { chooseClock, onClock } from '../clock-choice.js';
import { loadChunk } from '../load-chunk.js';
import { numberFormat, pluralRules } from '../locales/number-formats.js';
import { onMinute } from '../minute-clock.js';
import { yieldToMain } from '../platform/yield-to-main.js';
import { savesData } from '../saves-data.js';
import { slotsUrlOf } from '../slots-url.js';
import type { Effect } from '../state/effects.js';
import type { WidgetEvent } from '../state/events.js';
import { pageOf } from '../state/selectors.js';
import { chooseTimeZone } from '../time-zone.js';
import { slotFormat } from '../views/slot-format.js';
import type { PickerTools } from '../views/slots-context.js';
import { travel } from '../views/travel.js';
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
const importPicker = () => import('../picker-chunk.js');
const importTools = () => import('../views/picker-tools.js');

/** Keeps the slots: requests what the state wants, forgets what was booked, and draws what is known. */
export function slotsController(host: WidgetHost): SlotsController {
  const { store } = host;
  /** What became known of the slots before they could be drawn. */
  const early: WidgetEvent[] = [];
  const engine = availabilityController((event) => {
    // Slots that cannot be drawn yet are held back: the events of the widget say what is on screen.
    if (picker || event.type === 'slots-pending') store.send(event);
    else early.push(event);
  });
  const { refresh, forget, spend } = engine;
  let picker: Awaited<ReturnType<typeof importPicker>> | undefined;
  let tools: PickerTools | undefined;
  /** Key of the slot, or of the button for more, that the focus came to last. */
  let active = '';
  /** Whether the focus was among the slots before an update. */
  let hadFocus = false;
  /** Where the slot was that is being chosen: it travels from there into the line above the calendar. */
  let pressedAt: DOMRect | null = null;
  let stops: readonly (() => void)[] = [];
  /** The days that were requested last. */
  let shownWindow = '';

  /** The days that the page of slots with the day `week` needs. */
  const windowAt = (week: string | null): DayWindow => slotWindow(store.state, week, Date.now());

  const remember = (window: DayWindow): DayWindow => {
    shownWindow = JSON.stringify(window);
    return window;
  };

  const update = (): void => host.requestUpdate();

  /** The provider's part in the same round trip: what asks for details says what became of it. */
  const loadDetails = (query: AvailabilityQuery | null): ReturnType<typeof importDetails> => {
    const { eventDetails } = query?.provider ?? {};
    if (query && eventDetails && slotsUrlOf(query)) loadChunk(eventDetails).catch(() => undefined);
    return loadChunk(importDetails);
  };

  const focused = (): Element | null => {
    const root = host.renderRoot;
    return root instanceof ShadowRoot ? root.activeElement : null;
  };

  const loadTools = (): void => {
    // Without the chunk the tab key reaches every slot; the next use tries again.
    if (!tools)
      loadChunk(importTools).then(
        (chunk) => {
          tools = chunk;
          update();
        },
        () => undefined,
      );
  };

  /** While slots are being requested there is time to make what they are drawn with, in tasks of their own. */
  const rehearse = async ({ rehearse: draw }: Awaited<ReturnType<typeof importPicker>>): Promise<void> => {
    try {
      for (const make of [slotFormat, numberFormat, pluralRules, () => draw(store.state, Date.now())]) {
        await yieldToMain();
        const { language, timeZone, slots } = store.state;
        if (slots.known || slots.request !== 'pending') return;
        make(language.tag, timeZone);
      }
    } catch {
      // What fails here fails again when there is something to draw, where it is reported.
    }
  };

  /** Has the picker on its way while the slots are being requested; after a failure the next request tries again. */
  const loadPicker = (): void => {
    if (picker) return;
    loadChunk(importPicker).then(
      (chunk) => {
        picker = chunk;
        for (const event of early.splice(0)) store.send(event);
        void rehearse(chunk);
      },
      // Without slots the calendar itself still comes.
      (cause: unknown) => store.send({ type: 'slots-failed', detail: String(cause), chunk: true }),
    );
  };
  loadPicker();

  /** Where nothing is free from the page on, the days after those that are known are requested, all as one range. */
  store.subscribe((event, { timeZone, week, options, slots: { known } }) => {
    if (!known || (event.type !== 'slots-fresh' && (event.type !== 'slots-cached' || event.stale))) return;
    const today = dayOf(Date.now(), timeZone);
    const page = week && week > today ? pageStart(week, today) : null;
    const from = page ? startOfDay(page, timeZone) : 0;
    const end = dayOf(Date.parse(known.to), timeZone);
    if ((page && page >= end) || known.slots.some(({ start }) => Date.parse(start) >= from)) return;
    // The page that the visitor has turned to stays known.
    const further = furtherWindow(page ?? end, today, !!options.companion);
    if (further && addDays(further.first, further.days) > end) engine.show(remember(further));
  });

  return {
    hostConnected() {
      // The line of the zone says what time it is there.
      if (stops.length === 0) stops = [onClock(update), onMinute(update)];
    },
    hostDisconnected() {
      for (const stop of stops) stop();
      stops = [];
    },
    hostUpdate() {
      hadFocus = !!focused()?.matches('[data-key]');
    },
    // The focus stays among the slots when its own one went: it was taken, or another week has come.
    hostUpdated() {
      const root = host.renderRoot;
      const chosen = pressedAt && root.querySelector('[part="chosen"]');
      if (pressedAt && chosen) travel(chosen, pressedAt);
      pressedAt = null;
      if (!hadFocus || focused()) return;
      const keyed = [...root.querySelectorAll<HTMLElement>('.list [data-key]')];
      const next =
        keyed.find(({ dataset }) => dataset['key'] === active) ??
        keyed.find((each) => each.tabIndex === 0 && each.getClientRects().length) ??
        root.querySelector<HTMLElement>('[part="later"]');
      next?.focus();
    },
    perform(effect) {
      const { provider, options, timeZone, week } = store.state;
      const page = pageOf(store.state);
      const { api, companion } = options;
      const query = page && provider && { provider, page, api, companion, timeZone };
      switch (effect.type) {
        case 'recall-slots':
          loadPicker();
          if (query) engine.recall(query, remember(windowAt(week)));
          break;
        case 'recall-details':
          loadDetails(query).then(
            (chunk) => query && chunk.recallDetails(store, query),
            // The request for details loads the chunk again.
            () => undefined,
          );
          break;
        case 'request-slots':
          loadPicker();
          if (query) engine.load(query, remember(windowAt(week)));
          break;
        case 'request-details': {
          const { loadSignal } = store;
          loadDetails(query).then(
            (chunk) => query && chunk.requestDetails(store, query, spend),
            () => loadSignal.aborted || store.send({ type: 'details-failed' }),
          );
          break;
        }
        case 'show-week': {
          const before = shownWindow;
          const window = remember(windowAt(week));
          if (shownWindow === before) engine.revalidate();
          else engine.show(window);
          break;
        }
        case 'revalidate-slots':
          engine.revalidate();
          break;
        case 'forget-slot':
          forget(effect.start, effect.taken);
          if (effect.freed) forget(effect.freed, false);
          break;
        case 'stop-slots':
          // What is known of another page is of no use.
          early.length = 0;
          engine.stop();
          break;
        default:
      }
    },
    refresh,
    forget,
    words: (slot) => slotFormat(store.state.language.tag, store.state.timeZone).full(slot),
    view(onChoose, onAll) {
      if (!picker) return null;
      return picker.slotsView(
        store.state,
        Date.now(),
        {
          onChoose(slot, from) {
            pressedAt = from;
            onChoose(slot);
          },
          onAll,
          onUse() {
            loadTools();
            store.send({ type: 'use-slots' });
          },
          onTurn(week) {
            active = '';
            store.send({ type: 'turn', week });
          },
          // Has the week at hand before the visitor turns to it.
          onAim(week) {
            if (!savesData()) engine.prefetch(windowAt(week));
          },
          onRetry: refresh,
          onListZones: () => store.send({ type: 'list-zones' }),
          onLength: (minutes) => store.send({ type: 'length', minutes }),
          onTimeZone: chooseTimeZone,
          onClock: chooseClock,
          onFocus(key) {
            if (key === active) return;
            active = key;
            update();
          },
        },
        active,
        tools,
      );
    },
  };
}
