import { definedOnly } from '../spec/defined-only.ts';
import { judgeRun } from './judge/judge-run.ts';
import { readMeasured } from './judge/measured.ts';
import { toProgress, toSeries } from './judge/series.ts';
import type { Weighted } from './operation.ts';
import { type Profile, peakRate, rateText, steadyCurve, toCurve } from './profiles.ts';
import { type Lane, type Latency, type LoadResults, type ObjectiveResult, reasonsThatHold } from './results.ts';
import { draftPlan, findWorkload, type Plan, type Sending } from './run/draft-plan.ts';
import { type LoadGenerator, type Measurement, measure } from './run/measure.ts';
import { startNullServer } from './run/null-server.ts';
import { ask, atServer, type LoadProduct, openProduct, type Site } from './run/product.ts';
import { mergeShares, type Share } from './run/share.ts';

/** A profile with all that a run needs. */
export type LoadOrder = {
  readonly profile: Profile;
  readonly mix: readonly Weighted[];
  readonly objectives: readonly string[];
  /** Where requests are signed; depends on their number if absent. */
  readonly lane?: Lane;
  /** Length of the time windows; if absent, at most 60 windows. */
  readonly windowSeconds?: number;
};

/** The results of a run, and the shares behind them. */
export type LoadOutcome = { readonly results: LoadResults; readonly shares: readonly Share[] };

const floorSeconds = 2;
const windowsAtMost = 60;
const sampleSize = 5;

/**
 * Runs a profile: first the noise floor, against a null server at the same rate, then the target.
 * @throws UserError (exit code 3) if the target's states have no product for load, or the target does not answer.
 */
export async function runLoad(site: Site, generator: LoadGenerator, order: LoadOrder): Promise<LoadOutcome> {
  await using product = await openProduct(site, order.mix, generator.signal);
  // Awaited here, because the states must exist until the run is over.
  return await loadAndJudge(product, generator, toSending(order));
}

/** The requests of a profile, as its order describes them. */
export function toSending({ profile, windowSeconds, ...order }: LoadOrder): Sending {
  const curve = toCurve(profile);
  return {
    profile: profile.name,
    phase: `${profile.name} at ${rateText(curve)}`,
    curve,
    windowSeconds: windowSeconds ?? Math.max(1, profile.seconds / windowsAtMost),
    objectives: order.objectives,
    ...definedOnly({ lane: order.lane }),
  };
}

/** Measures the noise floor and a run, judges the run, and requests some of its bound devices again. */
export async function loadAndJudge(
  product: LoadProduct,
  generator: LoadGenerator,
  sending: Sending,
): Promise<LoadOutcome> {
  const noiseFloor = await measureFloor(product, generator, sending);
  const plan = draftPlan(product, generator, { ...sending, noiseFloor });
  const measurement = await measureWithProgress(generator, plan);
  const outcome = judgeMeasurement(measurement);
  const { valid, objectives, requests } = outcome.results;
  const bound = objectives.some(({ name, kept }) => name.startsWith('bound correctly') && kept);
  if (!valid || !bound) return outcome;
  return judgeMeasurement(measurement, [await askAgain(product, plan, requests, generator.signal)]);
}

function measureWithProgress(generator: LoadGenerator, plan: Plan): Promise<Measurement> {
  return measure(generator, plan, (sample, before) => generator.onProgress?.(toProgress(plan, sample, before)));
}

/** The latency of the generator itself at the peak of a run; null if it could not be measured. */
async function measureFloor(product: LoadProduct, generator: LoadGenerator, sending: Sending): Promise<Latency | null> {
  await using nothing = await startNullServer(product.site.operation.success);
  const seconds = Math.min(floorSeconds, sending.curve.at(-1)?.at ?? floorSeconds);
  const alone = { ...generator, outputs: [] };
  const plan = draftPlan(atServer(product, nothing.url), alone, {
    ...sending,
    phase: 'noise floor',
    curve: steadyCurve(peakRate(sending.curve), seconds),
    windowSeconds: seconds,
  });
  const share = mergeShares((await measureWithProgress(alone, plan)).shares);
  return share === undefined || readMeasured(share).judged === 0 ? null : readMeasured(share).latency;
}

/** The results of a run, judged over all its shares. Pure. */
export function judgeMeasurement(measurement: Measurement, objectives: readonly ObjectiveResult[] = []): LoadOutcome {
  const { plan, shares, ends, interrupted } = measurement;
  const whole = mergeShares(shares);
  const end = ends.find(({ exitCode }) => exitCode !== 0) ?? ends[0];
  const nothing: Share = {
    schema: 'bindgate.load-share/1',
    run: plan.run,
    counters: {},
    distributions: {},
    generator: end ?? null,
  };
  const reasons = reasonsThatHold([
    [interrupted, 'interrupted'],
    [whole === undefined && end?.exitCode === 0, 'k6 wrote no summary'],
  ]);
  const extras = { reasons, series: toSeries(measurement, whole), objectives };
  return { results: judgeRun(whole === undefined ? [nothing] : shares, extras), shares };
}

/**
 * Whether devices that a run has bound are now refused as bound: a server may report success and bind nothing. Asks for some
 * devices, spread over the run.
 */
async function askAgain(
  product: LoadProduct,
  plan: Plan,
  requests: number,
  signal: AbortSignal,
): Promise<ObjectiveResult> {
  const { plain, alreadyBound } = product.site.operation;
  const numbers = Array.from({ length: Math.min(sampleSize, requests) }, (_, index) => {
    let number = Math.floor((index * requests) / sampleSize);
    while (number < requests && !findWorkload(plan, number).leavesBound) number += 1;
    return number;
  }).filter((number) => number < requests);
  const again = await Promise.all(numbers.map((number) => ask(product, plain, signal, { run: plan.run.id, number })));
  const refused = again.filter((code) => code === alreadyBound).length;
  return {
    name: 'each device is bound once',
    kept: refused === again.length,
    detail: `${refused} of ${again.length} repeated requests were answered with ${alreadyBound}`,
  };
}
