import { percentileInterval, resampleBlocks } from '../compare/bootstrap.ts';
import type { Drift, WindowResult } from '../results.ts';

/** A percentile that ends up this much above where it began has drifted, if it surely has. */
const drifting = 1.1;
const resamples = 2_000;
const confidence = 0.95;
/** With fewer windows in a third, chance decides. */
const leastOfThird = 3;

/** How the last third of a run's windows stands against its first, with an interval from resampling both. Pure. */
export function measureDrift(windows: readonly WindowResult[]): readonly Drift[] {
  const third = Math.floor(windows.length / 3);
  if (third < leastOfThird) return [];
  return (['p50', 'p99'] as const).map((percentile) => {
    const logs = (of: readonly WindowResult[]): readonly number[] =>
      of.map(({ latency }) => Math.log(Math.max(latency[percentile], 1e-3)));
    const [first, last] = [logs(windows.slice(0, third)), logs(windows.slice(-third))];
    // Each window of the end against one of the beginning: pairs, since nothing else says which belong together.
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
  return Math.round(Math.exp(logarithm) * 1_000) / 1_000;
}
