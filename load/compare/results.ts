import type { CompareResults, Settings as FileSettings, MetricName } from './compare.generated.ts';

/** The file `compare.json`; `compare.schema.json` describes its fields. */
export type { ComparedMetric, ComparedSide, CompareResults, MetricName, Verdict } from './compare.generated.ts';

/** All settings of a comparison; in a file of an older bindgate, some may be missing. */
export type Settings = Required<FileSettings>;

/** Every metric, in the order of display. */
export const metricNames: readonly MetricName[] = ['p50', 'p95', 'p99', 'rate'];

/**
 * The default settings; docs/compare.md gives their false alarms and their power.
 * A metric with more noise has a larger limit: a p99 of 360 answers depends on four of them.
 */
export const defaultSettings: Settings = {
  rate: 200,
  windows: 40,
  windowSeconds: 2,
  confidence: 0.95,
  resamples: 10_000,
  seed: 1,
  leastAnswers: 200,
  aboveFloor: 2,
  busiestShare: 0.8,
  limits: {
    p50: { minimumEffect: 0.03, tolerance: 0.05 },
    p95: { minimumEffect: 0.05, tolerance: 0.1 },
    p99: { minimumEffect: 0.1, tolerance: 0.25 },
    rate: { minimumEffect: 0.02, tolerance: 0.02 },
  },
};

/** Outcomes as text, the most frequent first. */
export function outcomesText(outcomes: CompareResults['a']['outcomes']): string {
  const rows = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  return rows.map(([outcome, count]) => `${outcome} ×${count}`).join(', ') || 'none';
}

/**
 * The exit code of a comparison: 0 PASS, 1 FAIL, 3 INCONCLUSIVE or not valid, 130 interrupted.
 * With `inconclusivePasses`, INCONCLUSIVE is 0 if the numbers are valid.
 */
export function compareExitCode(
  { verdict, valid, interrupted }: CompareResults,
  inconclusivePasses: boolean,
): 0 | 1 | 3 | 130 {
  if (interrupted) return 130;
  if (verdict === 'PASS') return 0;
  if (verdict === 'FAIL') return 1;
  return valid && inconclusivePasses ? 0 : 3;
}
