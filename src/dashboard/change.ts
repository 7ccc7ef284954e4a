import type { Summary } from './figures.js';
import type { Format } from './format.js';

/** How a figure compares with the period before. */
export interface Change {
  readonly text: string;
  readonly direction: 'up' | 'down' | 'same';
  /** What that means for the owner. */
  readonly verdict: 'better' | 'worse' | 'same';
}

/** Which way is better. */
export type Better = 'more' | 'less';

function change(now: number, before: number, better: Better, text: string): Change {
  if (now === before) return { text, direction: 'same', verdict: 'same' };
  const isUp = now > before;
  return {
    text,
    direction: isUp ? 'up' : 'down',
    verdict: isUp === (better === 'more') ? 'better' : 'worse',
  };
}

/** Of a count, in per cent of what it was; undefined where it was 0 and is not, because that has no percentage. */
export function countChange(
  now: number,
  before: number,
  format: Format,
  better: Better = 'more',
): Change | undefined {
  if (before === 0) return now === 0 ? change(0, 0, better, 'no change') : undefined;
  const share = Math.round((Math.abs(now - before) / before) * 100) / 100;
  if (share === 0) return change(now, now, better, 'no change');
  return change(now, before, better, format.percent(share));
}

/** Of a share, in percentage points. */
export function shareChange(
  now: number | null,
  before: number | null,
  format: Format,
  better: Better = 'more',
): Change | undefined {
  if (now === null || before === null) return undefined;
  const points = Math.round(Math.abs(now - before) * 1000) / 10;
  if (points === 0) return change(now, now, better, 'no change');
  return change(now, before, better, `${format.decimal(points)} ${points === 1 ? 'point' : 'points'}`);
}

/** Of a duration in milliseconds: less is better. */
export function durationChange(
  now: number | undefined,
  before: number | undefined,
  format: Format,
): Change | undefined {
  if (now === undefined || before === undefined) return undefined;
  const difference = Math.abs(now - before);
  if (difference < 10) return change(now, now, 'less', 'no change');
  return change(now, before, 'less', `${format.duration(difference)} ${now < before ? 'faster' : 'slower'}`);
}

/**
 * Whether the companion counted during the whole period before: it has loads in its first quarter. Without them it was
 * not there yet, or has already forgotten them, and a comparison would be of unlike periods.
 */
export function isComparable({ series }: Pick<Summary, 'series'>): boolean {
  const first = series.slice(0, Math.ceil(series.length / 4));
  return first.some(({ count }) => count > 0);
}
