import type { Effects } from './blocks.ts';
import { windowsPerBlock } from './blocks.ts';
import { percentileInterval, pValueAbove, resampleBlocks } from './bootstrap.ts';
import type { Verdict } from './results.ts';
import type { MetricName, Settings } from './settings.ts';
import { metricNames } from './settings.ts';

/** What the blocks of a session say about one metric, in logarithms; above 0 is worse. */
export type JudgedMetric = {
  readonly name: MetricName;
  readonly verdict: Verdict;
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
  readonly corrected: { readonly confidence: number; readonly interval: readonly [low: number, high: number] };
  /** Windows that would settle it if the effect is what it seems; undefined where it is settled, infinite where none would. */
  readonly windowsToSettle: number | undefined;
};

/**
 * Judges every metric by the rule: FAIL where the interval lies on the worse side as a whole and the effect exceeds the
 * minimum, PASS where the interval ends within the tolerance, otherwise INCONCLUSIVE.
 * FAIL is asked of several metrics and any one of them fails the comparison: Holm's correction keeps that at the stated
 * confidence. A comparison passes only where every metric does, which needs no correction.
 */
export function judgeMetrics(effects: Effects, settings: Settings): readonly JudgedMetric[] {
  const { resamples, seed, confidence, limits } = settings;
  const resampled = resampleBlocks(
    metricNames.map((name) => effects[name]),
    resamples,
    seed,
  );
  const steps = holmCorrection(resampled.map(pValueAbove), 1 - confidence);
  return metricNames.flatMap((name, index) => {
    const [metric, step] = [resampled[index], steps[index]];
    if (metric === undefined || step === undefined) return [];
    const interval = percentileInterval(metric, confidence);
    const [least, most] = [Math.log1p(limits[name].minimumEffect), Math.log1p(limits[name].tolerance)];
    const verdict = decideVerdict(metric.estimate, interval, step.rejected, { least, most });
    const correctedConfidence = 1 - step.level;
    return [
      {
        name,
        verdict,
        estimate: metric.estimate,
        interval,
        corrected: { confidence: correctedConfidence, interval: percentileInterval(metric, correctedConfidence) },
        windowsToSettle:
          verdict === 'INCONCLUSIVE'
            ? windowsToSettle(effects[name].length, metric.estimate, interval, { least, most })
            : undefined,
      },
    ];
  });
}

/** Any FAIL fails, and only where all pass is it a PASS. */
export function overallVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('FAIL')) return 'FAIL';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'PASS') ? 'PASS' : 'INCONCLUSIVE';
}

type LogLimits = { readonly least: number; readonly most: number };

function decideVerdict(
  estimate: number,
  [, high]: readonly [number, number],
  surelyWorse: boolean,
  { least, most }: LogLimits,
): Verdict {
  if (surelyWorse && estimate > least) return 'FAIL';
  return high < most ? 'PASS' : 'INCONCLUSIVE';
}

/** An interval narrows with the root of the number of blocks. */
function windowsToSettle(
  blocks: number,
  estimate: number,
  [low, high]: readonly [number, number],
  { least, most }: LogLimits,
): number {
  const toPass = most > estimate ? ((high - estimate) / (most - estimate)) ** 2 : Number.POSITIVE_INFINITY;
  // A half more: the interval of a FAIL is the corrected one, which is wider.
  const toFail = estimate > least ? 1.5 * ((estimate - low) / estimate) ** 2 : Number.POSITIVE_INFINITY;
  const needed = Math.ceil(blocks * Math.min(toPass, toFail));
  return Math.max(needed, blocks + 1) * windowsPerBlock;
}

/** What a limit is in words: `3 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/**
 * Holm's step-down correction, in the order the p-values were given: over all tests together, a true null hypothesis is
 * rejected with a probability of at most `level`, however the tests depend on each other.
 * The smallest p-value is held against level/m, the next against level/(m−1), and so on until one is not rejected: that one's
 * level is the level of all that follow. Each step says whether its hypothesis is rejected, and the level it was held against.
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
