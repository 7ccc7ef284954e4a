import type { Slot } from '../../protocol/availability.js';
import type { Provider, SlotsQuestion } from '../providers/provider.js';
import type { Action } from '../widget-state.js';
import { holdOnCalCom } from './cal-com-hold.js';
import type { Hold } from './hold.js';

/** How each provider that lets a browser hold a time is asked; the first argument is where its times are asked for. */
const HOLDERS: Readonly<Record<string, (slotsUrl: string, slot: Slot) => Promise<Hold>>> = {
  cal: holdOnCalCom,
};

/** Whatever of these happens, the visitor does not want the time any more, or has it. */
const ENDS: ReadonlySet<Action['type']> = new Set([
  'load',
  'choose',
  'ask-calendar',
  'back-to-times',
  'times-taken',
  'close',
  'booked',
]);

/**
 * Holds the chosen time while the visitor fills in the form, for site owners who ask for it. Returns what hears of every
 * action. A time that cannot be held is offered all the same.
 */
export function slotHold(
  dispatch: (action: Action) => void,
  getProvider: () => Promise<Provider>,
  about: () => Pick<SlotsQuestion, 'page' | 'api' | 'timeZone'> | null,
  leaving: EventTarget = globalThis,
): (action: Action) => void {
  let turn = 0;
  let wanted = NaN;
  let release: (() => void) | undefined;

  const end = (): void => {
    turn++;
    release?.();
    release = undefined;
    leaving.removeEventListener('pagehide', end);
  };

  const hold = async (slot: Slot): Promise<Hold> => {
    const { id, slotsRequest } = await getProvider();
    const question = about();
    const request = question && slotsRequest({ ...question, start: slot.start, end: slot.start });
    return (request && (await HOLDERS[id]?.(request.url, slot))) ?? { is: 'none' };
  };

  return (action) => {
    if (!ENDS.has(action.type)) return;
    // Whoever books another time takes nothing from this visitor.
    if (action.type === 'times-taken' && Date.parse(action.start) !== wanted) return;
    end();
    if (action.type !== 'choose') return;
    const { slot } = action;
    const mine = turn;
    wanted = Date.parse(slot.start);
    leaving.addEventListener('pagehide', end);
    void hold(slot)
      .catch((): Hold => ({ is: 'none' }))
      .then((answer) => {
        const free = answer.is === 'held' ? answer.release : undefined;
        if (mine !== turn) return free?.();
        release = free;
        if (answer.is === 'taken') dispatch({ type: 'times-taken', start: slot.start });
      });
  };
}
