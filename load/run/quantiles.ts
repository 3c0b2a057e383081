/**
 * A distribution as its quantiles at fixed ranks: what k6 can say of a metric of which it keeps every sample.
 * Such distributions can be mixed, so that shares of a run become one. Runs in Node and in k6, so it imports nothing.
 */

/** Ranks in percent: fine in the tail, where percentiles are read. */
export const summaryRanks: readonly number[] = [
  ...Array.from({ length: 99 }, (_, rank) => rank),
  ...Array.from({ length: 20 }, (_, step) => Math.round((99 + step * 0.05) * 100) / 100),
  99.99,
  100,
];

/** How many samples there were, and their values at `summaryRanks`, in milliseconds. */
export type Quantiles = { readonly count: number; readonly values: readonly number[] };

/** The value at a share (0 to 1) of a distribution, linear between ranks; 0 where there is none. */
export function quantile({ count, values }: Quantiles, share: number): number {
  if (count === 0) return 0;
  const rank = share * 100;
  const above = summaryRanks.findIndex((known) => known >= rank);
  const [high, low] = [above, Math.max(0, above - 1)];
  const [highRank = 0, lowRank = 0] = [summaryRanks[high], summaryRanks[low]];
  const [highValue = 0, lowValue = 0] = [values[high], values[low]];
  return highRank === lowRank
    ? highValue
    : lowValue + ((highValue - lowValue) * (rank - lowRank)) / (highRank - lowRank);
}

/** The share (0 to 1) of a distribution that is at most a value. */
function shareAtMost({ values }: Quantiles, value: number): number {
  const above = values.findIndex((known) => known > value);
  if (above === -1) return 1;
  if (above === 0) return 0;
  const [low = 0, high = 0] = [values[above - 1], values[above]];
  const [lowRank = 0, highRank = 0] = [summaryRanks[above - 1], summaryRanks[above]];
  return (lowRank + ((highRank - lowRank) * (value - low)) / (high - low)) / 100;
}

/** Several distributions as one, each weighing as much as it has samples. A rank is off by no more than the ranks lie apart. */
export function mergeQuantiles(parts: readonly Quantiles[]): Quantiles {
  const [first, ...others] = parts.filter(({ count }) => count > 0);
  if (first === undefined) return { count: 0, values: summaryRanks.map(() => 0) };
  if (others.length === 0) return first;
  const all = [first, ...others];
  const count = all.reduce((sum, part) => sum + part.count, 0);
  const points = [...new Set(all.flatMap(({ values }) => values))].sort((a, b) => a - b);
  const cumulated = points.map(
    (value) => all.reduce((sum, part) => sum + part.count * shareAtMost(part, value), 0) / count,
  );
  const values = summaryRanks.map((rank) => {
    const above = cumulated.findIndex((share) => share * 100 >= rank - 1e-9);
    return points[above === -1 ? points.length - 1 : above] ?? 0;
  });
  return { count, values };
}
