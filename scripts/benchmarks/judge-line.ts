import type { BenchResult } from './bench.generated.ts';
import type { Goal, Line, Measured } from './row.ts';

/** The middle of some numbers; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
}

/** A goal as text: `>= 0.6`. */
export function goalText(goal: Goal): string {
  return 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
}

/** The result of a line. Without samples nothing is known, and nothing is met. */
export function judgeLine(id: string, line: Line, { samples, note }: Measured): BenchResult {
  const { part = null, what, nextTo = null, unit, goal } = line;
  const ratios = samples.flatMap(({ ours, peer }) => (peer === null ? [] : [ours / peer]));
  // A ratio is made of two runs next to each other. The ratio of two medians would mix runs of different times.
  const judged = nextTo === null ? samples.map(({ ours }) => ours) : ratios;
  const value = median(judged);
  const known = judged.length > 0 && !Number.isNaN(value);
  const met = 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
  return {
    id,
    part,
    what,
    nextTo,
    unit,
    ours: medianOrNull(samples.map(({ ours }) => ours)),
    peer: medianOrNull(samples.flatMap(({ peer }) => peer ?? [])),
    ratio: medianOrNull(ratios),
    goal: goalText(goal),
    met: known ? met : null,
    spread:
      known && judged.every(Number.isFinite) ? [rounded(Math.min(...judged)), rounded(Math.max(...judged))] : null,
    samples: samples.length,
    ...(note === undefined ? {} : { note }),
  };
}

function medianOrNull(values: readonly number[]): number | null {
  const middle = median(values);
  // A peer that found nothing gives a ratio without an end.
  return Number.isFinite(middle) ? rounded(middle) : null;
}

/** Four digits are more than any of these numbers has. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
