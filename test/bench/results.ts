import type { Embed } from './pages.js';

export type Contender = Embed | 'none';

/** What one run found: values of each pass by scene, figure and contender. */
export class Results {
  readonly #values = new Map<string, number[]>();

  add(scene: string, contender: Contender, figures: Readonly<Record<string, number>>): void {
    for (const [figure, value] of Object.entries(figures)) {
      const key = keyOf(scene, figure, contender);
      this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }

  /** One value for each pass, in their order. */
  of(scene: string, figure: string, contender: Contender): readonly number[] {
    return this.#values.get(keyOf(scene, figure, contender)) ?? [];
  }

  /** The figures that a scene has, in the order of their first appearance. */
  figures(scene: string): readonly string[] {
    const names = [...this.#values.keys()].map((key) => key.split(SEPARATOR));
    return [...new Set(names.flatMap(([of, figure = '']) => (of === scene ? [figure] : [])))];
  }

  toJSON(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#values);
  }
}

const SEPARATOR = ' / ';

const keyOf = (scene: string, figure: string, contender: string): string =>
  [scene, figure, contender].join(SEPARATOR);

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number): number => sorted[index] ?? NaN;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  };
}

/** Each pass's value divided by the other's of the same pass. */
export const ratios = (values: readonly number[], to: readonly number[]): readonly number[] =>
  values.map((value, pass) => value / (to[pass] ?? NaN));
