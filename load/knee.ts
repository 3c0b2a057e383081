import { availableParallelism } from 'node:os';
import { isBusy } from './judge/judge-run.ts';
import { readObjective } from './judge/objectives.ts';
import { type LoadOrder, type LoadOutcome, loadAndJudge, toSending } from './load.ts';
import { type Knee, type KneeTrial, type LoadResults, type ObjectiveResult, trialWords } from './results.ts';
import type { LoadGenerator } from './run/measure.ts';
import { askUsualCodes, openProduct, type Site } from './run/product.ts';

/** A rate is certain if this many trials met the objectives at it, and none missed them. */
const trialsToBeSure = 3;
/** The search ends if the ends of its bracket are this close. */
const narrow = 1.1;
const trialsAtMost = 30;
const rateAtMost = 100_000;

/**
 * Searches the highest rate that meets the objectives: doubles the rate until one is missed, then halves the bracket until its ends
 * are 10 % apart, and repeats the best rate until it is certain. It also ends, and says so, if the generator reaches its limit.
 */
export async function runBreakpoint(site: Site, generator: LoadGenerator, order: LoadOrder): Promise<LoadOutcome> {
  await using product = await openProduct(site, order.mix, generator.signal);
  // Every trial judges objectives at a certain rate too; those of the knee itself are judged below.
  const objectives = order.objectives.map((text) => text.replace(/\s+at\s+\d+\s*\/\s*s$/, ''));
  let fresh = true;
  const runTrial = async (rate: number): Promise<LoadOutcome> => {
    // Asked before each trial, because a server that has ended would miss the objectives at any rate.
    const usual = fresh ? product.usual : await askUsualCodes(product, generator.signal);
    fresh = false;
    const sending = toSending({ ...order, objectives, profile: { ...order.profile, rate } });
    return loadAndJudge({ ...product, usual }, generator, sending);
  };
  const { knee, shown } = await searchKnee(runTrial, order.profile.rate, order.profile.seconds);
  const judged = [...shown.results.objectives, ...judgeAtRates(order.objectives, knee)];
  return { shares: shown.shares, results: { ...shown.results, objectives: judged, knee } };
}

/** The objectives at a rate: met if the knee is not below that rate. */
export function judgeAtRates(
  objectives: readonly string[],
  { keptAt }: Pick<Knee, 'keptAt'>,
): readonly ObjectiveResult[] {
  return objectives.map(readObjective).flatMap((asked) => {
    if (keptAt === null || asked.kind !== 'latency' || asked.atRate === undefined) return [];
    return [{ name: asked.text, kept: keptAt >= asked.atRate, detail: `met up to ${keptAt}/s` }];
  });
}

/**
 * The search itself, for any way to try a rate. The numbers in the result come from a run at the highest rate that was met, or
 * from the last run.
 */
export async function searchKnee(
  runTrial: (rate: number) => Promise<LoadOutcome>,
  start: number,
  seconds: number,
): Promise<{ readonly knee: Knee; readonly shown: LoadOutcome }> {
  const trials: KneeTrial[] = [];
  /** The last run at each rate. */
  const runs = new Map<number, LoadOutcome>();
  let [kept, broken] = [null as number | null, null as number | null];
  let over = false;
  const judgeRate = async (rate: number): Promise<KneeTrial['outcome']> => {
    const outcome = await runTrial(rate);
    const judged = { rate, p99: outcome.results.latency.p99, ...judgeTrial(outcome.results) };
    trials.push(judged);
    over = trials.length >= trialsAtMost || outcome.results.reasons.includes('interrupted');
    if (judged.outcome === 'kept') kept = Math.max(kept ?? 0, rate);
    if (judged.outcome === 'broken') broken = Math.min(broken ?? Number.POSITIVE_INFINITY, rate);
    runs.set(rate, outcome);
    return judged.outcome;
  };

  let rate = start;
  for (let last = await judgeRate(rate); !over && last === 'kept' && rate < rateAtMost; last = await judgeRate(rate)) {
    rate = Math.min(rateAtMost, rate * 2);
  }
  for (; !over && kept === null && broken !== null && rate > 1; await judgeRate(rate)) {
    rate = Math.max(1, Math.floor(rate / 2));
  }
  while (!over && kept !== null && broken !== null && broken > Math.max(kept * narrow, kept + 1)) {
    // The geometric mean: a knee is as likely between 100 and 200 as between 1,000 and 2,000.
    if ((await judgeRate(Math.round(Math.sqrt(kept * broken)))) === 'not valid') break;
  }
  while (!over && kept !== null && trialsAt(trials, kept, 'kept') < trialsToBeSure) {
    const rateNow: number = kept;
    if ((await judgeRate(rateNow)) === 'kept') continue;
    // A rate with one miss is not reliable: take the next lower rate that was met, or go one step down.
    const lower = trials.filter((one) => one.outcome === 'kept' && one.rate < rateNow).map((one) => one.rate);
    kept = Math.max(...lower, Math.floor(rateNow / narrow), 0) || null;
  }
  const shown = runs.get(kept ?? rate) ?? runs.values().next().value;
  if (shown === undefined) throw new Error('a search without a trial');
  return {
    knee: { keptAt: kept, brokenAt: broken, certainty: describeCertainty(trials, kept, broken, seconds), trials },
    shown,
  };
}

/** Whether a trial met the objectives. A server that does not keep up, or stops answering, misses them. */
function judgeTrial(results: LoadResults): Pick<KneeTrial, 'outcome' | 'why'> {
  const { valid, reasons, objectives, dropped, requests, codes, generatorCpu } = results;
  const why = [...reasons, ...objectives.filter(({ kept }) => !kept).map(({ name, detail }) => `${name}: ${detail}`)];
  if (valid) return { outcome: why.length === 0 ? 'kept' : 'broken', why: why.join('; ') };
  const answered = codes.reduce((sum, { count }) => sum + count, 0);
  const fellBehind = (dropped > 0 || answered < requests) && !isBusy(generatorCpu, availableParallelism());
  return { outcome: fellBehind ? 'broken' : 'not valid', why: why.join('; ') };
}

function describeCertainty(
  trials: readonly KneeTrial[],
  kept: number | null,
  broken: number | null,
  seconds: number,
): string {
  const tally = (rate: number, outcome: KneeTrial['outcome']): string =>
    `${trialWords[outcome]} in ${trialsAt(trials, rate, outcome)} of ${trials.filter((one) => one.rate === rate).length} trials of ${seconds} s at ${rate}/s`;
  const last = trials.findLast(({ outcome }) => outcome === 'not valid');
  const above =
    broken === null
      ? `the generator reached its limit first (${last?.why ?? 'no higher rate was tried'})`
      : tally(broken, 'broken');
  if (kept === null) return `never met; ${above}`;
  const sure = trialsAt(trials, kept, 'kept') >= trialsToBeSure ? '' : 'not certain: ';
  return `${sure}${tally(kept, 'kept')}; ${above}`;
}

function trialsAt(trials: readonly KneeTrial[], rate: number, outcome: KneeTrial['outcome']): number {
  return trials.filter((one) => one.rate === rate && one.outcome === outcome).length;
}
