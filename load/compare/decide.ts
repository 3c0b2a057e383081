import { roundResult } from '../results.ts';
import { effectsOfB, wholeBlocks } from './blocks.ts';
import type { JudgedMetric } from './judge-metrics.ts';
import { judgeMetrics, overallVerdict, percent } from './judge-metrics.ts';
import type { WindowSummary } from './record.ts';
import type { ComparedMetric, Verdict } from './results.ts';
import type { MetricName, Settings } from './settings.ts';
import type { Session } from './validity.ts';
import { invalidity, sideLetter } from './validity.ts';

/** What a session comes to. */
export type Decision = {
  readonly verdict: Verdict;
  readonly valid: boolean;
  readonly metrics: readonly ComparedMetric[];
  readonly reasons: readonly string[];
};

/** More windows than this many times those there are is no advice. */
const mostTimes = 20;

/** The verdict on a session, and nothing but arithmetic: the command and its calibration both come through here. */
export function decide(session: Session, settings: Settings): Decision {
  const blocks = wholeBlocks(session.windows);
  const judged = blocks.length < 2 ? [] : judgeMetrics(effectsOfB(blocks), settings);
  const problems = invalidity(session, settings);
  if (problems.length > 0) {
    const metrics = judged.map((metric) => toComparedMetric({ ...metric, verdict: 'INCONCLUSIVE' }, blocks.flat()));
    return { verdict: 'INCONCLUSIVE', valid: false, metrics, reasons: problems };
  }
  const metrics = judged.map((metric) => {
    const shown = toComparedMetric(metric, blocks.flat());
    const floor = floorReason(shown, session.floor, settings);
    return floor === undefined
      ? { metric: shown, reason: reasonFor(metric, settings) }
      : { metric: { ...shown, verdict: 'INCONCLUSIVE' as const }, reason: floor };
  });
  return {
    verdict: overallVerdict(metrics.map(({ metric }) => metric.verdict)),
    valid: true,
    metrics: metrics.map(({ metric }) => metric),
    reasons: metrics.flatMap(({ reason }) => (reason === undefined ? [] : [reason])),
  };
}

/**
 * Why a percentile is not judged: most of it is the generator's own, on both sides. Where one side is well above, the
 * difference is the servers', and smaller than it is in truth.
 */
function floorReason(
  { name, a, b }: ComparedMetric,
  floor: WindowSummary | undefined,
  { aboveFloor }: Settings,
): string | undefined {
  if (name === 'rate') return undefined;
  if (floor === undefined)
    return `${name}: the noise floor is unknown, since the null server's window holds no answers`;
  if (Math.max(a, b) >= floor[name] * aboveFloor) return undefined;
  return `${name}: ${ms(a)} and ${ms(b)} are less than ${aboveFloor} times the generator's own ${ms(floor[name])}; use a quieter or larger generator`;
}

function reasonFor(
  { name, verdict, estimate, interval, windowsToSettle }: JudgedMetric,
  settings: Settings,
): string | undefined {
  const { minimumEffect, tolerance } = settings.limits[name];
  const change = `${name}: B is ${inWords(estimate)} (${inWords(interval[0])} to ${inWords(interval[1])})`;
  if (verdict === 'FAIL') return `${change}, surely, and by more than ${percent(minimumEffect)}`;
  if (verdict === 'PASS' || windowsToSettle === undefined) return undefined;
  const settle =
    windowsToSettle > settings.windows * mostTimes
      ? 'it is too close to a limit for more windows to settle it'
      : `about ${windowsToSettle} windows in all would settle it (--windows ${windowsToSettle})`;
  return `${change}: neither surely worse by over ${percent(minimumEffect)} nor surely within ${percent(tolerance)}; ${settle}`;
}

/** A logarithm as the change it stands for. */
function inWords(logarithm: number): string {
  return `${percent(Math.abs(Math.expm1(logarithm)))} ${logarithm < 0 ? 'better' : 'worse'}`;
}

function toComparedMetric(
  { name, verdict, estimate, interval, corrected }: JudgedMetric,
  windows: readonly WindowSummary[],
): ComparedMetric {
  const [low, high] = toRatios(name, interval);
  const [correctedLow, correctedHigh] = toRatios(name, corrected.interval);
  return {
    name,
    ratio: toRatios(name, [estimate, estimate])[0],
    low,
    high,
    verdict,
    a: medianOverWindows(windows, 'A', name),
    b: medianOverWindows(windows, 'B', name),
    corrected: { confidence: roundResult(corrected.confidence), low: correctedLow, high: correctedHigh },
  };
}

/** B divided by A: of a rate, worse is below 1. */
function toRatios(name: MetricName, [low, high]: readonly [number, number]): readonly [number, number] {
  return name === 'rate'
    ? [roundResult(Math.exp(-high)), roundResult(Math.exp(-low))]
    : [roundResult(Math.exp(low)), roundResult(Math.exp(high))];
}

/** The median over a side's windows. */
function medianOverWindows(windows: readonly WindowSummary[], letter: 'A' | 'B', name: MetricName): number {
  const values = windows.filter(({ side }) => sideLetter(side) === letter).map((window) => window[name]);
  const sorted = values.sort((a, b) => a - b);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return roundResult((lower + upper) / 2);
}

function ms(value: number): string {
  return `${Math.round(value * 100) / 100} ms`;
}
