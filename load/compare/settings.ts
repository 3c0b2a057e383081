import type { Settings as FileSettings, MetricName } from './compare.generated.ts';

export type { MetricName } from './compare.generated.ts';

/** What a comparison is made with: all of it, where its file may be of an older bindgate. */
export type Settings = Required<FileSettings>;

/** Every metric, in the order they are shown. */
export const metricNames: readonly MetricName[] = ['p50', 'p95', 'p99', 'rate'];

/**
 * The settings whose false alarms and power docs/compare.md publishes.
 * Limits grow with the noise of their metric: a p99 of 360 answers rests on four of them.
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
