/** One line or one set of bars. */
export interface Series {
  readonly name: string;
  /** One for each label; null where nothing is known. */
  readonly values: readonly (number | null)[];
  /** Custom property of the style sheet that holds the colour. */
  readonly color: string;
  readonly kind: 'line' | 'bar';
  /** Lengths of strokes and gaps in pixels: lines differ in more than their colour. */
  readonly dash?: readonly number[];
}

/** What a chart over time shows, and the table behind it. */
export interface ChartModel {
  readonly heading: string;
  /** One sentence with the result, for those who do not see the chart. */
  readonly sentence: string;
  /** The start of each step, for the axis. */
  readonly labels: readonly string[];
  /** Each whole step, for the tooltip and the table. */
  readonly steps: readonly string[];
  readonly series: readonly Series[];
  /** Bars of different series stand on each other. */
  readonly stacked?: boolean;
  readonly format: (value: number) => string;
  /** `count`: whole numbers only. `share`: 0 to 1. `duration`: milliseconds. */
  readonly scale: 'count' | 'share' | 'duration';
  /** Shown instead of a chart without values. */
  readonly empty: string;
}

/** Whether any value can be drawn. */
export const hasValues = ({ series }: ChartModel): boolean =>
  series.some(({ values }) => values.some((value) => value !== null && value !== 0));

/** A list as a table with bars. */
export interface ListModel {
  readonly heading: string;
  readonly sentence: string;
  /** What the names are. */
  readonly names: string;
  /** Headings of the figures. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** More about the name: the whole address, the code. */
    readonly title: string;
    readonly values: readonly string[];
    /** Length of the bar, 0 to 1. */
    readonly share: number;
  }[];
  /** Custom property of the style sheet that holds the colour of the bars. */
  readonly color: string;
  readonly empty: string;
}
