import assert from 'node:assert/strict';

/** Numbers that are the same each time. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** The smallest value that a share of all does not exceed, found by sorting them. */
export function percentile(
  values: readonly (readonly [value: number, weight: number])[],
  share: number,
): number {
  const sorted = values.toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  for (const [value, weight] of sorted) {
    reached += weight;
    if (reached >= share * total * (1 - 1e-9)) return value;
  }
  return NaN;
}

export const near = (actual: number | undefined, expected: number, what: string): void =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= expected * 0.0101,
    `${what}: ${actual} is not within 1 % of ${expected}`,
  );
