import { seededRandom } from '../../generators/random.ts';
import type { RequestContext } from '../../generators/request.ts';
import { eitherWay } from '../../spec/expectation.ts';
import type { Samples, TimingVerdict } from '../judge/timing.ts';
import { compareTimes } from '../judge/timing.ts';
import type { Timed } from './case.ts';
import type { Ending } from './outcome.ts';
import type { CaseContext } from './run-step.ts';
import { runBatch } from './run-step.ts';

/** Requests in each half. With 10, 10 and 10, a full separation by chance happens once in 30 million samples. */
const rounds = 10;
/** Rounds that are not counted: a server may load or compile code for the first answers. */
const warmUp = 1;

/**
 * Compares the times of two kinds of request, one request at a time.
 * A difference is a finding only if two separate samples show it.
 */
export async function runTimed(step: Timed, context: RequestContext, scene: CaseContext): Promise<Ending | undefined> {
  const first = await sample(step, context, scene, 'first');
  if ('outcome' in first) return first;
  const once = compareTimes(first);
  if (once.kind === 'same') return undefined;
  const second = await sample(step, context, scene, 'second');
  if ('outcome' in second) return second;
  const again = compareTimes(second);
  // Only samples that agree decide: a machine that was busy once, or is noisy, must neither fail nor pass a server.
  if (again.kind === 'same')
    return once.kind === 'different' ? notDecided(step, 'the first sample differed, the second did not') : undefined;
  if (
    once.kind === 'different' &&
    again.kind === 'different' &&
    Math.sign(once.effectMs) === Math.sign(again.effectMs)
  ) {
    return slowerEnding(step, again);
  }
  return notDecided(
    step,
    [once, again].map(undecidedReason).find((reason) => reason !== undefined) ?? 'the two samples disagree',
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
    // Another order in each round, so that a periodic disturbance does not hit one kind only.
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
  { effectMs, thresholdMs }: TimingVerdict & { kind: 'different' },
): Ending {
  const [slow, fast] = effectMs > 0 ? [other.name, one.name] : [one.name, other.name];
  const by = `${Math.abs(effectMs).toFixed(1)} ms`;
  return {
    outcome: 'failed',
    reason: `${what}: ${slow} takes ${by} longer than ${fast}, in two samples (threshold ${thresholdMs.toFixed(1)} ms, p < 0.001)`,
    cause: 'the response time reveals what was wrong',
  };
}

function notDecided({ what }: Timed, why: string): Ending {
  const cause = 'timing not decided';
  return { outcome: 'skipped', reason: `not decided: ${what}: ${why}`, cause };
}

function undecidedReason(verdict: TimingVerdict): string | undefined {
  return verdict.kind === 'not-decided' ? verdict.reason : undefined;
}
