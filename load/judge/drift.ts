import { estimateAll } from '../compare/bootstrap.ts';
import { type Drift, roundResult, type WindowResult } from '../results.ts';

/** A percentile drifts if it is certainly this much higher at the end than at the beginning. */
const drifting = 1.1;
/** With fewer windows in a third, the result would be chance. */
const leastOfThird = 3;

/** Compares the last third of a run's windows with the first, with an interval from resampling both. Pure. */
export function measureDrift(windows: readonly WindowResult[]): readonly Drift[] {
  const third = Math.floor(windows.length / 3);
  if (third < leastOfThird) return [];
  return (['p50', 'p99'] as const).flatMap((percentile) => {
    const log = (window: WindowResult | undefined): number =>
      Math.log(Math.max(window?.latency[percentile] ?? 0, 1e-3));
    // Pairs each window at the end with one at the beginning, in order: there is no better way to pair them.
    const changes = windows.slice(-third).map((window, index) => log(window) - log(windows[index]));
    const ratios = estimateAll([changes], (logarithm) => roundResult(Math.exp(logarithm), 3));
    return ratios.map((ratio) => ({ percentile, ratio, verdict: decideVerdict(ratio) }));
  });
}

function decideVerdict({ value, low, high }: Drift['ratio']): Drift['verdict'] {
  if (low > 1 && value > drifting) return 'drifts';
  return high < drifting ? 'steady' : 'undecided';
}
