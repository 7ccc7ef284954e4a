import type { Contender } from '../results.js';
import type { World } from '../world.js';

export type Figures = Readonly<Record<string, number>>;

/** One thing a visitor does, measured for each contender in each pass. */
export interface Scene {
  readonly name: string;
  readonly contenders: readonly Contender[];
  readonly passes: number;
  /** Fewer contenders and one pass, for a quick look; null: not part of one. */
  readonly quick: readonly Contender[] | null;
  measure(world: World, contender: Contender, pass: number): Promise<Figures>;
}

/** The same contenders, another one first in each pass. */
export const rotated = <T>(all: readonly T[], pass: number): readonly T[] => {
  const first = pass % Math.max(all.length, 1);
  return [...all.slice(first), ...all.slice(0, first)];
};

export const isOurs = (contender: Contender): boolean => contender.startsWith('ours');
