import type { Settings as FileSettings, MetricName } from './compare.generated.ts';

export type { MetricName } from './compare.generated.ts';

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
