import { html, nothing, type TemplateResult } from 'lit';
import { formatMessage } from '../locales/format-message.js';
import picker from '../locales/languages/en-picker.js';
import english from '../locales/languages/en-slots.js';
import type { WidgetState } from '../state/state.js';
import { activeKey, daysView, nearestView, weekView } from './days-view.js';
import { headView } from './head-view.js';
import { keyedItems } from './keyed-items.js';
import type { SlotsActions } from './slots-actions.js';
import { slotFormat } from './slot-format.js';
import { slotsModel, type SlotsModel } from './slots-model.js';
import type { PickerTools, SlotsContext } from './slots-context.js';
import { zoneView } from './zone-view.js';

/** Buttons that lead nowhere stay where they are, so that a visitor who is on one does not lose their place. */
function pagesView(
  { turns, month, week, today }: SlotsModel,
  { strings, format, actions: { onAim, onTurn } }: SlotsContext,
  isUsed: boolean,
): TemplateResult {
  const { earlier, later } = turns;
  // The other months are there as soon as a pointer or the focus comes near.
  const months = isUsed ? turns.months : [month];
  const aim = (): void => {
    if (later) onAim(later);
  };
  const options = months.map((each) => ({
    key: each,
    content: html`<option value=${each} .selected=${each === month}>${format.month(each, today)}</option>`,
  }));
  const onMonth = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    onTurn(value > today ? value : today);
  };
  return html`<div class="row">
    <select part="month" aria-label=${strings.month} @change=${onMonth}>
      ${keyedItems(options)}
    </select>
    <span>
      <button
        part="earlier"
        aria-label=${strings.previousWeek}
        aria-disabled=${!earlier}
        @click=${() => earlier && onTurn(earlier)}
      ></button>
      <span role="status">${format.days(...week)}</span>
      <button
        part="later"
        aria-label=${strings.nextWeek}
        aria-disabled=${!later}
        @pointerenter=${aim}
        @focus=${aim}
        @click=${() => later && onTurn(later)}
      ></button>
    </span>
  </div>`;
}

/** Why there is nothing to choose, or not what was wanted, and what helps. */
function notesView(
  model: SlotsModel,
  isGone: boolean,
  { strings, format, actions: { onRetry, onTurn } }: SlotsContext,
): TemplateResult {
  const { none, missed, next } = model;
  return html`<p role="status">
      ${[isGone && strings.slotTaken, missed && strings[missed]].map((note) =>
        note ? html`<span>${note} </span>` : nothing,
      )}
      ${none ? html`<span part="no-times">${strings[none]}</span>` : nothing}
    </p>
    ${
      none === 'slotsFailed'
        ? html`<button part="retry" class="primary" @click=${onRetry}>${strings.retry}</button>`
        : nothing
    }${
      next
        ? html`<button part="next-free" class=${none ? 'primary' : nothing} @click=${() => onTurn(next[1])}>
            ${formatMessage(strings.nextFree, { time: format.full(next[0]) })}
          </button>`
        : nothing
    }`;
}

/**
 * A week of slots: columns of days where the widget is wide, one day at a time where it is narrow. Cached slots say when
 * they were fetched. Null while nothing is known.
 *
 * @param lastKey key of the slot that the focus came to last
 * @param tools what a visitor needs who has begun to use the slots; undefined until it is loaded
 */
export function slotsView(
  state: WidgetState,
  now: number,
  actions: SlotsActions,
  lastKey: string,
  tools: PickerTools | undefined,
): TemplateResult | null {
  const { language, timeZone, slots } = state;
  const model = slotsModel(state, now);
  if (!model) return null;
  const strings = { ...english, ...picker, ...language.strings };
  const format = slotFormat(language.tag, timeZone);
  const context: SlotsContext = {
    tag: language.tag,
    strings,
    format,
    actions,
    tools,
    active: activeKey(model, lastKey),
  };
  const { onUse, onAll, onFocus } = actions;
  // Where there is nothing else to press.
  const isLastResort = /^noSlots/.test(model.none ?? '') && !model.next;
  const fetchedAt =
    slots.origin === 'cache' && slots.known ? format.time(new Date(slots.known.fetchedAt)) : '';
  // Browsers also send a move when the page scrolled under a pointer that stands still.
  const onMove = ({ movementX, movementY }: PointerEvent): void => {
    if (movementX || movementY) onUse();
  };
  const onFocusIn = ({ target }: Event): void => {
    onUse();
    const { key } = (target as HTMLElement).dataset;
    if (key) onFocus(key);
  };
  const firstShown = new Date(slots.known?.slots[0]?.start ?? now);
  return html`<div
    part="times"
    @pointerdown=${onUse}
    @focusin=${onFocusIn}
    @pointermove=${onMove}
    @keydown=${(event: KeyboardEvent) => tools?.onKey(event, model.turns, actions.onTurn)}
  >
    ${headView(
      state,
      context,
      html`<small part="as-of" ?hidden=${!fetchedAt}>
        ${fetchedAt ? formatMessage(strings.updated, { time: fetchedAt }) : nothing}
      </small>`,
    )}
    ${pagesView(model, context, state.view !== 'slots')} ${weekView(model, context)}
    <div class="list">
      ${notesView(model, !!state.gone, context)}
      <div>${nearestView(model, context)}</div>
      <div class="days">${daysView(model, context)}</div>
    </div>
    <div class="row foot">
      ${zoneView(timeZone, format.zone(firstShown), format.time(new Date(now)), state.listsZones, context)}
      <button part="all-times" class=${isLastResort ? 'primary' : nothing} @click=${onAll}>
        ${strings.allSlots}
      </button>
    </div>
  </div>`;
}
