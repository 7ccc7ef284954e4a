import { spread, type Results } from '../results.js';
import { SCENES } from '../scenes/all.js';
import { isOurs } from '../scenes/scene.js';
import type { Chart } from './chart.js';
import { NAMES } from './words.js';

interface Drawn {
  /** Of the file. */
  readonly name: string;
  readonly title: string;
  readonly scene: string;
  readonly unit: string;
  /** What is drawn below one another, each by the name of its figure. */
  readonly figures: readonly string[];
}

const TIMES = ['first visit, time', 'repeat visit, time'];

export const DRAWN: readonly Drawn[] = [
  {
    name: 'in-view',
    title: 'In view until a bookable time is on screen',
    scene: 'in view',
    unit: 'ms',
    figures: TIMES,
  },
  {
    name: 'above-the-fold',
    title: 'Navigation until a bookable time is on screen',
    scene: 'above the fold',
    unit: 'ms',
    figures: TIMES,
  },
  {
    name: 'popup',
    title: 'Press until a bookable time is on screen',
    scene: 'popup',
    unit: 'ms',
    figures: TIMES,
  },
  {
    name: 'phone',
    title: 'Phone: in view until a bookable time is on screen',
    scene: 'phone',
    unit: 'ms',
    figures: TIMES,
  },
  { name: 'booking', title: 'Navigation until booked', scene: 'booking', unit: 'ms', figures: ['booked'] },
  {
    name: 'before-view',
    title: 'Fetched for an embed that nobody has seen',
    scene: 'before view',
    unit: 'kB',
    figures: ['kB'],
  },
  {
    name: 'fifty',
    title: 'Fifty embeds scrolled past: processor time',
    scene: 'fifty',
    unit: 's',
    figures: ['CPU seconds'],
  },
];

/** A chart of what the run has; null where it has nothing of it. */
export function chartOf({ title, scene, unit, figures }: Drawn, results: Results): Chart | null {
  const contenders = SCENES.find(({ name }) => name === scene)?.contenders ?? [];
  const groups = figures.map((figure) => ({
    title: figure.replace(/, time$/, ''),
    bars: contenders.flatMap((contender) => {
      const values = results.of(scene, figure, contender);
      return values.length === 0
        ? []
        : [{ label: NAMES[contender], value: spread(values), ours: isOurs(contender) }];
    }),
  }));
  return groups.some(({ bars }) => bars.length > 0) ? { title, unit, groups } : null;
}
