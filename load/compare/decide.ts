import { median } from '../../contract/judge/timing.ts';
import { roundResult } from '../results.ts';
import { effectsOfB, wholeBlocks } from './blocks.ts';
import { type JudgedMetric, judgeMetrics, overallVerdict, percent } from './judge-metrics.ts';
import type { WindowSummary } from './record.ts';
import type { ComparedMetric, CompareResults, MetricName, Settings } from './results.ts';
import { invalidity, type Session, sideLetter } from './validity.ts';

/** The decision on a session. */
export type Decision = Pick<CompareResults, 'verdict' | 'valid' | 'metrics' | 'reasons'>;

/** More windows than this many times the present number are not suggested. */
const mostTimes = 20;

/** The verdict on a session. Pure arithmetic, used by the command and by its calibration. */
export function decide(session: Session, settings: Settings): Decision {
  const blocks = wholeBlocks(session.windows);
  const judged = blocks.length < 2 ? [] : judgeMetrics(effectsOfB(blocks), settings);
  const decided = judged.map((metric): { readonly metric: ComparedMetric; readonly reason: string | undefined } => {
    const compared = toComparedMetric(metric, blocks.flat());
    const floor = floorReason(compared, session.floor, settings);
    return floor === undefined
      ? { metric: compared, reason: reasonFor(metric, settings) }
      : { metric: { ...compared, verdict: 'INCONCLUSIVE' }, reason: floor };
  });
  const problems = invalidity(session, settings);
  const valid = problems.length === 0;
  const metrics = decided.map(({ metric }) => (valid ? metric : { ...metric, verdict: 'INCONCLUSIVE' as const }));
  return {
    verdict: overallVerdict(metrics.map(({ verdict }) => verdict)),
    valid,
    metrics,
    reasons: valid ? decided.flatMap(({ reason }) => reason ?? []) : problems,
  };
}

/**
 * Why a percentile is not judged: on both sides, the generator itself causes most of it. If one side is well above the floor, the
 * difference comes from the servers, and the real difference is even larger.
 */
function floorReason(
  { name, a, b }: ComparedMetric,
  floor: WindowSummary | undefined,
  { aboveFloor }: Settings,
): string | undefined {
  if (name === 'rate') return undefined;
  if (floor === undefined)
    return `${name}: the noise floor is unknown, because the window of the null server has no answers`;
  if (Math.max(a, b) >= floor[name] * aboveFloor) return undefined;
  return `${name}: ${ms(a)} and ${ms(b)} are less than ${aboveFloor} times the noise floor (${ms(floor[name])}, the generator's own latency); use a quieter or larger generator`;
}

function reasonFor(
  { name, verdict, estimate, interval, windowsToSettle }: JudgedMetric,
  settings: Settings,
): string | undefined {
  const { minimumEffect, tolerance } = settings.limits[name];
  const change = `${name}: B is ${inWords(estimate)} (${inWords(interval[0])} to ${inWords(interval[1])})`;
  if (verdict === 'FAIL') return `${change}: certainly worse, by more than ${percent(minimumEffect)}`;
  if (verdict === 'PASS' || windowsToSettle === undefined) return undefined;
  const settle =
    windowsToSettle > settings.windows * mostTimes
      ? 'the result is too close to a limit; more windows would not help'
      : `about ${windowsToSettle} windows in total should decide it (--windows ${windowsToSettle})`;
  return `${change}: not certain that it is worse by over ${percent(minimumEffect)}, and not certain that it is within ${percent(tolerance)}; ${settle}`;
}

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

/** B divided by A: for a rate, below 1 is worse. */
function toRatios(name: MetricName, [low, high]: readonly [number, number]): readonly [number, number] {
  return name === 'rate'
    ? [roundResult(Math.exp(-high)), roundResult(Math.exp(-low))]
    : [roundResult(Math.exp(low)), roundResult(Math.exp(high))];
}

function medianOverWindows(windows: readonly WindowSummary[], letter: 'A' | 'B', name: MetricName): number {
  return roundResult(median(windows.flatMap((window) => (sideLetter(window.side) === letter ? window[name] : []))));
}

function ms(value: number): string {
  return `${roundResult(value, 2)} ms`;
}
