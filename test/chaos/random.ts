/** Choices that are the same for the same seed. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** One of several. */
  of<One>(all: readonly One[]): One;
}

export function dice(seed: number): Dice {
  let state = (seed * 2_654_435_761) % 2_147_483_648;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return {
    next,
    of(all) {
      const one = all[Math.floor(next() * all.length)];
      if (one === undefined) throw new Error('nothing to choose from');
      return one;
    },
  };
}
