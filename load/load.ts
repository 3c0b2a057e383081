import { judgeRun } from './judge/judge-run.ts';
import { readMeasured } from './judge/measured.ts';
import { toProgress, toSeries } from './judge/series.ts';
import type { Weighted } from './operation.ts';
import type { Profile } from './profiles.ts';
import { peakRate, rateText, steadyCurve, toCurve } from './profiles.ts';
import type { Lane, Latency, LoadResults, ObjectiveResult } from './results.ts';
import { askAgain, askUsualCodes } from './run/ask-usual-codes.ts';
import type { Plan, Sending, Site } from './run/draft-plan.ts';
import { draftPlan, findWorkload, withTarget } from './run/draft-plan.ts';
import type { LoadGenerator, Measurement } from './run/measure.ts';
import { measure } from './run/measure.ts';
import { startNullServer } from './run/null-server.ts';
import type { LoadProduct } from './run/product.ts';
import { openProduct } from './run/product.ts';
import type { Share } from './run/share.ts';
import { mergeShares } from './run/share.ts';

/** What a profile is run with. */
export type LoadOrder = {
  readonly profile: Profile;
  readonly mix: readonly Weighted[];
  readonly objectives: readonly string[];
  /** Where requests are signed; by their number where it is absent. */
  readonly lane?: Lane | undefined;
  /** Length of the windows of time; at most 60 of them where it is absent. */
  readonly windowSeconds?: number;
};

/** The results of a run, and the shares that they were judged from. */
export type LoadOutcome = { readonly results: LoadResults; readonly shares: readonly Share[] };

const floorSeconds = 2;
const windowsAtMost = 60;
const sampleSize = 5;

/**
 * Runs a profile: the noise floor first, against a null server at the same rate, then the target.
 * @throws UserError (exit code 3) where the target's states have no product for load, or it does not answer.
 */
export async function runLoad(site: Site, generator: LoadGenerator, order: LoadOrder): Promise<LoadOutcome> {
  await using product = await openProduct(site.target, site.operation, order.mix, generator.signal);
  // Awaited here: the states must stand until the run is over.
  return await loadProduct(site, generator, product, order);
}

/** Runs a profile with a product that is set up. */
export async function loadProduct(
  site: Site,
  generator: LoadGenerator,
  product: LoadProduct,
  order: LoadOrder,
): Promise<LoadOutcome> {
  const usual = await askUsualCodes(site, product, generator.signal);
  return loadAndJudge(site, generator, product, toSending(order, product, usual));
}

/** What a profile sends, as its order says it. */
export function toSending(
  { profile, objectives, lane, windowSeconds }: LoadOrder,
  { notes }: LoadProduct,
  usual: Sending['usual'],
): Sending {
  const curve = toCurve(profile);
  return {
    profile: profile.name,
    phase: `${profile.name} at ${rateText(curve)}`,
    curve,
    usual,
    objectives,
    noiseFloor: null,
    notes,
    windowSeconds: windowSeconds ?? Math.max(1, profile.seconds / windowsAtMost),
    byWorkload: false,
    lane,
  };
}

/** Measures the noise floor and a run, judges it, and asks the server about some of the devices that the run has bound. */
export async function loadAndJudge(
  site: Site,
  generator: LoadGenerator,
  product: LoadProduct,
  sending: Sending,
): Promise<LoadOutcome> {
  const noiseFloor = await measureFloor(site, generator, product, sending);
  const plan = draftPlan(site, product, generator, { ...sending, noiseFloor });
  const measurement = await measureWithProgress(generator, plan);
  const outcome = judgeMeasurement(measurement);
  const { results } = outcome;
  const bound = results.objectives.some(({ name, kept }) => name.startsWith('bound correctly') && kept);
  if (!results.valid || !bound) return outcome;
  const numbers = boundNumbers(plan, results.requests);
  return judgeMeasurement(measurement, [await askAgain(site, product, generator.signal, plan.run.id, numbers)]);
}

/** Measures a plan, and says how far it is. */
function measureWithProgress(generator: LoadGenerator, plan: Plan): Promise<Measurement> {
  return measure(generator, plan, (sample, before) => generator.onProgress?.(toProgress(plan, sample, before)));
}

/** The latency of the generator itself at the peak of a run; null where it could not be measured. */
async function measureFloor(
  site: Site,
  generator: LoadGenerator,
  product: LoadProduct,
  sending: Sending,
): Promise<Latency | null> {
  const { operation } = site;
  await using nothing = await startNullServer(operation.success);
  const seconds = Math.min(floorSeconds, sending.curve.at(-1)?.at ?? floorSeconds);
  const alone = { ...generator, outputs: [] };
  const plan = draftPlan(site, product, alone, {
    ...sending,
    phase: 'noise floor',
    curve: steadyCurve(peakRate(sending.curve), seconds),
    windowSeconds: seconds,
  });
  const share = mergeShares((await measureWithProgress(alone, withTarget(plan, nothing.url, operation))).shares);
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
  const reasons = [
    ...(interrupted ? ['interrupted'] : []),
    ...(whole === undefined && end?.exitCode === 0 ? ['k6 wrote no summary'] : []),
  ];
  const extras = { reasons, series: toSeries(measurement, whole), objectives };
  return { results: judgeRun(whole === undefined ? [nothing] : shares, extras), shares };
}

/** Numbers of requests that were to bind, spread over the run. */
function boundNumbers(plan: Plan, requests: number): readonly number[] {
  return Array.from({ length: Math.min(sampleSize, requests) }, (_, index) => {
    let number = Math.floor((index * requests) / sampleSize);
    while (number < requests && !findWorkload(plan, number).leavesBound) number += 1;
    return number;
  }).filter((number) => number < requests);
}
