/** Deciding whether two kinds of request are answered in the same time. Pure statistics; times in milliseconds. */

/** Times of two kinds of request, sent alternately; `one` in two halves, which measure the server against itself. */
export type Samples = {
  readonly one: readonly [readonly number[], readonly number[]];
  readonly other: readonly number[];
};

/** What the samples allow to say. */
export type TimingVerdict =
  | { readonly kind: 'alike'; readonly thresholdMs: number }
  | { readonly kind: 'apart'; readonly effectMs: number; readonly thresholdMs: number; readonly p: number }
  | { readonly kind: 'not-decided'; readonly reason: string };

/** A smaller difference is no finding: what a network adds would hide it from any attacker but the patient. */
const leastEffectMs = 5;
/** Nor is one that the server's own spread explains. */
const timesSpread = 3;
/** Chance of calling two alike kinds apart, in one comparison. */
const falsePositiveRate = 1e-3;
/** How unlike itself the server may be before nothing can be said. */
const selfUnlikeP = 0.01;

/**
 * Compares two kinds: apart where the medians differ by the minimum effect and by more than chance; not decided where the
 * server differs from itself, or where a difference is large and chance still explains it.
 */
export function compareTimes({ one: [first, second], other }: Samples): TimingVerdict {
  const both = [...first, ...second];
  const thresholdMs = Math.max(
    leastEffectMs,
    timesSpread * Math.max(interquartileRange(both), interquartileRange(other)),
  );
  const self = Math.abs(median(first) - median(second));
  if (self >= leastEffectMs && rankSumP(first, second) <= selfUnlikeP) {
    return {
      kind: 'not-decided',
      reason: `the same request took ${self.toFixed(1)} ms longer the other half of the time`,
    };
  }
  const effectMs = median(other) - median(both);
  if (Math.abs(effectMs) < thresholdMs) return { kind: 'alike', thresholdMs };
  const p = rankSumP(both, other);
  if (p > falsePositiveRate) {
    return {
      kind: 'not-decided',
      reason: `${Math.abs(effectMs).toFixed(1)} ms apart, which chance may explain (p ${p.toFixed(3)})`,
    };
  }
  return { kind: 'apart', effectMs, thresholdMs, p };
}

/** The median; 0 of nothing. */
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
 * Ties count half, which only makes it more cautious.
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

/** How many of the choices of m ranks among m + n give each value of U. */
function countsOfU(m: number, n: number): readonly number[] {
  // U is a partition into at most m parts of at most n each: the Gaussian binomial, by its recurrence.
  let rows: number[][] = Array.from({ length: n + 1 }, () => [1]);
  for (let parts = 1; parts <= m; parts += 1) {
    const next: number[][] = [[1]];
    for (let largest = 1; largest <= n; largest += 1) {
      const [without, within] = [next[largest - 1] ?? [], rows[largest] ?? []];
      // Either no part is as large as `largest`, or one is, and the rest has a part less.
      next.push(
        Array.from({ length: parts * largest + 1 }, (_, at) => (without[at] ?? 0) + (within[at - largest] ?? 0)),
      );
    }
    rows = next;
  }
  return rows[n] ?? [1];
}
