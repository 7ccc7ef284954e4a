import type { Slot } from '../../protocol/availability.js';
import type { NativeTimes } from '../native-times.js';
import type { Provider } from '../providers/provider.js';
import type { Happening } from '../widget-controller.js';
import { openLine, type LiveLine, type LiveNews } from './live-line.js';

/** What keeping times live needs to know of the widget. */
export interface LiveNeeds {
  readonly getProvider: () => Promise<Pick<Provider, 'canonical'>>;
  readonly about: () => {
    readonly page: URL;
    /** There while native times are on screen. */
    readonly times: Pick<NativeTimes, 'forget' | 'refresh'> | undefined;
  } | null;
}

const lines = new Map<string, LiveLine>();

/** One for all widgets of the page with the same companion. */
function lineTo(companion: string): LiveLine {
  const line = lines.get(companion) ?? openLine(companion);
  lines.set(companion, line);
  return line;
}

/** A booking may be longer than the times that are offered. */
const overlaps = ({ start, end = start }: Slot, from: number, to: number): boolean =>
  Date.parse(start) < to && Date.parse(end) > from;

/**
 * Takes times off the screen when a companion says that somebody has booked them, in the way in which a booking in
 * another tab does. Returns what hears of everything that happens to the widget: it listens from the first times to the
 * next load.
 */
export function liveTimes(
  companion: string,
  { getProvider, about }: LiveNeeds,
  line = lineTo(companion),
): (happening: Happening) => void {
  let turn = 0;
  let isIn = false;
  let leave: (() => void) | undefined;
  let times: Happening[1]['times'] | undefined;

  const hear = (news: LiveNews): void => {
    const native = about()?.times;
    if (!news) return native?.refresh();
    const { start, end, taken } = news;
    const [from, to] = [Date.parse(start), Date.parse(end)];
    const known = times?.known;
    const free = known?.slots.filter((slot) => overlaps(slot, from, to)) ?? [];
    // A page that comes back is told once more what its times show already: nothing to forget them for.
    if (taken ? !free.length && from < Date.parse(known?.to ?? '') : free.length) return;
    native?.forget(start, taken);
    if (taken) for (const slot of free) if (Date.parse(slot.start) !== from) native?.forget(slot.start);
  };

  const join = async (mine: number): Promise<void> => {
    const provider = await getProvider();
    const { page } = about() ?? {};
    if (mine === turn && page)
      leave = line.add({
        src: provider.canonical(page),
        since: () => times?.known?.fetchedAt ?? Date.now(),
        hear,
      });
  };

  return ([action, state]) => {
    ({ times } = state);
    const type = typeof action === 'string' ? action : action.type;
    if (type === 'load') {
      turn++;
      leave?.();
      leave = undefined;
      isIn = false;
    } else if (!isIn && /^times-(cached|fresh)$/.test(type)) {
      isIn = true;
      // Without its provider the widget has other worries.
      join(turn).catch(() => undefined);
    }
  };
}
