import { percentileInterval, resampleBlocks } from '../compare/bootstrap.ts';
import type { Estimate } from '../results.ts';
import { roundResult } from '../results.ts';
import { windowIndex } from '../run/plan.ts';
import { mergeQuantiles, quantile } from '../run/quantiles.ts';
import type { Share } from '../run/share.ts';

const resamples = 4_000;
/** Of all the intervals of a list together: each of them alone is the wider for it. */
const confidence = 0.95;

/** Median latency of each rung, and what each adds to the one before it, with intervals. */
export type LadderLatency = { readonly latency: readonly Estimate[]; readonly marginal: readonly (Estimate | null)[] };

/** Reads a share whose windows were kept by workload. Windows in which a workload got no usual answer are left out. */
export function ladderLatency({ run, distributions }: Share): LadderLatency | undefined {
  const rungs = run.workloads.length;
  const windows = Math.ceil(run.seconds / run.windowSeconds);
  const medians = Array.from({ length: windows }, (_, window) =>
    run.workloads.map((_workload, rung) =>
      quantile(distributions[`window_${windowIndex(window, rung, rungs, true)}`] ?? mergeQuantiles([]), 0.5),
    ),
  ).filter((row) => row.every((median) => median > 0));
  if (medians.length < 3) return undefined;
  const estimates = estimateAll(run.workloads.map((_, rung) => medians.map((row) => row[rung] ?? 0)));
  const added = estimateAll(
    run.workloads.slice(1).map((_, index) => medians.map((row) => (row[index + 1] ?? 0) - (row[index] ?? 0))),
  );
  return { latency: estimates, marginal: [null, ...added] };
}

/**
 * The trimmed mean of each list of values that belong together by their place, with intervals that all hold at once in 95 % of
 * cases (Bonferroni): who looks at seven stages would else see one apart by chance in every third run.
 */
export function estimateAll(lists: readonly (readonly number[])[]): readonly Estimate[] {
  return resampleBlocks(lists, resamples, 1).map((resampled) => {
    const [low, high] = percentileInterval(resampled, 1 - (1 - confidence) / lists.length);
    return { value: roundResult(resampled.estimate), low: roundResult(low), high: roundResult(high) };
  });
}
