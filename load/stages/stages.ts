import { askUsualCodes } from '../run/ask.ts';
import type { Measurement } from '../run/draft.ts';
import type { LoadOrder, LoadOutcome } from '../load.ts';
import { judgeMeasured, measureFloor } from '../load.ts';
import { measureLoad, rateText } from '../run/measure.ts';
import { openProduct } from '../run/product.ts';
import { curveOf } from '../profiles.ts';
import type { Rung } from '../pure-bt/workloads.ts';
import { stageLadder } from '../pure-bt/workloads.ts';
import type { StageResult } from '../results.ts';
import type { LoadSession } from '../session.ts';
import type { Share } from '../run/share.ts';
import { mergeShares } from '../run/share.ts';
import type { LadderCapacity } from './capacity.ts';
import { measureCapacity, withoutCapacity } from './capacity.ts';
import type { LadderLatency } from './latency.ts';
import { ladderLatency } from './latency.ts';
import { orderRungs, relateOnServer } from './order.ts';

const windowsAtMost = 20;
/** So many requests of each rung in a window, at least: a median of fewer says little. */
const leastOfWindow = 8;
/** Capacity is measured in so many rounds, one for each of these seconds that the run was given; fewer than three say nothing. */
const [fewestRounds, mostRounds, secondsOfRound] = [3, 5, 8];

/**
 * What each stage of a request costs the server: the rungs of the ladder interleaved at one rate, then each by itself as fast as
 * its answers come. Source: LOAD, "Stages".
 */
export async function runStages(session: LoadSession, { profile, objectives }: LoadOrder): Promise<LoadOutcome> {
  const mix = stageLadder.map(({ workload }) => ({ workload, weight: 1 }));
  await using opened = await openProduct(session.target, mix, session.signal);
  const sent = new Set(opened.mix.map(({ workload }) => workload));
  const usual = await askUsualCodes(session, opened);
  const { rungs, notes } = await orderRungs(
    stageLadder.filter(({ workload }) => sent.has(workload)),
    relateOnServer(session, opened, usual),
  );
  const product = { ...opened, mix: rungs.map(({ workload }) => ({ workload, weight: 1 })) };
  const curve = curveOf(profile);
  const windows = Math.min(
    windowsAtMost,
    Math.floor((profile.rate * profile.seconds) / (rungs.length * leastOfWindow)),
  );
  const measurement: Measurement = {
    profile: profile.name,
    phase: `stages at ${rateText({ curve })}`,
    curve,
    mix: product.mix,
    usual,
    objectives,
    noiseFloor: null,
    notes: [...product.notes, ...notes],
    windowSeconds: profile.seconds / Math.max(1, windows),
    byWorkload: true,
  };
  const noiseFloor = await measureFloor(session, product, measurement);
  const ran = await measureLoad(session, product, { ...measurement, noiseFloor });
  const outcome = await judgeMeasured(session, product, ran);
  const [first, ...others] = outcome.shares;
  if (first === undefined || !outcome.results.valid) return outcome;
  const rounds = Math.min(mostRounds, Math.floor(profile.seconds / secondsOfRound));
  const capacity =
    rounds < fewestRounds
      ? withoutCapacity(
          rungs.length,
          `capacity was not measured: it takes --duration ${fewestRounds * secondsOfRound}s or more`,
        )
      : await measureCapacity(session, product, measurement, rounds);
  const interrupted = session.signal.aborted;
  const { results } = outcome;
  const whole: Share = mergeShares([first, ...others]);
  const latency = ladderLatency(whole);
  if (interrupted || latency === undefined) {
    const reason = interrupted
      ? 'interrupted'
      : 'too few windows hold answers of every workload; run longer, or at a higher rate';
    return { ...outcome, results: { ...results, valid: false, reasons: [reason] } };
  }
  const stages = rungs.map((rung, index) => stageOf(rung, index, whole, latency, capacity));
  return {
    ...outcome,
    results: { ...results, stages, notes: [...results.notes, ...capacity.notes, ...mergedNotes(stages)] },
  };
}

function stageOf(
  { stage, workload }: Rung,
  index: number,
  { run }: Share,
  latency: LadderLatency,
  { capacity, marginal }: LadderCapacity,
): StageResult {
  const { usual, usualStands } = run.workloads[index] ?? { usual: 'none', usualStands: 'wrong' };
  const added = latency.marginal[index] ?? null;
  return {
    stage,
    workload: workload.name,
    title: workload.title,
    code: usual,
    right: usualStands !== 'wrong',
    latency: latency.latency[index] ?? { value: 0, low: 0, high: 0 },
    marginal: added,
    capacity: capacity[index] ?? null,
    marginalCapacity: marginal[index] ?? null,
    toldApart: added !== null && (added.low > 0 || added.high < 0),
  };
}

/** Which stages are one for whoever looks from outside. */
function mergedNotes(stages: readonly StageResult[]): readonly string[] {
  return stages.flatMap(({ stage, marginal, toldApart }, index) => {
    const before = stages[index - 1];
    if (before === undefined || marginal === null) return [];
    if (!toldApart) return [`${stage}: not told apart from ${before.stage} (${marginal.low} to ${marginal.high} ms)`];
    if (marginal.high < 0) {
      return [
        `${stage}: cheaper than ${before.stage} alone; the server does less for such a request (a cached token, say)`,
      ];
    }
    return [];
  });
}
