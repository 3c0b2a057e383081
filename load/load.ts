import { askAgain, askUsualCodes } from './run/ask.ts';
import type { Measurement } from './run/draft.ts';
import { judgeRun } from './judge/judge.ts';
import type { MeasuredRun } from './run/measure.ts';
import { measureLoad, rateText, workloadOf } from './run/measure.ts';
import { measure } from './judge/measured.ts';
import { startNullServer } from './run/null-server.ts';
import type { LoadProduct } from './run/product.ts';
import { openProduct } from './run/product.ts';
import type { Profile } from './profiles.ts';
import { curveOf, peakOf } from './profiles.ts';
import type { Weighted } from './pure-bt/workloads.ts';
import type { Lane, Latency, LoadResults } from './results.ts';
import { seriesOf } from './judge/series.ts';
import type { LoadSession } from './session.ts';
import type { Share } from './run/share.ts';
import { mergeShares } from './run/share.ts';

/** What a profile is run with. */
export type LoadOrder = {
  readonly profile: Profile;
  readonly mix: readonly Weighted[];
  readonly objectives: readonly string[];
  /** Where requests are signed; by their number where it is absent. */
  readonly lane?: Lane;
  /** Length of the windows of time; at most 60 of them where it is absent. */
  readonly windowSeconds?: number;
};

/** The results of a run, and the shares that they were judged from. */
export type LoadOutcome = { readonly results: LoadResults; readonly shares: readonly Share[] };

const floorSeconds = 2;
const windowsAtMost = 60;
const sampleSize = 5;
const binding = new Set(['plain', 'encrypted', 'bind']);

/**
 * Runs a profile: the noise floor first, against a null server at the same rate, then the target.
 * @throws UserError (exit code 3) where the target's states have no product for load, or it does not answer.
 */
export async function runLoad(session: LoadSession, order: LoadOrder): Promise<LoadOutcome> {
  await using product = await openProduct(session.target, order.mix, session.signal);
  // Awaited here: the states must stand until the run is over.
  return await loadProduct(session, product, order);
}

/** Runs a profile with a product that is set up. */
export async function loadProduct(session: LoadSession, product: LoadProduct, order: LoadOrder): Promise<LoadOutcome> {
  const { profile, objectives, lane } = order;
  const usual = await askUsualCodes(session, product);
  const curve = curveOf(profile);
  const measurement: Measurement = {
    profile: profile.name,
    phase: `${profile.name} at ${rateText({ curve })}`,
    curve,
    mix: product.mix,
    usual,
    objectives,
    noiseFloor: null,
    notes: product.notes,
    windowSeconds: order.windowSeconds ?? Math.max(1, profile.seconds / windowsAtMost),
    ...(lane === undefined ? {} : { lane }),
  };
  const noiseFloor = await measureFloor(session, product, measurement);
  const ran = await measureLoad(session, product, { ...measurement, noiseFloor });
  return judgeMeasured(session, product, ran);
}

/** The latency of the generator itself at the peak of a measurement; null where it could not be measured. */
export async function measureFloor(
  session: LoadSession,
  product: LoadProduct,
  { curve, ...rest }: Measurement,
): Promise<Latency | null> {
  await using nothing = await startNullServer();
  const [rate, seconds] = [peakOf(curve), Math.min(floorSeconds, curve.at(-1)?.at ?? floorSeconds)];
  const floor: Measurement = {
    ...rest,
    phase: 'noise floor',
    curve: [
      { at: 0, rate },
      { at: seconds, rate },
    ],
    windowSeconds: seconds,
  };
  const { shares } = await measureLoad({ ...session, outputs: [] }, product, floor, nothing.url);
  const [first, ...others] = shares;
  const measured = first === undefined ? undefined : measure(mergeShares([first, ...others]));
  return measured === undefined || measured.judged === 0 ? null : measured.latency;
}

/** Judges a run over all its shares, and asks the server about some of the devices it has bound. */
export async function judgeMeasured(
  session: LoadSession,
  product: LoadProduct,
  { shares, samples, interrupted, ends, run, maker, schedule }: MeasuredRun,
): Promise<LoadOutcome> {
  const reasons = interrupted ? ['interrupted'] : [];
  const series = seriesOf(samples, run, shares);
  const [first, ...others] = shares;
  if (first === undefined) {
    const end = ends.find(({ exitCode }) => exitCode !== 0) ?? ends[0];
    const nothing: Share = {
      schema: 'bindgate.load-share/1',
      run,
      counters: {},
      distributions: {},
      generator: end ?? null,
    };
    return {
      results: judgeRun([nothing], {
        reasons: end?.exitCode === 0 ? [...reasons, 'k6 wrote no summary'] : reasons,
        series,
      }),
      shares,
    };
  }
  const results = judgeRun([first, ...others], { reasons, series });
  const bound = results.objectives.some(({ name, kept }) => name.startsWith('bound correctly') && kept);
  if (!results.valid || !bound) return { results, shares };
  const again = await askAgain(session, product, maker, boundNumbers(product, schedule, results.requests));
  return { results: judgeRun([first, ...others], { reasons, series, objectives: [again] }), shares };
}

/** Numbers of requests that were to bind, spread over the run. */
function boundNumbers(product: LoadProduct, schedule: readonly number[], requests: number): readonly number[] {
  const binds = (number: number): boolean => binding.has(workloadOf(product.mix, schedule, number).name);
  return Array.from({ length: Math.min(sampleSize, requests) }, (_, index) => {
    let number = Math.floor((index * requests) / sampleSize);
    while (number < requests && !binds(number)) number += 1;
    return number;
  }).filter((number) => number < requests);
}
