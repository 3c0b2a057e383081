import { UserError } from '../../contract/user-error.ts';
import { peakRate } from '../profiles.ts';
import { type LoadResults, reasonsThatHold, roundResult } from '../results.ts';
import { overallVerdict, percent } from './judge-metrics.ts';
import type { Outcomes } from './record.ts';
import { type ComparedMetric, type CompareResults, type MetricName, metricNames } from './results.ts';

/** A stored load run and the name of its file. */
export type StoredRun = { readonly name: string; readonly results: LoadResults };

/**
 * How far identical runs differ: measured back to back on one machine (±7 % in rate, ±10 % in p99). Runs of different days
 * differ more, so a larger difference is a reason to look, never a failure.
 */
const knownSpread: Readonly<Record<MetricName, number>> = { p50: 0.1, p95: 0.1, p99: 0.1, rate: 0.07 };

/**
 * Compares two stored runs of one profile. It gives a trend and a warning, never FAIL, because the machine and the day influence
 * the numbers too.
 * @throws UserError (exit code 2) if the two cannot be compared.
 */
export function compareStored(before: StoredRun, after: StoredRun): CompareResults {
  refuseDifferentRuns(before, after);
  const metrics = metricNames.map((name) =>
    compareValues(name, readMetric(before.results, name), readMetric(after.results, name)),
  );
  const [a, b] = [toSide(before), toSide(after)];
  const same = usualCodes(a.outcomes) === usualCodes(b.outcomes);
  const verdict = same ? overallVerdict(metrics.map((metric) => metric.verdict)) : 'INCONCLUSIVE';
  const reasons = reasonsThatHold([
    [!same, 'the servers answered the two runs with different codes'],
    [verdict !== 'PASS', 'two files show a trend, not proof; to decide, run `bindgate compare --a URL --b URL`'],
  ]);
  return {
    schema: 'bindgate.compare/1',
    verdict,
    metrics,
    reasons: [...metrics.flatMap(reasonFor), ...reasons],
    kind: 'stored',
    valid: true,
    interrupted: false,
    a,
    b,
  };
}

function refuseDifferentRuns({ name: first, results: a }: StoredRun, { name: second, results: b }: StoredRun): void {
  const [rateA, rateB] = [peakRate(a.curve), peakRate(b.curve)];
  const [problem] = reasonsThatHold([
    [!a.valid, `the run in ${first} is not valid (${a.reasons.join('; ')}); compare valid runs only`],
    [!b.valid, `the run in ${second} is not valid (${b.reasons.join('; ')}); compare valid runs only`],
    [
      a.profile !== b.profile,
      `${first} ran the profile "${a.profile}" and ${second} "${b.profile}"; compare two runs of the same profile`,
    ],
    [
      rateA !== rateB,
      `${first} ran at up to ${rateA}/s and ${second} at up to ${rateB}/s; compare two runs at the same rate`,
    ],
  ]);
  if (problem !== undefined) throw new UserError(problem, 2);
}

function readMetric(results: LoadResults, name: MetricName): number {
  return name === 'rate' ? results.ratePerSecond : results.latency[name];
}

function compareValues(name: MetricName, a: number, b: number): ComparedMetric {
  if (!(a > 0 && b > 0)) return { name, ratio: null, low: null, high: null, verdict: 'INCONCLUSIVE', a, b };
  const ratio = b / a;
  const spread = 1 + knownSpread[name];
  const worse = name === 'rate' ? 1 / ratio : ratio;
  return {
    name,
    ratio: roundResult(ratio),
    low: roundResult(ratio / spread),
    high: roundResult(ratio * spread),
    verdict: worse > spread ? 'INCONCLUSIVE' : 'PASS',
    a,
    b,
  };
}

function reasonFor({ name, ratio, verdict }: ComparedMetric): readonly string[] {
  const spread = percent(knownSpread[name]);
  if (ratio === null) return [`${name}: one of the two runs has no value`];
  const change = `${name}: ${ratio >= 1 ? '+' : '−'}${percent(Math.abs(ratio - 1))} from the first to the second`;
  if (verdict !== 'PASS') return [`${change}; identical runs differ by up to ${spread}`];
  const better = name === 'rate' ? ratio : 1 / ratio;
  return better > 1 + knownSpread[name] ? [`${change} (better)`] : [];
}

function toSide({ name, results }: StoredRun): CompareResults['a'] {
  return { name, outcomes: Object.fromEntries(results.codes.map(({ code, count }) => [String(code), count])) };
}

/** Codes of at least one answer in a hundred. */
function usualCodes(outcomes: Outcomes): string {
  const total = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const codes = Object.entries(outcomes).flatMap(([code, count]) => (count >= total / 100 ? [code] : []));
  return codes.sort().join();
}
