import type { Row } from '../../helpers/effect-rows.js';
import { NINE } from '../../helpers/widget-events.js';
import { BEGUN, slotsFresh } from '../../helpers/widget-state.js';

const TEN = '2026-11-23T10:00:00Z';

/** A booking takes its slot, and the host page's form learns of it; a moved one gives back the slot before, a cancelled one both. */
export const BOOKED_ROWS: readonly Row[] = [
  {
    given: [...BEGUN, slotsFresh(NINE)],
    event: { type: 'booked', booking: { id: 'b1', change: 'created', start: NINE } },
    effects: [
      { type: 'forget-slot', start: NINE, taken: true },
      { type: 'set-form-value', value: 'b1' },
    ],
  },
  {
    given: [...BEGUN, { type: 'booked', booking: { id: 'b1', change: 'created', start: NINE } }],
    event: { type: 'booked', booking: { id: 'b2', change: 'moved', start: TEN } },
    effects: [
      { type: 'forget-slot', start: TEN, taken: true, freed: NINE },
      { type: 'set-form-value', value: 'b2' },
    ],
  },
  {
    given: [...BEGUN, { type: 'booked', booking: { id: 'b1', change: 'created' } }],
    event: { type: 'booked', booking: { id: 'b1', change: 'cancelled', start: NINE } },
    effects: [
      { type: 'forget-slot', start: NINE, taken: false },
      { type: 'set-form-value', value: '' },
    ],
  },
];
