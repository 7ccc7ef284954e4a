import { html, nothing, type TemplateResult } from 'lit';
import type { EventDetails } from '../booking/event-details.js';
import { placeName } from '../booking/place-name.js';
import { formatMessage } from '../locales/format-message.js';
import { numberFormat } from '../locales/number-formats.js';
import { lengthOf, wantsFrame } from '../state/selectors.js';
import type { WidgetState } from '../state/state.js';
import { keyedItems } from './keyed-items.js';
import type { SlotsContext } from './slots-context.js';

/** Where the meeting is; empty where the visitor is to choose, or the provider does not say. */
function onlyPlace({ places }: EventDetails): string {
  const [place, ...others] = places ?? [];
  return place && !others.length ? placeName(place) : '';
}

/** How long a meeting is; a list where the visitor can choose. */
function lengthView(
  state: WidgetState,
  { lengths }: EventDetails,
  { tag, strings, actions }: SlotsContext,
): string | TemplateResult | undefined {
  const current = lengthOf(state);
  const number = numberFormat(tag);
  const words = (minutes: number): string =>
    formatMessage(strings.duration, { minutes: number.format(minutes) });
  if (lengths.length < 2 || !state.provider?.withLength) return current ? words(current) : undefined;
  const items = [...new Set([...lengths, ...(current ? [current] : [])])]
    .sort((a, b) => a - b)
    .map((minutes) => ({
      key: `${minutes}`,
      content: html`<option value=${minutes} .selected=${minutes === current}>${words(minutes)}</option>`,
    }));
  return html`<select
    part="length"
    aria-label=${strings.chooseDuration}
    @change=${(event: Event) => actions.onLength(Number((event.target as HTMLSelectElement).value))}
  >
    ${keyedItems(items)}
  </select>`;
}

/**
 * Says who, what, how long and where. The picture is loaded only where the scheduling page itself is, so that it
 * contacts no further host before the visitor wants the page; a letter keeps its place.
 */
export function headView(state: WidgetState, context: SlotsContext, note: TemplateResult): TemplateResult {
  const { strings } = context;
  const { options, details } = state;
  const { event } = details;
  const { label } = options;
  const facts = event
    ? [event.host.name, lengthView(state, event, context), onlyPlace(event)]
    : [label && strings.chooseSlot];
  // Written as `textContent`, which makes a new text node: browsers report the same node as shifted when its direction changes.
  const title = event?.title || label || strings.chooseSlot;
  const avatar = event && wantsFrame(state) ? event.host.avatar : '';
  return html`<div class="about">
    <i aria-hidden="true">
      ${String.fromCodePoint((event?.host.name || title).codePointAt(0) ?? 32)}${
        avatar
          ? html`<img
              src=${avatar}
              alt=""
              width="32"
              height="32"
              loading="lazy"
              referrerpolicy="no-referrer"
            />`
          : nothing
      }
    </i>
    <h2 part="heading"><b dir="auto" .textContent=${title}></b></h2>
    <small part="facts">
      ${facts
        .filter(Boolean)
        // Names keep their own direction of writing.
        .map((fact, index) => html`${index ? ' · ' : nothing}<bdi>${fact}</bdi>`)}
    </small>
    ${note}
  </div>`;
}
