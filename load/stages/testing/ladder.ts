import { judgeRun } from '../../judge/judge-run.ts';
import type { Rung } from '../../operation.ts';
import type { StageResult } from '../../results.ts';
import { distribution, syntheticShare } from '../../testing/shares.ts';
import { withStages } from '../stages.ts';

const windows = 20;

/** The stages of a simulated run, from the median latency of each rung; windows differ by an amount that all rungs share. */
export function ladderCosts(
  rungs: readonly Rung[],
  windowMedian: (rung: Rung, window: number, index: number) => number,
): readonly StageResult[] {
  const workloads = rungs.map(({ workload: { name, title, binds } }) => {
    const usualStands = 'right' as const;
    return { name, title, weight: 1, binds, usual: 5106, usualStands };
  });
  const distributions = Object.fromEntries(
    Array.from({ length: windows * rungs.length }, (_, place) => {
      const [window, index] = [Math.floor(place / rungs.length), place % rungs.length];
      const rung = rungs[index];
      const median = rung === undefined ? 0 : windowMedian(rung, window, index) + (window % 5) * 0.1;
      return [`window_${place}`, distribution(20, () => median)];
    }),
  );
  const run = syntheticShare({ workloads, seconds: windows, windowSeconds: 1, windowsByWorkload: true });
  const share = { ...run, distributions };
  const outcome = { results: judgeRun([share]), shares: [share] };
  return withStages(outcome, rungs, { notes: [] }).results.stages ?? [];
}
