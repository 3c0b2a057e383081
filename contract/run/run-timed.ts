import { seededRandom } from '../../generators/random.ts';
import type { RequestContext } from '../../generators/request.ts';
import { eitherWay } from '../../spec/expectation.ts';
import type { Samples, TimingVerdict } from '../judge/timing.ts';
import { compareTimes } from '../judge/timing.ts';
import type { Timed } from './case.ts';
import type { Ending } from './outcome.ts';
import type { CaseContext } from './run-step.ts';
import { runBatch } from './run-step.ts';

/** Requests of each half; with 10, 10 and 10 chance explains a full separation once in 30 million times. */
const rounds = 10;
/** Rounds that are not counted: the first answers of a kind may load and compile what later ones find ready. */
const warmUp = 1;

/**
 * Times two kinds of request against each other, one request at a time.
 * A difference has to show twice, in samples of their own, before it is a finding.
 */
export async function runTimed(step: Timed, context: RequestContext, scene: CaseContext): Promise<Ending | undefined> {
  const first = await sample(step, context, scene, 'first');
  if ('outcome' in first) return first;
  const seen = compareTimes(first);
  if (seen.kind === 'alike') return undefined;
  const second = await sample(step, context, scene, 'second');
  if ('outcome' in second) return second;
  const again = compareTimes(second);
  // Only samples that agree decide: a machine that was busy once is no oracle, and a noisy one cannot acquit either.
  if (again.kind === 'alike')
    return seen.kind === 'apart' ? notDecided(step, 'it differed once and not again') : undefined;
  if (seen.kind === 'apart' && again.kind === 'apart' && Math.sign(seen.effectMs) === Math.sign(again.effectMs)) {
    return slowerEnding(step, again);
  }
  return notDecided(
    step,
    [seen, again].map(undecidedReason).find((reason) => reason !== undefined) ?? 'two samples disagree',
  );
}

async function sample(
  { timed: [one, other], what }: Timed,
  context: RequestContext,
  scene: CaseContext,
  name: string,
): Promise<Samples | Ending> {
  const times = { first: [] as number[], second: [] as number[], other: [] as number[] };
  const order = seededRandom(scene.run.seed, what, name);
  for (let round = 0; round < warmUp + rounds; round += 1) {
    // A fresh order each round, so that nothing periodic on either side falls on one kind alone.
    for (const half of order.helpers.shuffle(['first', 'second', 'other'] as const)) {
      const kind = half === 'other' ? other : one;
      const quiet: CaseContext = { ...scene, attempts: [], answers: [] };
      const ended = await runBatch(
        { what: kind.name, requests: (given) => [kind.request(given)], expect: () => eitherWay },
        0,
        context,
        quiet,
      );
      scene.attempts.splice(0, scene.attempts.length, ...quiet.attempts);
      if (ended !== undefined) return ended;
      if (round >= warmUp) times[half].push(quiet.attempts[0]?.durationMs ?? 0);
    }
  }
  return { one: [times.first, times.second], other: times.other };
}

function slowerEnding(
  { what, timed: [one, other] }: Timed,
  { effectMs, thresholdMs }: TimingVerdict & { kind: 'apart' },
): Ending {
  const [slow, fast] = effectMs > 0 ? [other.name, one.name] : [one.name, other.name];
  const by = `${Math.abs(effectMs).toFixed(1)} ms`;
  return {
    outcome: 'failed',
    reason: `${what}: ${slow} takes ${by} longer than ${fast}, twice over (least effect ${thresholdMs.toFixed(1)} ms, p < 0.001)`,
    cause: 'the time of an answer tells what was wrong',
  };
}

function notDecided({ what }: Timed, why: string): Ending {
  const cause = 'timing not decided';
  return { outcome: 'skipped', reason: `not decided: ${what}: ${why}`, cause };
}

function undecidedReason(verdict: TimingVerdict): string | undefined {
  return verdict.kind === 'not-decided' ? verdict.reason : undefined;
}
