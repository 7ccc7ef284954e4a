import { html, nothing, type TemplateResult } from 'lit';
import type { Slot } from '../../protocol/availability.js';
import { formatMessage } from '../locales/format-message.js';
import { formatPlural } from '../locales/format-plural.js';
import { numberFormat, signedFormat } from '../locales/number-formats.js';
import { keyedItems, type KeyedItem } from './keyed-items.js';
import type { SlotsContext } from './slots-context.js';
import type { PickerDay, SlotsModel } from './slots-model.js';

const none = (): typeof nothing => nothing;

/** Once the keys work, the tab key reaches one button among the slots; before, it reaches each. */
const tabIndex = (key: string, { tools, active }: SlotsContext): unknown =>
  tools ? (key === active ? 0 : -1) : nothing;

/** Keys of the slots closest to one that was wanted: a slot may be among those of its day as well. */
const NEAR = 'near ';
/** Keys of the days in their row. */
const WEEK_DAY = 'week ';

/** The key that the tab key reaches: the last one that had the focus, as long as it is there, else the first. */
export function activeKey({ days, day, nearest }: SlotsModel, last: string): string {
  const keysOf = ({ day, slots, shown }: PickerDay): readonly string[] => [
    ...shown.map(({ start }) => start),
    ...(slots.length > shown.length ? [day] : []),
  ];
  const weekDays = days.map((each) => WEEK_DAY + each.day);
  const keys = [...nearest.map(({ slot }) => NEAR + slot.start), ...days.flatMap(keysOf), ...weekDays];
  const [first] = days.filter((each) => !day || each.day === day).flatMap(keysOf);
  return keys.includes(last) ? last : (first ?? weekDays[0] ?? '');
}

function slotItems(
  slots: readonly Slot[],
  context: SlotsContext,
  note: (slot: Slot) => unknown = none,
  prefix = '',
): readonly KeyedItem[] {
  const { format, actions } = context;
  const timeOf = ({ start }: Slot): string => format.time(new Date(start));
  const nameOf = (slot: Slot, time = timeOf(slot)): string => `${time}, ${format.date(slot)}`;
  const names = slots.map((slot) => nameOf(slot));
  return slots.map((slot, index) => {
    // The two hours of the night when clocks go back differ in their offset, which is shown.
    const isRepeated = names.some((name, other) => name === names[index] && other !== index);
    const text = isRepeated ? `${timeOf(slot)} ${format.offset(slot)}` : timeOf(slot);
    const key = prefix + slot.start;
    // The first space of `10:00 a.m.` never breaks, but must be able to where the time is wider than its column.
    const shown = text.replace(/\s/, ' ');
    const choose = ({ currentTarget }: Event): void =>
      actions.onChoose(slot, (currentTarget as Element).getBoundingClientRect());
    return {
      key: Date.parse(slot.start),
      content: html`<li>
        <button
          part="slot"
          data-key=${key}
          tabindex=${tabIndex(key, context)}
          aria-label=${nameOf(slot, text)}
          .textContent=${shown}
          @click=${choose}
        ></button>
        ${note(slot)}
      </li>`,
    };
  });
}

/** The slots closest to one that was wanted. */
export function nearestView({ wanted, nearest }: SlotsModel, context: SlotsContext): unknown {
  const { strings, format } = context;
  if (!wanted || !nearest.length) return nothing;
  const reasons = new Map(nearest.map(({ slot, reason }) => [slot, strings.alternatives[reason]]));
  const slots = nearest.map(({ slot }) => slot);
  const note = (slot: Slot): TemplateResult =>
    html`<small>${format.day(slot)}: ${reasons.get(slot) ?? ''}</small>`;
  return html`<h3 part="day">${formatMessage(strings.closestTo, { time: format.full(wanted) })}</h3>
    <ul part="alternatives">
      ${keyedItems(slotItems(slots, context, note, NEAR))}
    </ul>`;
}

/** The days of the page in a row: heads of the columns where the widget is wide, else buttons with what each has. */
export function weekView({ days, day: chosen, today }: SlotsModel, context: SlotsContext): TemplateResult {
  const { strings, tag, format, actions } = context;
  const items = days.map(({ day, slots: { length: count } }) => ({
    key: day,
    content: html`<button
      part="week-day"
      data-key=${WEEK_DAY + day}
      tabindex=${tabIndex(WEEK_DAY + day, context)}
      class=${day === today ? 'today' : nothing}
      aria-label=${`${format.localDay(day)}, ${formatPlural(strings.slotsOn, count, tag)}`}
      aria-pressed=${day === chosen}
      aria-disabled=${!count}
      @click=${() => count && actions.onTurn(day)}
    >
      <small>${format.weekday(day)}</small>${format.dayNumber(day)}<small
        >${count ? numberFormat(tag).format(count) : '–'}</small
      >
    </button>`,
  }));
  return html`<div class="week">${keyedItems(items)}</div>`;
}

/** Each day's slots under its name. In a narrow widget the days beside the chosen one are out of sight. */
export function daysView({ days, day: chosen }: SlotsModel, context: SlotsContext): unknown {
  const { strings, tag, format, actions } = context;
  return keyedItems(
    days.map(({ day, slots, shown }) => {
      const [soonest] = slots;
      const name = soonest ? format.day(soonest) : format.localDay(day);
      const rest = slots.length - shown.length;
      const count = formatPlural(strings.slotsOn, rest, tag);
      const isAside = chosen ? day !== chosen : !shown.length;
      const more = (): void => {
        actions.onTurn(day);
        // The focus goes on with the first slot that this button brings.
        actions.onFocus(slots[shown.length]?.start ?? '');
      };
      return {
        key: day,
        content: html`<section class=${slots.length ? (isAside ? 'aside' : nothing) : 'aside empty'}>
          <h3 part="day">${name}</h3>
          ${
            shown.length
              ? html`<ul aria-label=${name}>
                  ${keyedItems(slotItems(shown, context))}
                </ul>`
              : nothing
          }${
            rest
              ? html`<button
                  part="more"
                  data-key=${day}
                  tabindex=${tabIndex(day, context)}
                  aria-label=${`${shown.length ? '+' : ''}${count}, ${name}`}
                  @click=${more}
                >
                  ${shown.length ? signedFormat(tag).format(rest) : count}
                </button>`
              : nothing
          }
        </section>`,
      };
    }),
  );
}
