/** Decides whether two kinds of request are answered in the same time. Pure statistics; times are in milliseconds. */

/** Times of two kinds of request, sent alternately. `one` has two halves, which show how much the server varies by itself. */
export type Samples = {
  readonly one: readonly [readonly number[], readonly number[]];
  readonly other: readonly number[];
};

/** The result of a comparison. */
export type TimingVerdict =
  | { readonly kind: 'same'; readonly thresholdMs: number }
  | { readonly kind: 'different'; readonly effectMs: number; readonly thresholdMs: number; readonly p: number }
  | { readonly kind: 'not-decided'; readonly reason: string };

/** A smaller difference is ignored: network noise hides it from most attackers. */
const leastEffectMs = 5;
/** A difference below so many times the server's own spread is ignored too. */
const timesSpread = 3;
/** Probability that one comparison calls two equal kinds different. */
const falsePositiveRate = 1e-3;
/** If the two halves differ with a smaller p-value, nothing is decided. */
const selfDifferenceP = 0.01;

/**
 * Compares two kinds. They are different if the medians differ by the threshold and chance does not explain it. Nothing is
 * decided if the server's times are unstable, or if a large difference may still be chance.
 */
export function compareTimes({ one: [first, second], other }: Samples): TimingVerdict {
  const both = [...first, ...second];
  const thresholdMs = Math.max(
    leastEffectMs,
    timesSpread * Math.max(interquartileRange(both), interquartileRange(other)),
  );
  const self = Math.abs(median(first) - median(second));
  if (self >= leastEffectMs && rankSumP(first, second) <= selfDifferenceP) {
    return {
      kind: 'not-decided',
      reason: `the server's times are unstable: the same request took ${self.toFixed(1)} ms longer in one half of the sample`,
    };
  }
  const effectMs = median(other) - median(both);
  if (Math.abs(effectMs) < thresholdMs) return { kind: 'same', thresholdMs };
  const p = rankSumP(both, other);
  if (p > falsePositiveRate) {
    return {
      kind: 'not-decided',
      reason: `the difference of ${Math.abs(effectMs).toFixed(1)} ms may be chance (p = ${p.toFixed(3)})`,
    };
  }
  return { kind: 'different', effectMs, thresholdMs, p };
}

/** The median; 0 for an empty list. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The interquartile range. */
function interquartileRange(values: readonly number[]): number {
  return quantile(values, 0.75) - quantile(values, 0.25);
}

/** Linear between the closest ranks. */
function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * at;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Two-sided p-value of the Mann-Whitney rank-sum test, exact: every way to choose the ranks is counted.
 * A tie counts half, which can only raise the p-value.
 */
export function rankSumP(left: readonly number[], right: readonly number[]): number {
  const [m, n] = [left.length, right.length];
  let u = 0;
  for (const a of left) for (const b of right) u += (Math.sign(a - b) + 1) / 2;
  const counts = countsOfU(m, n);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const extreme = Math.floor(Math.min(u, m * n - u) + 0.5);
  const tail = counts.slice(0, extreme + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * tail) / total);
}

/** For each value of U: how many choices of m ranks among m + n give it. */
function countsOfU(m: number, n: number): readonly number[] {
  // U is a partition into at most m parts of at most n each. Counted with the recurrence of the Gaussian binomial.
  let rows: number[][] = Array.from({ length: n + 1 }, () => [1]);
  for (let parts = 1; parts <= m; parts += 1) {
    const next: number[][] = [[1]];
    for (let largest = 1; largest <= n; largest += 1) {
      const [without, within] = [next[largest - 1] ?? [], rows[largest] ?? []];
      // Either no part is as large as `largest`, or one is, and one part less remains.
      next.push(
        Array.from({ length: parts * largest + 1 }, (_, at) => (without[at] ?? 0) + (within[at - largest] ?? 0)),
      );
    }
    rows = next;
  }
  return rows[n] ?? [1];
}
