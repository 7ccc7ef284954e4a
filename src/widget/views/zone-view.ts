import { html, nothing, type TemplateResult } from 'lit';
import { formatMessage } from '../locales/format-message.js';
import { numberFormat } from '../locales/number-formats.js';
import { keyedItems } from './keyed-items.js';
import type { SlotsContext } from './slots-context.js';

/** All zones that the browser knows; only the current one where it lists none. */
function allZones(current: string): readonly string[] {
  try {
    return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current])];
  } catch {
    return [current];
  }
}

/** The city first, so that typing it finds it in a list: `Buenos Aires, Argentina, America`. */
const cityFirst = (zone: string): string => zone.replaceAll('_', ' ').split('/').reverse().join(', ');

/** A field that finds a zone by its city, once the list has been opened. */
function searchView(
  zones: readonly (readonly [text: string, zone: string])[],
  { strings, actions, tools }: SlotsContext,
): TemplateResult | typeof nothing {
  if (!tools) return nothing;
  const fieldOf = ({ target }: Event): HTMLInputElement => target as HTMLInputElement;
  return html`<input
      part="zone-search"
      type="search"
      list="zones"
      autocomplete="off"
      aria-label=${strings.searchTimeZone}
      placeholder=${strings.searchTimeZone}
      @input=${(event: Event) => tools.findZone(fieldOf(event), zones, strings.noTimeZone, actions.onTimeZone)}
      @change=${(event: Event) => fieldOf(event).reportValidity()}
    /><datalist id="zones">${zones.map(([text]) => html`<option value=${text}></option>`)}</datalist>`;
}

/**
 * The zone, the time there, and a list to change it; and the clock that times are written with.
 *
 * @param words the zone in the visitor's words
 * @param time time of day there
 * @param isOpen whether all zones are listed: there are hundreds, so they come when the visitor comes near the list
 */
export function zoneView(
  timeZone: string,
  words: string,
  time: string,
  isOpen: boolean,
  context: SlotsContext,
): TemplateResult {
  const { strings, tag, format, actions } = context;
  const { onListZones, onTimeZone, onClock } = actions;
  const zones = (isOpen ? allZones(timeZone) : [timeZone]).map((zone) => [cityFirst(zone), zone] as const);
  const items = zones.sort().map(([text, zone]) => ({
    key: zone,
    content: html`<option value=${zone} .selected=${zone === timeZone}>${text}</option>`,
  }));
  const clocks = (['12', '24'] as const).map(
    (clock) =>
      html`<button part="clock" aria-pressed=${clock === format.clock} @click=${() => onClock(clock)}>
        ${(clock === '12' ? strings.hour12 : strings.hour24).replace(clock, numberFormat(tag).format(+clock))}
      </button>`,
  );
  return html`<label title=${words}
      ><small part="zone"
        >${formatMessage(strings.zoneNow, { zone: timeZone.replaceAll('_', ' '), time })}</small
      >
      <select
        part="zone-choice"
        aria-label=${`${strings.timeZone}: ${words}`}
        @pointerenter=${onListZones}
        @pointerdown=${onListZones}
        @focus=${onListZones}
        @change=${(event: Event) => onTimeZone((event.target as HTMLSelectElement).value)}
      >
        ${keyedItems(items)}
      </select></label
    >${isOpen ? searchView(zones, context) : nothing}
    <span role="group" aria-label=${strings.timeFormat}>${clocks}</span>`;
}
