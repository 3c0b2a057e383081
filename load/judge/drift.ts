import { percentileInterval, resampleBlocks } from '../compare/bootstrap.ts';
import type { Drift, WindowResult } from '../results.ts';
import { roundResult } from '../results.ts';

/** A percentile drifts if it is certainly this much higher at the end than at the beginning. */
const drifting = 1.1;
const resamples = 2_000;
const confidence = 0.95;
/** With fewer windows in a third, the result would be chance. */
const leastOfThird = 3;

/** Compares the last third of a run's windows with the first, with an interval from resampling both. Pure. */
export function measureDrift(windows: readonly WindowResult[]): readonly Drift[] {
  const third = Math.floor(windows.length / 3);
  if (third < leastOfThird) return [];
  return (['p50', 'p99'] as const).map((percentile) => {
    const logs = (of: readonly WindowResult[]): readonly number[] =>
      of.map(({ latency }) => Math.log(Math.max(latency[percentile], 1e-3)));
    const [first, last] = [logs(windows.slice(0, third)), logs(windows.slice(-third))];
    // Pairs each window at the end with one at the beginning, in order: there is no better way to pair them.
    const changes = last.map((value, index) => value - (first[index] ?? 0));
    const [resampled] = resampleBlocks([changes], resamples, 1);
    if (resampled === undefined) throw new Error('nothing was resampled');
    const [low, high] = percentileInterval(resampled, confidence).map(ratio) as [number, number];
    const value = ratio(resampled.estimate);
    return { percentile, ratio: { value, low, high }, verdict: decideVerdict(value, low, high) };
  });
}

function decideVerdict(value: number, low: number, high: number): Drift['verdict'] {
  if (low > 1 && value > drifting) return 'drifts';
  return high < drifting ? 'steady' : 'undecided';
}

function ratio(logarithm: number): number {
  return roundResult(Math.exp(logarithm), 3);
}
