import { ALERT_CALM_MS } from '../durations.js';
import type { AlertName, Condition, Level } from './condition.js';

/** Something has been wrong since then, and its owner was notified. */
export interface Episode {
  readonly alert: AlertName;
  readonly subject: string;
  /** The worst there was. */
  readonly level: Level;
  readonly since: number;
  /** Not wrong any more since then; 0 while it is. */
  readonly calmSince: number;
}

/** What the owner is notified of. */
export interface Notice {
  readonly v: 1;
  readonly state: 'firing' | 'resolved';
  readonly alert: AlertName;
  readonly subject: string;
  readonly level: Level;
  /** ISO 8601 */
  readonly since: string;
  readonly at: string;
  readonly value?: number;
  readonly threshold?: number;
  readonly text: string;
}

const nameOf = ({ alert, subject }: Pick<Episode, 'alert' | 'subject'>): string => `${alert} ${subject}`;

const iso = (at: number): string => new Date(at).toISOString();

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

/** One notice when an episode begins, one when it gets worse, one when it is over. */
export function nextEpisodes(
  before: readonly Episode[],
  conditions: readonly Condition[],
  now: number,
): { readonly episodes: Episode[]; readonly notices: Notice[] } {
  const episodes: Episode[] = [];
  const notices: Notice[] = [];
  const known = new Map(before.map((episode) => [nameOf(episode), episode]));
  for (const { alert, subject, level, value, threshold, text } of conditions) {
    const episode = known.get(nameOf({ alert, subject }));
    known.delete(nameOf({ alert, subject }));
    const since = episode?.since ?? now;
    const isWorse = !episode || (level === 'critical' && episode.level === 'warning');
    episodes.push({ alert, subject, level: isWorse ? level : episode.level, since, calmSince: 0 });
    if (isWorse)
      notices.push({
        v: 1,
        state: 'firing',
        alert,
        subject,
        level,
        since: iso(since),
        at: iso(now),
        value,
        threshold,
        text,
      });
  }
  for (const { alert, subject, level, since, calmSince: calm } of known.values()) {
    const calmSince = calm || now;
    if (now - calmSince < ALERT_CALM_MS) {
      episodes.push({ alert, subject, level, since, calmSince });
      continue;
    }
    const text = `Over after ${minutes(calmSince - since)}: ${alert}${subject && ` of ${subject}`}.`;
    notices.push({ v: 1, state: 'resolved', alert, subject, level, since: iso(since), at: iso(now), text });
  }
  return { episodes, notices };
}
