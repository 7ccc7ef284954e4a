import type { Slot } from '../../protocol/availability.js';
import type { Clock } from '../clock-choice.js';

/** What the visitor can do with the slots. */
export interface SlotsActions {
  /** `from`: where the slot is on the screen. */
  readonly onChoose: (slot: Slot, from: DOMRect) => void;
  readonly onAll: () => void;
  /** The visitor has begun to use the slots. */
  readonly onUse: () => void;
  /** Turns to a local day and its page. */
  readonly onTurn: (day: string) => void;
  /** The visitor is about to turn to a day. */
  readonly onAim: (day: string) => void;
  readonly onRetry: () => void;
  readonly onListZones: () => void;
  /** Minutes. */
  readonly onLength: (minutes: number) => void;
  readonly onTimeZone: (timeZone: string) => void;
  readonly onClock: (clock: Clock) => void;
  /** The focus has come to the slot, or the button for more, with this key. */
  readonly onFocus: (key: string) => void;
}
