import { reasonsThatHold } from '../results.ts';
import { effectsOfAgainstItself, wholeBlocks } from './blocks.ts';
import { judgeMetrics, percent } from './judge-metrics.ts';
import type { Outcomes, Recording, WindowSummary } from './record.ts';
import { outcomesText, type Settings } from './results.ts';

/** All measurements of one session with A and B: the windows that count, in order of time, and the outcomes of both. */
export type Session = Recording & {
  /** The window of the null server; undefined if it has no answers. */
  readonly floor: WindowSummary | undefined;
  /** Cores that the generator may use. */
  readonly cores: number;
  /** Whether an outcome is the code of a successful bind. */
  readonly isSuccess: (outcome: string) => boolean;
};

/** The letter of a side. */
export function sideLetter(side: number): 'A' | 'B' {
  return side === 0 ? 'A' : 'B';
}

/** Two shares of one code differ if chance alone gives such a difference only once in a thousand sessions. */
const differs = 3.3;

/**
 * Why the numbers of a session cannot decide anything; empty if they can.
 * The noise floor is checked for each percentile separately (`floorReason`).
 */
export function invalidity(session: Session, settings: Settings): readonly string[] {
  const { exitCode, said, iterations, requests, dropped, generatorCpu: cpu, cores, windows, outcomes } = session;
  if (session.interrupted) return ['interrupted'];
  if (exitCode !== 0) return [`k6 ended with exit code ${exitCode ?? 'none'}: ${said || 'no message'}`];
  if (requests === 0 || iterations !== requests) {
    return [`${iterations} iterations sent ${requests} requests; the k6 script threw an error`];
  }
  const sides = outcomes.map((side, index) => ({ side, letter: sideLetter(index), sent: countOutcomes(side) }));
  const { leastAnswers } = settings;
  const [short, ...shorter] = windows.filter(({ answers }) => answers < leastAnswers);
  const shortExample = `${short?.answers} in one of ${sideLetter(short?.side ?? 0)}`;
  const [textA, textB] = outcomes.map(({ stale: _, ...answered }) => outcomesText(answered));
  const reasons = reasonsThatHold([
    ...sides.map(({ side: { unanswered = 0 }, letter, sent }): [boolean, string] => [
      unanswered > 0,
      `${unanswered} of ${sent} requests got no answer from ${letter}${said === '' ? '' : `: ${said}`}`,
    ]),
    [
      dropped > 0,
      `${dropped} requests could not be started on time, because a server or this machine stalled; lower --rate, or use a quieter machine`,
    ],
    [
      cpu !== null && cpu > cores * settings.busiestShare,
      `the generator used ${cpu?.toFixed(1)} of ${cores} cores, so it measured itself; lower --rate`,
    ],
    [windows.length < settings.windows, `${windows.length} of ${settings.windows} windows were measured`],
    [
      short !== undefined,
      `${shorter.length + 1} of ${windows.length} windows have too few answers (for example ${shortExample}; a p99 needs ${leastAnswers}); raise --rate or --window-seconds`,
    ],
    // A comparison of two servers that refuse everything would compare refusals.
    ...sides.map(({ side, letter, sent }): [boolean, string] => [
      sent > 0 && !Object.keys(side).some(session.isSuccess),
      `${letter} bound nothing (${outcomesText(side)}), so its latency is the latency of refusals`,
    ]),
    [
      differentCodes(outcomes),
      `A and B answer with different codes (A: ${textA}; B: ${textB}), so their latencies cannot be compared`,
    ],
  ]);
  // Only checked if there is no other reason: a disturbed session has its reason already.
  return reasons.length > 0 ? reasons : selfComparisonReasons(session, settings);
}

/** A server that refuses more is faster. One that closes idle connections early still answers the same. */
function differentCodes(outcomes: readonly Outcomes[]): boolean {
  const [a = {}, b = {}] = outcomes.map(({ stale: _, ...answered }): Outcomes => answered);
  const [ofA, ofB] = [countOutcomes(a), countOutcomes(b)];
  return Object.keys({ ...a, ...b }).some((code) => {
    const [inA, inB] = [a[code] ?? 0, b[code] ?? 0];
    const pooled = (inA + inB) / (ofA + ofB);
    const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / ofA + 1 / ofB));
    return deviation > 0 && Math.abs(inA / ofA - inB / ofB) / deviation > differs;
  });
}

function selfComparisonReasons({ windows }: Session, settings: Settings): readonly string[] {
  const effects = effectsOfAgainstItself(wholeBlocks(windows));
  const reversed = effects.map((values) => values.map((value) => -value));
  return [effects, reversed]
    .flatMap((direction) => judgeMetrics(direction, settings))
    .filter(({ verdict }) => verdict === 'FAIL')
    .map(
      ({ name, estimate }) =>
        `A differs from itself: the ${name} of one half of its windows is ${percent(Math.expm1(estimate))} worse than the other half, so this machine is too unsteady`,
    );
}

function countOutcomes(outcomes: Outcomes): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}
