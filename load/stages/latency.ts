import { percentileInterval, resampleBlocks } from '../compare/bootstrap.ts';
import type { Estimate } from '../results.ts';
import { roundResult } from '../results.ts';
import { windowIndex } from '../run/plan.ts';
import { mergeQuantiles, quantile } from '../run/quantiles.ts';
import type { Share } from '../run/share.ts';

const resamples = 4_000;
/** Confidence of all intervals of a list together, which makes each single interval wider. */
const confidence = 0.95;

/** Median latency of each rung, and the difference to the rung before, with intervals. */
export type LadderLatency = { readonly latency: readonly Estimate[]; readonly marginal: readonly (Estimate | null)[] };

/** Reads a share that has windows by workload. Windows in which a workload got no usual answer are left out. */
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
 * The trimmed mean of each list of paired values, with intervals that are all correct at once in 95 % of
 * cases (Bonferroni): without it, one of seven stages would differ by chance in every third run.
 */
export function estimateAll(lists: readonly (readonly number[])[]): readonly Estimate[] {
  return resampleBlocks(lists, resamples, 1).map((resampled) => {
    const [low, high] = percentileInterval(resampled, 1 - (1 - confidence) / lists.length);
    return { value: roundResult(resampled.estimate), low: roundResult(low), high: roundResult(high) };
  });
}
