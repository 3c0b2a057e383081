import { effectsOfAgainstItself, wholeBlocks } from './blocks.ts';
import { judgeMetrics, percent } from './judge-metrics.ts';
import type { Outcomes } from './record.ts';
import type { Session } from './session.ts';
import { letterOf } from './session.ts';
import type { Settings } from './settings.ts';

/** Two shares of one code differ where chance gives such a difference once in a thousand sessions. */
const differs = 3.3;

/**
 * Why a session's numbers decide nothing; empty where they may. Source: LOAD, "Deciding a regression", validity first.
 * The noise floor is asked of each percentile on its own (`nearFloor`).
 */
export function invalidity(session: Session, settings: Settings): readonly string[] {
  const { exitCode, said, iterations, requests, dropped, generatorCpu, cores } = session;
  if (session.interrupted) return ['interrupted'];
  if (exitCode !== 0) return [`k6 ended with exit code ${exitCode ?? 'none'}: ${said || 'it said nothing'}`];
  // One iteration more than there are windows for sends nothing.
  if (requests === 0 || iterations - requests > 1) {
    return [`${iterations} iterations sent ${requests} requests; the script must have thrown`];
  }
  const reasons = [
    ...unanswered(session),
    ...(dropped > 0
      ? [
          `${dropped} requests could not be started on time: a server or this machine stalled; lower --rate, or use a quieter machine`,
        ]
      : []),
    ...(generatorCpu !== null && generatorCpu > cores * settings.busiestShare
      ? [`the generator kept ${generatorCpu.toFixed(1)} of ${cores} cores busy and measured itself; lower --rate`]
      : []),
    ...shortWindows(session, settings),
    ...nothingBound(session),
    ...mixed(session.outcomes),
  ];
  // Asked of numbers that are otherwise sound: a session that is disturbed already has its reason.
  return reasons.length > 0 ? reasons : dirtyAgainstItself(session, settings);
}

function unanswered({ outcomes, said }: Session): readonly string[] {
  return outcomes.flatMap((side, index) => {
    const count = side['unanswered'] ?? 0;
    const why = said === '' ? '' : `: ${said}`;
    return count === 0 ? [] : [`${count} of ${totalOf(side)} requests got no answer from ${letterOf(index)}${why}`];
  });
}

function shortWindows({ windows }: Session, { leastAnswers, windows: planned }: Settings): readonly string[] {
  const short = windows.filter(({ answers }) => answers < leastAnswers);
  const [first] = short;
  return [
    ...(windows.length < planned ? [`${windows.length} of ${planned} windows were measured`] : []),
    ...(first === undefined
      ? []
      : [
          `${short.length} of ${windows.length} windows hold too few answers (one of ${letterOf(first.side)}: ${first.answers}; a p99 needs ${leastAnswers}); raise --rate or --window-seconds`,
        ]),
  ];
}

/** Two servers that refuse everything compare refusals. */
function nothingBound({ outcomes, isSuccess }: Session): readonly string[] {
  return outcomes.flatMap((side, index) =>
    totalOf(side) > 0 && !Object.keys(side).some(isSuccess)
      ? [`${letterOf(index)} bound nothing (${show(side)}), so its latency is that of refusals`]
      : [],
  );
}

/** A server that refuses more is faster; one that closes idle connections early answers no differently. */
function mixed(outcomes: readonly [Outcomes, Outcomes]): readonly string[] {
  const [a, b] = outcomes.map(({ stale: _, ...answered }) => answered) as [Outcomes, Outcomes];
  const [ofA, ofB] = [totalOf(a), totalOf(b)];
  const different = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((code) => {
    const [inA, inB] = [a[code] ?? 0, b[code] ?? 0];
    const pooled = (inA + inB) / (ofA + ofB);
    const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / ofA + 1 / ofB));
    return deviation > 0 && Math.abs(inA / ofA - inB / ofB) / deviation > differs;
  });
  return different.length === 0
    ? []
    : [`A and B answer with different codes (A: ${show(a)}; B: ${show(b)}), so their latencies cannot be compared`];
}

function dirtyAgainstItself({ windows }: Session, settings: Settings): readonly string[] {
  const effects = effectsOfAgainstItself(wholeBlocks(windows));
  const reversed = {
    p50: effects.p50.map(negated),
    p95: effects.p95.map(negated),
    p99: effects.p99.map(negated),
    rate: effects.rate.map(negated),
  };
  return [effects, reversed]
    .flatMap((direction) => judgeMetrics(direction, settings))
    .filter(({ verdict }) => verdict === 'FAIL')
    .map(
      ({ name, estimate }) =>
        `A differs from itself: the ${name} of one half of its windows is ${percent(Math.expm1(estimate))} worse than that of the other, so this machine is too unsteady`,
    );
}

function negated(value: number): number {
  return -value;
}

function totalOf(outcomes: Outcomes): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

/** Outcomes in words, the most frequent first. */
function show(outcomes: Outcomes): string {
  const rows = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  return rows.map(([outcome, count]) => `${outcome} ×${count}`).join(', ') || 'nothing came back';
}
