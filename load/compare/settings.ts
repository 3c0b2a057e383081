/** What is compared, by its name in the result file. Of a rate, less is worse; of a latency, more. */
export type MetricName = 'p50' | 'p95' | 'p99' | 'rate';

/** Every metric, in the order they are shown. */
export const metricNames: readonly MetricName[] = ['p50', 'p95', 'p99', 'rate'];

/** What counts as a change of one metric, as a share: 0.03 is 3 %. */
export type Limit = {
  /** A change for the worse below this is no failure, however sure it is. */
  readonly minimumEffect: number;
  /** A metric passes where it is surely not worse by more than this. */
  readonly tolerance: number;
};

/** Everything a verdict depends on beside what was measured; stated in the result file. */
export type Settings = {
  /** Requests started per second. */
  readonly rate: number;
  /** Windows of A and B together. */
  readonly windows: number;
  readonly windowSeconds: number;
  /** Of the whole comparison: 0.95 leaves one false FAIL in twenty where nothing differs, over all metrics together. */
  readonly confidence: number;
  readonly resamples: number;
  /** Of the resampling: the same numbers give the same verdict. */
  readonly seed: number;
  /** Answers that a window must hold, so that two of them lie beyond its p99. */
  readonly leastAnswers: number;
  /** A percentile is not judged unless it is this many times the generator's own. */
  readonly aboveFloor: number;
  /** A generator busier than this share of the cores measures itself. */
  readonly busiestShare: number;
  readonly limits: Readonly<Record<MetricName, Limit>>;
};

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
