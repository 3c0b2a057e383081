import { UserError } from '../../contract/user-error.ts';
import { estimateAll } from '../compare/bootstrap.ts';
import { type LoadOrder, type LoadOutcome, loadAndJudge, toSending } from '../load.ts';
import type { Rung } from '../operation.ts';
import type { Estimate, StageResult } from '../results.ts';
import type { LoadGenerator } from '../run/measure.ts';
import { windowIndex } from '../run/plan.ts';
import { openProduct, type Site } from '../run/product.ts';
import { mergeQuantiles, quantile } from '../run/quantiles.ts';
import { mergeShares, type Share } from '../run/share.ts';
import { type LadderCapacity, measureCapacity } from './capacity.ts';
import { orderRungs, relateOnServer } from './order.ts';

const windowsAtMost = 20;
/** The least number of requests of each rung in a window: the median of fewer says little. */
const leastOfWindow = 8;
/** Capacity is measured in rounds: one round for each of these seconds of the run. Fewer than three rounds say nothing. */
const [fewestRounds, mostRounds, secondsOfRound] = [3, 5, 8];

/**
 * Measures what each stage of a request costs the server: first the rungs of the ladder interleaved at one rate, then each alone
 * as fast as its answers arrive.
 */
export async function runStages(site: Site, generator: LoadGenerator, order: LoadOrder): Promise<LoadOutcome> {
  const { profile, objectives } = order;
  const { signal } = generator;
  const { ladder } = site.operation;
  if (ladder.length === 0) throw new UserError('load: this operation has no stages; choose another profile', 2);
  const mix = ladder.map(({ workload }) => ({ workload, weight: 1 }));
  await using opened = await openProduct(site, mix, signal);
  const sent = new Set(opened.mix.map(({ workload }) => workload));
  const { rungs, notes } = await orderRungs(
    ladder.filter(({ workload }) => sent.has(workload)),
    relateOnServer(opened, signal),
  );
  const product = { ...opened, mix: rungs.map(({ workload }) => ({ workload, weight: 1 })) };
  const windows = Math.min(
    windowsAtMost,
    Math.floor((profile.rate * profile.seconds) / (rungs.length * leastOfWindow)),
  );
  const windowSeconds = profile.seconds / Math.max(1, windows);
  const sending = { ...toSending({ profile, mix, objectives, windowSeconds }), notes, byWorkload: true };
  const outcome = await loadAndJudge(product, generator, sending);
  if (!outcome.results.valid) return outcome;
  const rounds = Math.min(mostRounds, Math.floor(profile.seconds / secondsOfRound));
  const note = `capacity was not measured: it needs --duration ${fewestRounds * secondsOfRound}s or more`;
  const capacity =
    rounds < fewestRounds ? { notes: [note] } : await measureCapacity(product, generator, sending, rounds);
  if (signal.aborted) return asInvalid(outcome, 'interrupted');
  return withStages(outcome, rungs, capacity);
}

/** The outcome of a run of the ladder, with what each stage costs. Pure. */
export function withStages(outcome: LoadOutcome, rungs: readonly Rung[], capacity: LadderCapacity): LoadOutcome {
  const whole = mergeShares(outcome.shares);
  const measured = whole && ladderLatency(whole);
  if (whole === undefined || measured === undefined) {
    return asInvalid(
      outcome,
      'too few windows have answers of every workload; use a longer --duration or a higher --rate',
    );
  }
  const stages = rungs.map(({ stage, workload: { name, title } }, index): StageResult => {
    const { usual, usualStands } = whole.run.workloads[index] ?? { usual: 'none', usualStands: 'wrong' };
    const marginal = measured.added[index - 1] ?? null;
    return {
      stage,
      workload: name,
      title,
      code: usual,
      right: usualStands !== 'wrong',
      latency: measured.latency[index] ?? { value: 0, low: 0, high: 0 },
      marginal,
      capacity: capacity.capacity?.[index] ?? null,
      marginalCapacity: capacity.marginal?.[index] ?? null,
      toldApart: marginal !== null && (marginal.low > 0 || marginal.high < 0),
    };
  });
  const notes = [...outcome.results.notes, ...capacity.notes, ...mergedNotes(stages)];
  return { ...outcome, results: { ...outcome.results, stages, notes } };
}

/**
 * Median latency of each rung, and the difference to the rung before, from windows by workload. Windows in which a workload got no
 * usual answer are left out.
 */
function ladderLatency({ run, distributions }: Share): Record<'latency' | 'added', readonly Estimate[]> | undefined {
  const rungs = run.workloads.length;
  const windows = Math.ceil(run.seconds / run.windowSeconds);
  const medians = Array.from({ length: windows }, (_, window) =>
    run.workloads.map((_workload, rung) =>
      quantile(distributions[`window_${windowIndex(window, rung, rungs, true)}`] ?? mergeQuantiles([]), 0.5),
    ),
  ).filter((row) => row.every((median) => median > 0));
  if (medians.length < 3) return undefined;
  const latency = estimateAll(run.workloads.map((_, rung) => medians.map((row) => row[rung] ?? 0)));
  const added = estimateAll(
    run.workloads.slice(1).map((_, index) => medians.map((row) => (row[index + 1] ?? 0) - (row[index] ?? 0))),
  );
  return { latency, added };
}

function asInvalid(outcome: LoadOutcome, reason: string): LoadOutcome {
  return { ...outcome, results: { ...outcome.results, valid: false, reasons: [reason] } };
}

/** Notes on stages that are not distinguishable from outside. */
function mergedNotes(stages: readonly StageResult[]): readonly string[] {
  return stages.flatMap(({ stage, marginal, toldApart }, index) => {
    const before = stages[index - 1];
    if (before === undefined || marginal === null || (toldApart && marginal.high >= 0)) return [];
    return toldApart
      ? [
          `${stage}: faster than ${before.stage}; the server does less work for such a request (for example, a cached token)`,
        ]
      : [`${stage}: not distinguishable from ${before.stage} (${marginal.low} to ${marginal.high} ms)`];
  });
}
