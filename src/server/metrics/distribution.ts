/** Percentiles are at most this share away from the value they stand for. */
export const ACCURACY = 0.01;

const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LN_GAMMA = Math.log(GAMMA);

/** Below this, a value counts as none: neither a tenth of a microsecond nor a shift of a ten-thousandth matters. */
const LEAST = 1e-4;

/** As it is stored: count, sum, smallest, largest, then bucket and weight by turns. */
export type Written = readonly number[];

/**
 * What is left of many values: enough for any percentile to within 1 %, and two of them make one. Buckets grow
 * exponentially, as in DDSketch (Masson, Rim and Lee, VLDB 2019); there are at most 1,400 of them for values up to a day.
 */
export class Distribution {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  readonly #buckets = new Map<number, number>();

  add(value: number, weight = 1): void {
    this.count += weight;
    this.sum += value * weight;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.#fill(value < LEAST ? -Infinity : Math.ceil(Math.log(value) / LN_GAMMA), weight);
  }

  merge(other: Distribution): void {
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    for (const [bucket, weight] of other.#buckets) this.#fill(bucket, weight);
  }

  #fill(bucket: number, weight: number): void {
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + weight);
  }

  /** Smallest values that the given shares of all values do not exceed; NaN without values. Shares in rising order. */
  percentiles(shares: readonly number[]): number[] {
    const sorted = [...this.#buckets].sort(([a], [b]) => a - b);
    const found: number[] = [];
    let [reached, at] = [0, -1];
    let value = NaN;
    for (const share of shares) {
      // Weights of sampled reports are fractions: their sums differ in the last digits.
      const wanted = Math.max(share * this.count * (1 - 1e-9), Number.MIN_VALUE);
      while (reached < wanted && at + 1 < sorted.length) {
        const [bucket, weight] = sorted[++at] as [number, number];
        reached += weight;
        // The middle of its bucket, never outside of what was really seen.
        value = bucket === -Infinity ? 0 : (2 * GAMMA ** bucket) / (GAMMA + 1);
      }
      found.push(Number.isNaN(value) ? NaN : Math.min(this.max, Math.max(this.min, value)));
    }
    return found;
  }

  write(): Written {
    if (this.#buckets.size === 0) return [];
    const buckets = [...this.#buckets].flatMap(([bucket, weight]) => [
      bucket === -Infinity ? NONE : bucket,
      weight,
    ]);
    return [this.count, this.sum, this.min, this.max, ...buckets];
  }

  static read([count = 0, sum = 0, min = Infinity, max = -Infinity, ...buckets]: Written): Distribution {
    const distribution = new Distribution();
    Object.assign(distribution, { count, sum, min, max });
    for (let i = 0; i + 1 < buckets.length; i += 2) {
      const [bucket = 0, weight = 0] = [buckets[i], buckets[i + 1]];
      distribution.#fill(bucket === NONE ? -Infinity : bucket, weight);
    }
    return distribution;
  }
}

/** JSON has no infinity; no value that counts falls into a bucket with this number. */
const NONE = -1_000_000;
