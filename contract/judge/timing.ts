/**
 * Decides whether two kinds of request are answered in the same time. Pure statistics; times are in milliseconds.
 *
 * The two requests of a pair are sent one after the other, in an order that is drawn. If a server treats both kinds in the same way, the
 * sign of each difference is that of a fair coin, whatever the noise is: heavy tails, bursts and drift included. So the sign
 * test and the interval of the median that belongs to it are exact (compared with other tests by Kario, eprint 2023/1441).
 */
import type { Timing } from '../results.generated.ts';

/**
 * The result of a comparison: a difference that matters is excluded, found, or neither. The effect is the median of the paired
 * differences, the other kind minus the one; its interval is infinite if there are too few pairs.
 */
export type TimingVerdict = ReturnType<typeof intervalOfMedian> & {
  readonly kind: 'same' | 'different' | 'not-decided';
};

/** Numbers of pairs after which a comparison looks at its differences. The first is the least that can decide. */
export const looks: readonly number[] = [18, 36, 72, 144, 288, 576];

/** The probability that a comparison of two equal kinds finds a difference. The looks share it. */
export const errorRate = 1e-4;

/**
 * Judges the differences after a new pair; undefined to continue. A difference is excluded if the interval is within the
 * limit on both sides. It is found if the interval is beyond half the limit: a difference of exactly the limit has to be found
 * too, and a much smaller one must not fail a server.
 * @param limitMs the smallest difference that matters.
 * @param isOver whether no further pair can be sent. This uses up the next look, so the error rate holds.
 */
export function judgePairs(differences: readonly number[], limitMs: number, isOver = false): TimingVerdict | undefined {
  const isLast = isOver || differences.length >= (looks.at(-1) ?? 0);
  if (!isLast && !looks.includes(differences.length)) return undefined;
  const interval = intervalOfMedian(differences, errorRate / looks.length);
  const { fromMs, toMs } = interval;
  if (-limitMs < fromMs && toMs < limitMs) return { kind: 'same', ...interval };
  if (fromMs > limitMs / 2 || toMs < -limitMs / 2) return { kind: 'different', ...interval };
  return isLast ? { kind: 'not-decided', ...interval } : undefined;
}

/**
 * The smallest difference that a comparison could tell from none; infinite if there are too few pairs. Where one was found,
 * only the end of the interval on the side of none counts.
 */
export function smallestVisible({ kind, effectMs, fromMs, toMs }: TimingVerdict): number {
  const [below, above] = [effectMs - fromMs, toMs - effectMs];
  if (kind !== 'different') return Math.max(below, above);
  return effectMs > 0 ? below : above;
}

/**
 * The exact interval of the median, between two of the sorted values.
 * @param error the highest probability that the median is outside.
 */
export function intervalOfMedian(
  values: readonly number[],
  error: number,
): Pick<Timing, 'pairs' | 'effectMs' | 'fromMs' | 'toMs'> {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  // The number of values below the median is that of heads in n tosses; outside[k] is the probability of at most k.
  let [tosses, outside, out] = [2 ** -n, 2 ** -n, 0];
  while (2 * outside <= error) {
    out += 1;
    tosses *= (n - out + 1) / out;
    outside += tosses;
  }
  return {
    pairs: n,
    effectMs: median(sorted),
    fromMs: sorted[out - 1] ?? Number.NEGATIVE_INFINITY,
    toMs: sorted[n - out] ?? Number.POSITIVE_INFINITY,
  };
}

/** The median; 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below = 0, above = below] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return (below + above) / 2;
}
