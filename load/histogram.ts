/**
 * A histogram of latencies in logarithmic buckets: counts can be added up across runs and processes.
 * Runs in Node and in k6, so it imports nothing.
 */

/** Each bucket is this much wider than the one before, so a value read from it is at most 2.5 % off. */
const growth = 1.05;
/** Milliseconds; everything shorter is in the first bucket. */
const shortest = 0.01;

/** How many buckets there are; the last one begins at about two minutes. */
export const bucketCount = 335;

/** The bucket of a duration in milliseconds. */
export function bucketOf(ms: number): number {
  if (ms <= shortest) return 0;
  return Math.min(bucketCount - 1, 1 + Math.floor(Math.log(ms / shortest) / Math.log(growth)));
}

/** The middle of a bucket, in milliseconds. */
export function middleOf(bucket: number): number {
  return bucket === 0 ? shortest : shortest * growth ** (bucket - 0.5);
}

/** A percentile (0 to 1) of a histogram given as pairs of bucket and count; 0 where it is empty. */
export function percentile(histogram: readonly (readonly [bucket: number, count: number])[], share: number): number {
  const sorted = [...histogram].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of sorted) {
    seen += count;
    if (seen >= total * share) return middleOf(bucket);
  }
  return 0;
}
