import { type Random, seededRandom } from '../../generators/random.ts';
import type { RequestContext } from '../../generators/request.ts';
import { eitherWay } from '../../spec/expectation.ts';
import { integerCode } from '../judge/judge.ts';
import { jsonValue } from '../judge/parse-json.ts';
import { errorRate, judgePairs, looks, smallestVisible, type TimingVerdict } from '../judge/timing.ts';
import { isLoopback } from '../targets/allow-hosts.ts';
import type { Target } from '../targets/target.ts';
import type { Timed, TimedKind } from './case.ts';
import type { CaseRun, Ending, Timing } from './outcome.ts';
import { type CaseContext, runBatch } from './run-step.ts';
import { judgeMissingAnswer, refusedByLimit, sendPatiently, tooManyRequests } from './send.ts';

/** Differences that matter, in milliseconds. A network hides smaller ones from a short run. */
const leastEffectsMs = { loopback: 0.5, network: 5 };

/** So long a case waits for answers, in milliseconds; longer until the first look, before which nothing can be decided. */
const budgetsMs = { firstLook: 20_000, all: 3_000 };

/** The smallest difference of two times that matters for a target, in milliseconds, unless a run chooses another. */
export function defaultTimingEffect({ kind, url }: Pick<Target, 'kind' | 'url'>): number {
  const isNear = kind === 'reference' || isLoopback(new URL(url).hostname);
  return isNear ? leastEffectsMs.loopback : leastEffectsMs.network;
}

/** Compares the times of two kinds of request, until a difference that matters is found or excluded, or the budget ends. */
export async function runTimed(step: Timed, context: RequestContext, scene: CaseContext): Promise<Ending> {
  const { run } = scene;
  for (const { name, request } of step.timed) {
    // The report shows one request of each kind. Their times do not count: a server may load or compile code for them.
    const ended = await runBatch(
      { what: name, requests: (given) => [request(given)], expect: () => eitherWay },
      0,
      context,
      scene,
    );
    if (ended !== undefined) return ended;
  }
  const order = seededRandom(run.seed, step.what);
  const seen = new Set<string>();
  const differences: number[] = [];
  let waitedMs = 0;
  for (;;) {
    const pair = await sendPair(step, order, context, run);
    if ('outcome' in pair) return pair;
    for (const answer of pair.answers) seen.add(answer);
    if (seen.size > 1)
      return notDecided(step, `the answers differ (${[...seen].join('; ')}), so their times may differ too`);
    differences.push(pair.differenceMs);
    waitedMs += pair.waitedMs;
    const budgetMs = differences.length < (looks[0] ?? 0) ? budgetsMs.firstLook : budgetsMs.all;
    const verdict = judgePairs(differences, run.timingEffectMs, waitedMs > budgetMs);
    if (verdict !== undefined) return toEnding(step, verdict, run);
  }
}

/**
 * Sends one request of each kind in a drawn order. A request of the first kind goes ahead, so that both of the pair come
 * after the same kind: what a server does after an answer delays both. The difference is the other kind minus the one.
 */
async function sendPair(step: Timed, order: Random, context: RequestContext, run: CaseRun) {
  const [one, other] = step.timed;
  const isOneFirst = order.datatype.boolean();
  const kinds: readonly TimedKind[] = isOneFirst ? [one, one, other] : [other, other, one];
  // All are made before the first is sent, so that the pauses between them are equal.
  const requests = kinds.map((kind) => kind.request(context));
  const [times, answers]: [number[], string[]] = [[], []];
  for (const { http } of requests) {
    const { exchange, backedOff } = await sendPatiently(http, run);
    if (exchange.kind === 'no-answer') return judgeMissingAnswer(exchange, step.what, run);
    const { httpStatus, body, durationMs } = exchange.response;
    if (httpStatus === tooManyRequests) return refusedByLimit(step.what, backedOff);
    answers.push(`HTTP ${httpStatus}, code ${integerCode(jsonValue(body)) ?? 'none'}`);
    times.push(durationMs);
  }
  const [ahead = 0, first = 0, second = 0] = times;
  return {
    differenceMs: isOneFirst ? second - first : first - second,
    waitedMs: ahead + first + second,
    answers,
  };
}

function toEnding(step: Timed, verdict: TimingVerdict, { timingEffectMs: limitMs }: CaseRun): Ending {
  const { kind, pairs, effectMs, fromMs, toMs } = verdict;
  const visibleMs = smallestVisible(verdict);
  if (!Number.isFinite(visibleMs))
    return notDecided(step, `${pairs} pairs of requests are too few, and the answers are too slow for more`);
  const timing: Timing = {
    pairs,
    limitMs,
    effectMs: round(effectMs),
    fromMs: round(fromMs),
    toMs: round(toMs),
    visibleMs: round(visibleMs),
  };
  if (kind === 'same') return { outcome: 'passed', timing };
  if (kind === 'not-decided') {
    const between = `the difference is between ${timing.fromMs} and ${timing.toMs} ms after ${pairs} pairs of requests`;
    return { ...notDecided(step, `${between}; that neither shows nor excludes ${limitMs} ms`), timing };
  }
  const [slow, fast] = effectMs > 0 ? [step.timed[1], step.timed[0]] : step.timed;
  const [least, most] = [fromMs, toMs].map(Math.abs).sort((a, b) => a - b);
  const by = `${slow.name} takes ${round(Math.abs(effectMs))} ms longer than ${fast.name}`;
  return {
    outcome: 'failed',
    reason: `${step.what}: ${by} (${round(least ?? 0)} to ${round(most ?? 0)} ms in ${pairs} pairs of requests, p < ${errorRate})`,
    cause: 'the response time reveals what was wrong',
    timing,
  };
}

function notDecided({ what }: Timed, why: string): Ending {
  return { outcome: 'skipped', reason: `not decided: ${what}: ${why}`, cause: 'timing not decided' };
}

/** Milliseconds for people: to the microsecond. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
