import { ratios, spread, type Contender, type Results, type Spread } from '../results.js';

interface What {
  readonly title: string;
  readonly scene: string;
  readonly figure: string;
  readonly of: Contender;
}

/** What is promised of ours: at most so much, or at most so many times what another contender took in the same pass. */
export type Row = What &
  ({ readonly most: number; readonly unit: string } | { readonly times: number; readonly to: Contender });

const OURS = { of: 'ours-script' } as const;
const AGAINST_FRAME = { ...OURS, to: 'frame-lazy' } as const;
const NATIVE = { of: 'ours-native' } as const;
const POPUP = { of: 'ours-popup', scene: 'popup' } as const;

export const ROWS: readonly Row[] = [
  {
    ...AGAINST_FRAME,
    title: 'in view → a time, first visit',
    scene: 'in view',
    figure: 'first visit, time',
    times: 0.32,
  },
  {
    ...AGAINST_FRAME,
    title: 'in view → a time, repeat visit',
    scene: 'in view',
    figure: 'repeat visit, time',
    times: 0.01,
  },
  {
    ...AGAINST_FRAME,
    title: 'in view → page ready, first visit',
    scene: 'in view',
    figure: 'first visit, ready',
    times: 1.02,
  },
  {
    ...AGAINST_FRAME,
    title: 'in view → page ready, repeat visit',
    scene: 'in view',
    figure: 'repeat visit, ready',
    times: 1,
  },
  {
    ...AGAINST_FRAME,
    title: 'above the fold: navigation → a time, first visit',
    scene: 'above the fold',
    figure: 'first visit, time',
    times: 0.47,
  },
  {
    ...AGAINST_FRAME,
    title: 'above the fold: navigation → a time, repeat visit',
    scene: 'above the fold',
    figure: 'repeat visit, time',
    times: 0.12,
  },
  {
    ...POPUP,
    title: 'popup: press after 300 ms of hover → a time',
    figure: 'first visit, time',
    most: 33,
    unit: 'ms',
  },
  {
    ...POPUP,
    title: 'popup seen before: press → a time',
    figure: 'repeat visit, time',
    most: 33,
    unit: 'ms',
  },
  {
    ...POPUP,
    title: 'popup: press after 300 ms of hover → page ready',
    figure: 'first visit, ready',
    times: 0.84,
    to: 'frame-dialog',
  },
  { ...OURS, title: '50 scrolled past: frames', scene: 'fifty', figure: 'frames', most: 8, unit: '' },
  {
    ...OURS,
    title: '50 scrolled past: processor time',
    scene: 'fifty',
    figure: 'CPU seconds',
    most: 8,
    unit: 's',
  },
  {
    ...OURS,
    title: '50 scrolled past: blocking time',
    scene: 'fifty',
    figure: 'blocking time',
    most: 50,
    unit: 'ms',
  },
  {
    ...AGAINST_FRAME,
    title: 'phone: in view → a time, first visit',
    scene: 'phone',
    figure: 'first visit, time',
    times: 0.16,
  },
  {
    ...AGAINST_FRAME,
    title: 'phone: in view → a time, repeat visit',
    scene: 'phone',
    figure: 'repeat visit, time',
    times: 0.03,
  },
  {
    ...OURS,
    title: 'phone: longest task of the host page in view, first visit',
    scene: 'phone',
    figure: 'first visit, longest task',
    most: 50,
    unit: 'ms',
  },
  {
    ...OURS,
    title: 'phone: longest task of the host page in view, repeat visit',
    scene: 'phone',
    figure: 'repeat visit, longest task',
    most: 50,
    unit: 'ms',
  },
  {
    ...NATIVE,
    title: 'above the fold: navigation → booked, against our own frame road',
    scene: 'booking',
    figure: 'booked',
    times: 0.35,
    to: 'ours-frame-road',
  },
  {
    ...NATIVE,
    title: 'above the fold: navigation → booked, against Cal.com’s embed.js',
    scene: 'booking',
    figure: 'booked',
    times: 0.35,
    to: 'cal',
  },
  {
    ...NATIVE,
    title: 'native booking: requests to the scheduling service besides its API',
    scene: 'booking',
    figure: 'requests besides the API',
    most: 0,
    unit: '',
  },
];

export interface Judged {
  readonly row: Row;
  /** Of the row's own values. */
  readonly ours: Spread;
  /** Of what the level is about: the same values, or their ratios. */
  readonly measured: Spread;
  readonly holds: boolean;
}

/** The rows that a run has figures for. */
export function judge(results: Results): readonly Judged[] {
  return ROWS.flatMap((row) => {
    const values = results.of(row.scene, row.figure, row.of);
    if (values.length === 0) return [];
    const judgedBy = 'to' in row ? ratios(values, results.of(row.scene, row.figure, row.to)) : values;
    const measured = spread(judgedBy);
    return [
      { row, ours: spread(values), measured, holds: measured.median <= ('to' in row ? row.times : row.most) },
    ];
  });
}
