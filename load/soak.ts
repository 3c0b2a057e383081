import { UserError } from '../contract/user-error.ts';
import { measureDrift } from './judge/drift.ts';
import { judgeRun } from './judge/judge-run.ts';
import type { LoadOrder, LoadOutcome } from './load.ts';
import { loadProduct } from './load.ts';
import { steadyCurve } from './profiles.ts';
import type { Site } from './run/draft-plan.ts';
import type { LoadGenerator } from './run/measure.ts';
import { openProduct, readToken, secondsLeft } from './run/product.ts';
import type { LoadRun, Share } from './run/share.ts';
import { afterWindows } from './run/share.ts';

/** A token of unknown life is taken to live two hours, as the API's family gives them, less a margin. */
const usualLegSeconds = 6_600;
const marginSeconds = 60;
const windowsAtMost = 60;

/** A part of a soak with one token, and the second of the soak at which it began. */
export type Leg = LoadOutcome & { readonly from: number };

/**
 * Runs a long load in legs, each with a product and a token of its own, since tokens live two hours; judges all legs as one run,
 * and says whether latency drifted. Between two legs the load pauses while k6 starts again.
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
    await using product = await openProduct(site.target, site.operation, order.mix, generator.signal).catch(
      (error: unknown) => {
        // What earlier legs have measured is not lost.
        if (from === 0 || !(error instanceof UserError)) throw error;
        problem = `after ${from} s: ${error.message}`;
        return undefined;
      },
    );
    if (product === undefined) break;
    const seconds = Math.min(total - from, legSeconds(readToken(product), windowSeconds, now()));
    const profile = { ...order.profile, seconds };
    const leg = await loadProduct(site, generator, product, { ...order, windowSeconds, profile });
    legs.push({ ...leg, from });
    from += seconds;
    // A leg that means nothing, or that was interrupted, ends the run: what followed would not be the same load.
    if (!leg.results.valid) break;
  }
  return judgeLegs(legs, windowSeconds, problem === undefined ? [] : [problem]);
}

/** Whole windows, so that the windows of all legs can stand in one row. */
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
    notes: legs.length === 1 ? first.notes : [...first.notes, `${legs.length} legs, each with a fresh token`],
  };
}
