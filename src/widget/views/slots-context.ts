import type { CoreStrings, PickerStrings, SlotsStrings } from '../locales/strings.js';
import type { SlotFormat } from './slot-format.js';
import type { SlotsActions } from './slots-actions.js';

/** The chunk with what only a visitor needs who has begun to use the slots. */
export type PickerTools = typeof import('./picker-tools.js');

/** What the views of the slots have in common. */
export interface SlotsContext {
  /** Language tag that `Intl` knows. */
  readonly tag: string;
  readonly strings: SlotsStrings & PickerStrings & CoreStrings;
  readonly format: SlotFormat;
  readonly actions: SlotsActions;
  /** Undefined until the visitor has begun to use the slots and the chunk is loaded. */
  readonly tools: PickerTools | undefined;
  /** Key of the one button among the slots that the tab key reaches. */
  readonly active: string;
}
