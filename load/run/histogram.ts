/**
 * A histogram of latencies in logarithmic buckets: counts can be added up across runs and processes.
 * Runs in Node and in k6, so it imports nothing.
 */

/** Pairs of bucket and count, by bucket. */
export type Histogram = readonly (readonly [bucket: number, count: number])[];

/** Each bucket is this much wider than the one before, so a value read from it is at most 5 % off, and 2.5 % on average. */
const growth = 1.05;
/** Milliseconds; everything shorter is in the first bucket. */
const shortest = 0.01;

const perLogarithm = 1 / Math.log(growth);

/** How many buckets there are; the last one begins at about two minutes. */
export const bucketCount = 335;

/** The bucket of a duration in milliseconds. */
export function bucketIndex(ms: number): number {
  if (ms <= shortest) return 0;
  return Math.min(bucketCount - 1, 1 + Math.floor(Math.log(ms / shortest) * perLogarithm));
}

/** Where a bucket begins, in milliseconds. */
export function bucketStart(bucket: number): number {
  return bucket === 0 ? 0 : shortest * growth ** (bucket - 1);
}
