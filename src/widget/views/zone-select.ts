import { html, type TemplateResult } from 'lit';
import { keyedItems } from './keyed-items.js';

export interface ZoneSelectModel {
  readonly timeZone: string;
  /** The zone in the visitor's words. */
  readonly text: string;
  /** Whether all zones are listed: there are hundreds, so they come when the visitor comes near the list. */
  readonly isOpen: boolean;
  readonly onNear: () => void;
  readonly onChange: (timeZone: string) => void;
}

/** All zones that the browser knows; only the current one where it lists none. */
function allZones(current: string): readonly string[] {
  try {
    return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current])].sort();
  } catch {
    return [current];
  }
}

/** The zone in words, and a list to change it. */
export function zoneSelect({ timeZone, text, isOpen, onNear, onChange }: ZoneSelectModel): TemplateResult {
  const zones = isOpen ? allZones(timeZone) : [timeZone];
  const items = zones.map((zone) => ({
    key: zone,
    content: html`<option value=${zone} .selected=${zone === timeZone}>${zone.replaceAll('_', ' ')}</option>`,
  }));
  return html`<label
    ><small part="zone">${text}</small>
    <select
      part="zone-choice"
      aria-label=${text}
      @pointerenter=${onNear}
      @pointerdown=${onNear}
      @focus=${onNear}
      @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}
    >
      ${keyedItems(items)}
    </select></label
  >`;
}
