import { UserError } from '../contract/user-error.ts';
import { measureDrift } from './judge/drift.ts';
import { judgeRun } from './judge/judge-run.ts';
import { type LoadOrder, type LoadOutcome, loadAndJudge, toSending } from './load.ts';
import { steadyCurve } from './profiles.ts';
import type { LoadGenerator } from './run/measure.ts';
import { openProduct, readToken, type Site, secondsLeft } from './run/product.ts';
import { afterWindows, type LoadRun, type Share } from './run/share.ts';

/** A token without an end is assumed to live two hours, which is usual in this family of APIs, less a margin. */
const usualLegSeconds = 6_600;
const marginSeconds = 60;
const windowsAtMost = 60;

/** A part of a soak with one token, and its start in seconds. */
export type Leg = LoadOutcome & { readonly from: number };

/**
 * Runs a long load in legs, each with its own product and token, because tokens live two hours. Judges all legs as one run,
 * and whether latency drifted. Between two legs the load pauses while k6 starts again.
 */
export async function runSoak(
  site: Site,
  generator: LoadGenerator,
  order: LoadOrder,
  now: () => number = Date.now,
): Promise<LoadOutcome> {
  const total = order.profile.seconds;
  const windowSeconds = Math.max(1, Math.ceil(total / windowsAtMost));
  const legs: Leg[] = [];
  let problem: string | undefined;
  for (let from = 0; from < total; ) {
    await using product = await openProduct(site, order.mix, generator.signal).catch((error: unknown) => {
      // The measurements of earlier legs are kept.
      if (from === 0 || !(error instanceof UserError)) throw error;
      problem = `after ${from} s: ${error.message}`;
      return undefined;
    });
    if (product === undefined) break;
    const seconds = Math.min(total - from, legSeconds(readToken(product), windowSeconds, now()));
    const profile = { ...order.profile, seconds };
    const leg = await loadAndJudge(product, generator, toSending({ ...order, windowSeconds, profile }));
    legs.push({ ...leg, from });
    from += seconds;
    // A leg that is not valid, or was interrupted, ends the run: the rest would not be the same load.
    if (!leg.results.valid) break;
  }
  return judgeLegs(legs, windowSeconds, problem === undefined ? [] : [problem]);
}

/** Complete windows only, so that the windows of all legs form one series. */
function legSeconds(token: string, windowSeconds: number, now: number): number {
  const life = secondsLeft(token, now);
  const usable = life === undefined ? usualLegSeconds : life - marginSeconds;
  return Math.max(1, Math.floor(usable / windowSeconds)) * windowSeconds;
}

/** All legs as one run. Pure. */
export function judgeLegs(legs: readonly Leg[], windowSeconds: number, problems: readonly string[] = []): LoadOutcome {
  const last = legs.at(-1);
  if (last === undefined) throw new Error('a soak without a leg');
  const shares = legs.flatMap((leg) =>
    leg.shares.map((share) => afterWindows(share, Math.round(leg.from / windowSeconds))),
  );
  const [first] = shares;
  if (first === undefined) return last;
  const run = mergeRuns(legs, first.run);
  const whole = shares.map((share): Share => ({ ...share, run }));
  const results = judgeRun(whole, {
    reasons: [...last.results.reasons, ...problems],
    series: legs.flatMap(({ from, results: { series } }) => series.map((point) => ({ ...point, at: point.at + from }))),
    objectives: last.results.objectives.filter(({ name }) => name === 'each device is bound once'),
  });
  return { results: { ...results, processes: first.run.parts, drift: measureDrift(results.windows) }, shares: whole };
}

function mergeRuns(legs: readonly Leg[], first: LoadRun): LoadRun {
  const seconds = legs.reduce((sum, { results }) => sum + results.seconds, 0);
  return {
    ...first,
    parts: first.parts * legs.length,
    planned: legs.reduce((sum, { results }) => sum + results.planned, 0),
    seconds,
    curve: steadyCurve(first.curve[0]?.rate ?? 0, seconds),
    notes: legs.length === 1 ? first.notes : [...first.notes, `${legs.length} legs, each with a new token`],
  };
}
