import { html, nothing, type TemplateResult } from 'lit';
import type { Slot } from '../../protocol/availability.js';
import { formatMessage } from '../locales/format-message.js';
import english from '../locales/languages/en-slots.js';
import type { CoreStrings, SlotsStrings } from '../locales/strings.js';
import type { WidgetState } from '../state/state.js';
import { keyedItems, type KeyedItem } from './keyed-items.js';
import { slotFormat, type SlotFormat } from './slot-format.js';
import { slotsModel, type SlotsModel } from './slots-model.js';
import { zoneSelect } from './zone-select.js';

export interface SlotsActions {
  readonly onChoose: (slot: Slot) => void;
  readonly onAll: () => void;
  /** The visitor has begun to use the slots. */
  readonly onUse: () => void;
  readonly onTurn: (week: string | null) => void;
  /** The visitor is about to turn to a week. */
  readonly onAim: (week: string) => void;
  readonly onRetry: () => void;
  readonly onListZones: () => void;
  readonly onTimeZone: (timeZone: string) => void;
}

function slotItems(
  slots: readonly Slot[],
  format: SlotFormat,
  onChoose: SlotsActions['onChoose'],
  note: (slot: Slot) => TemplateResult | typeof nothing = () => nothing,
): readonly KeyedItem[] {
  const timeOf = ({ start }: Slot): string => format.time(new Date(start));
  const nameOf = (slot: Slot, time = timeOf(slot)): string => `${time}, ${format.date(slot)}`;
  const names = slots.map((slot) => nameOf(slot));
  return slots.map((slot, index) => {
    // The two hours of the night when clocks go back differ in their offset, which is shown.
    const isRepeated = names.some((name, other) => name === names[index] && other !== index);
    const text = isRepeated ? `${timeOf(slot)} ${format.offset(slot)}` : timeOf(slot);
    const choose = (): void => onChoose(slot);
    return {
      key: Date.parse(slot.start),
      content: html`<li>
        <button part="slot" aria-label=${nameOf(slot, text)} @click=${choose}>${text}</button>${note(slot)}
      </li>`,
    };
  });
}

/** The slots closest to one that was wanted. */
function nearestView(
  { wanted, nearest }: SlotsModel,
  strings: SlotsStrings & CoreStrings,
  format: SlotFormat,
  { onChoose }: SlotsActions,
): TemplateResult | typeof nothing {
  if (!wanted || !nearest.length) return nothing;
  const reasons = new Map(nearest.map(({ slot, reason }) => [slot, strings.alternatives[reason]]));
  const slots = nearest.map(({ slot }) => slot);
  const note = (slot: Slot): TemplateResult =>
    html`<small>${format.day(slot)}: ${reasons.get(slot) ?? ''}</small>`;
  return html`<div part="day">${formatMessage(strings.closestTo, { time: format.full(wanted) })}</div>
    <ul part="alternatives">
      ${keyedItems(slotItems(slots, format, onChoose, note))}
    </ul>`;
}

function daysView(
  { days, next, none }: SlotsModel,
  strings: SlotsStrings & CoreStrings,
  format: SlotFormat,
  { onChoose, onRetry, onTurn }: SlotsActions,
): TemplateResult {
  const list = days.map(({ day, slots }) => {
    const [first] = slots;
    const name = first ? format.day(first) : day;
    return {
      key: Date.parse(day),
      content: html`<div part="day">${name}</div>
        <ul aria-label=${name}>
          ${keyedItems(slotItems(slots, format, onChoose))}
        </ul>`,
    };
  });
  return html`${
    none === 'slotsFailed' ? html`<button part="retry" @click=${onRetry}>${strings.retry}</button>` : nothing
  }${
    next
      ? html`<button part="next-free" @click=${() => onTurn(next[1])}>
          ${formatMessage(strings.nextFree, { time: format.full(next[0]) })}
        </button>`
      : nothing
  }${keyedItems(list)}`;
}

/** Buttons that lead nowhere stay where they are, so that a visitor who is on one does not lose their place. */
function pagesView(
  { turns, month, pageOfMonth }: SlotsModel,
  strings: SlotsStrings & CoreStrings,
  format: SlotFormat,
  { onAim, onTurn }: SlotsActions,
): TemplateResult {
  const { earlier, later, months } = turns;
  const aim = (): void => {
    if (later) onAim(later);
  };
  const options = months.map((each) => ({
    key: Date.parse(each),
    content: html`<option value=${each} .selected=${each === month}>${format.month(each)}</option>`,
  }));
  const onMonth = (event: Event): void => onTurn(pageOfMonth((event.target as HTMLSelectElement).value));
  return html`<p class="row">
    <button
      part="earlier"
      aria-disabled=${earlier === undefined}
      @click=${() => earlier !== undefined && onTurn(earlier)}
    >
      ${strings.earlier}
    </button>
    <select part="month" aria-label=${strings.month} @change=${onMonth}>
      ${keyedItems(options)}
    </select>
    <button
      part="later"
      aria-disabled=${!later}
      @pointerenter=${aim}
      @focus=${aim}
      @click=${() => later && onTurn(later)}
    >
      ${strings.later}
    </button>
  </p>`;
}

/**
 * Slots as buttons, by day, with pages of weeks after the soonest ones. Cached slots say when they were fetched. Null
 * while nothing is known.
 */
export function slotsView(state: WidgetState, now: number, actions: SlotsActions): TemplateResult | null {
  const { language, timeZone, options, slots } = state;
  const { tag } = language;
  const strings = { ...english, ...language.strings };
  const format = slotFormat(tag, timeZone);
  const model = slotsModel(state, now);
  if (!model) return null;
  const { onUse, onAll, onListZones, onTimeZone } = actions;
  const { none, missed, week, days } = model;
  const fetchedAt =
    slots.origin === 'cache' && slots.known ? format.time(new Date(slots.known.fetchedAt)) : '';
  const notes = [
    state.gone && strings.slotTaken,
    missed && strings[missed],
    week && format.days(...week),
    none && strings[none],
  ].filter(Boolean);
  // Browsers also send a move when the page scrolled under a pointer that stands still.
  const onMove = ({ movementX, movementY }: PointerEvent): void => {
    if (movementX || movementY) onUse();
  };
  const firstShown = new Date(days[0]?.slots[0]?.start ?? now);
  return html`<div part="times" @pointerdown=${onUse} @focusin=${onUse} @pointermove=${onMove}>
    <p class="row">
      <b>${options.label || strings.chooseSlot}</b>
      <small part="as-of" ?hidden=${!fetchedAt}>
        ${fetchedAt ? formatMessage(strings.updated, { time: fetchedAt }) : nothing}
      </small>
    </p>
    <p role="status">
      ${notes.map((note) => html`<span part=${none ? 'no-times' : nothing}>${note} </span>`)}
    </p>
    <div>${nearestView(model, strings, format, actions)}</div>
    <div>${daysView(model, strings, format, actions)}</div>
    ${pagesView(model, strings, format, actions)}
    <p class="row">
      ${zoneSelect({
        timeZone,
        text: `${strings.timeZone}: ${format.zone(firstShown)}`,
        isOpen: state.listsZones,
        onNear: onListZones,
        onChange: onTimeZone,
      })}<button part="all-times" @click=${onAll}>${strings.allSlots}</button>
    </p>
  </div>`;
}
