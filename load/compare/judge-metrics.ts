import { windowsPerBlock } from './blocks.ts';
import { percentileInterval, pValueAbove, resampleBlocks } from './bootstrap.ts';
import { type MetricName, metricNames, type Settings, type Verdict } from './results.ts';

/** The judgement of one metric from the blocks of a session, in logarithms; above 0 is worse. */
export type JudgedMetric = {
  readonly name: MetricName;
  readonly verdict: Verdict;
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
  readonly corrected: { readonly confidence: number; readonly interval: readonly [low: number, high: number] };
  /** Windows that should decide it if the effect stays the same; undefined if it is decided, infinite if no number would. */
  readonly windowsToSettle: number | undefined;
};

/**
 * Judges every metric by this rule: FAIL if the whole interval is on the worse side and the effect is larger than the
 * minimum; PASS if the interval ends within the tolerance; INCONCLUSIVE in all other cases.
 * One metric is enough to fail the comparison, so Holm's correction keeps the error of all metrics together at the stated
 * confidence. A comparison passes only if every metric passes, which needs no correction.
 */
export function judgeMetrics(
  effects: readonly (readonly number[])[],
  { resamples, seed, confidence, limits }: Settings,
): readonly JudgedMetric[] {
  const resampled = resampleBlocks(effects, resamples, seed);
  const steps = holmCorrection(resampled.map(pValueAbove), 1 - confidence);
  return metricNames.flatMap((name, index): readonly JudgedMetric[] => {
    const [metric, step] = [resampled[index], steps[index]];
    if (metric === undefined || step === undefined) return [];
    const { estimate } = metric;
    const interval = percentileInterval(metric, confidence);
    const [least, most] = [Math.log1p(limits[name].minimumEffect), Math.log1p(limits[name].tolerance)];
    const correctedConfidence = 1 - step.level;
    const corrected = { confidence: correctedConfidence, interval: percentileInterval(metric, correctedConfidence) };
    const judged = { name, estimate, interval, corrected, windowsToSettle: undefined };
    if (step.rejected && estimate > least) return [{ ...judged, verdict: 'FAIL' }];
    if (interval[1] < most) return [{ ...judged, verdict: 'PASS' }];
    const blocks = effects[index]?.length ?? 0;
    const settle = windowsToSettle(blocks, estimate, interval, { least, most });
    return [{ ...judged, verdict: 'INCONCLUSIVE', windowsToSettle: settle }];
  });
}

/** FAIL if any metric fails; PASS only if all pass. */
export function overallVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('FAIL')) return 'FAIL';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'PASS') ? 'PASS' : 'INCONCLUSIVE';
}

/** The width of an interval falls with the square root of the number of blocks. */
function windowsToSettle(
  blocks: number,
  estimate: number,
  [low, high]: readonly [number, number],
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const toPass = most > estimate ? ((high - estimate) / (most - estimate)) ** 2 : Number.POSITIVE_INFINITY;
  // Half as many again, because the corrected interval of a FAIL is wider.
  const toFail = estimate > least ? 1.5 * ((estimate - low) / estimate) ** 2 : Number.POSITIVE_INFINITY;
  const needed = Math.ceil(blocks * Math.min(toPass, toFail));
  return Math.max(needed, blocks + 1) * windowsPerBlock;
}

/** A share as text: `3 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/**
 * Holm's step-down correction, in the order the p-values were given: over all tests together, a true null hypothesis is
 * rejected with a probability of at most `level`, however the tests depend on each other.
 * The smallest p-value is compared with level/m, the next with level/(m−1), and so on until one is not rejected. The level of that
 * one is the level of all that follow. Each step says whether its hypothesis is rejected, and at which level.
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holmCorrection(
  pValues: readonly number[],
  level: number,
): readonly { readonly rejected: boolean; readonly level: number }[] {
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const steps: { rejected: boolean; level: number }[] = [];
  let stoppedAt: number | undefined;
  for (const [rank, { p, index }] of ascending.entries()) {
    const own = stoppedAt ?? level / (pValues.length - rank);
    const rejected = stoppedAt === undefined && p <= own;
    if (!rejected) stoppedAt ??= own;
    steps[index] = { rejected, level: own };
  }
  return steps;
}
