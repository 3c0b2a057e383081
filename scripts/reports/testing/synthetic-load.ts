import {
  type ComparedMetric,
  type CompareResults,
  defaultSettings,
  type Verdict,
} from '../../../load/compare/results.ts';
import { storedRun } from '../../../load/compare/testing/stored-run.ts';
import type { Estimate, KneeTrial, Latency, LoadResults, StageResult } from '../../../load/results.ts';
import { bucketIndex } from '../../../load/run/histogram.ts';

/** Percentiles around a median, with a long tail. */
function latencyAround(p50: number): Latency {
  const times = (factor: number): number => Math.round(p50 * factor * 1000) / 1000;
  return { p50, p90: times(1.6), p95: times(2.1), p99: times(4), p999: times(9), max: times(14) };
}

/** A load run of some seconds at 200 per second, with a given text in every place that a server can write to. */
export function syntheticLoad(text = 'the usual', seconds = 20): LoadResults {
  const latency = latencyAround(2.4);
  const moments = Array.from({ length: seconds }, (_, at) => at);
  const perSecond = [
    { code: 200, count: 160 },
    { code: 5052, count: 25 },
    { code: 5420, count: 14 },
    { code: 'none', count: 1 },
  ] as const;
  const workload = { weight: 50, open: 0, usual: 200, latency };
  return {
    ...storedRun,
    notes: [text],
    processes: 2,
    seconds,
    curve: [0, seconds].map((at) => ({ at, rate: 200 })),
    planned: 200 * seconds,
    requests: 200 * seconds,
    ratePerSecond: 200,
    generatorCpu: 0.34,
    noiseFloor: latencyAround(0.4),
    latency,
    codes: perSecond.map(({ code, count }) => ({ code, count: count * seconds })),
    workloads: [
      { ...workload, name: 'plain', title: text, requests: 3_000, right: 2_990 },
      { ...workload, name: 'bad-dk', title: 'a dk with a hyphen', requests: 1_000, right: 1_000 },
    ],
    // A bell curve with a long tail to the right.
    histogram: Array.from({ length: 70 }, (_, at) => {
      const away = at - 25;
      return [bucketIndex(2.4) + away, Math.ceil(320 * Math.exp(-(away ** 2) / (away < 0 ? 60 : 400)))] as const;
    }),
    windows: moments.map((from) => ({ from, requests: 200, latency: latencyAround(2.4 + (from % 5) / 5) })),
    series: moments.map((at) => ({ at: at + 1, requests: 200, dropped: 0, codes: perSecond })),
    objectives: [
      { name: 'bound correctly 100 %', kept: false, detail: text },
      { name: 'each device is bound once', kept: true, detail: '5 of 5' },
    ],
  };
}

/** A run with the measurements of special profiles: stages, a knee and drift. */
export function syntheticProfiles(text = 'the usual'): LoadResults {
  return {
    ...syntheticLoad(text),
    stages: syntheticStages(text),
    knee: {
      keptAt: 410,
      brokenAt: 440,
      certainty: 'three trials of 10 s on each side agree',
      trials: trials.map(([rate, p99, outcome]) => ({ rate, p99, outcome, why: outcome === 'kept' ? '' : text })),
    },
    drift: [
      { percentile: 'p50', ratio: estimate(1.012, 0.02), verdict: 'steady' },
      { percentile: 'p99', ratio: estimate(1.31, 0.12), verdict: 'drifts' },
    ],
  };
}

const trials: readonly (readonly [rate: number, p99: number, outcome: KneeTrial['outcome']])[] = [
  [100, 4.2, 'kept'],
  [200, 5, 'kept'],
  [400, 21, 'kept'],
  [800, 2_400, 'not valid'],
  [600, 480, 'broken'],
  [500, 160, 'broken'],
  [440, 64, 'broken'],
  [410, 31, 'kept'],
];

const ladder: readonly (readonly [stage: string, adds: number, code: number])[] = [
  ['transport', 0, 5106],
  ['token check', 0.22, 5032],
  ['format check', 0.01, 5361],
  ['signature', 0.11, 5420],
  ['decryption of the code', 2.31, 5213],
  ['decryption of the new secret', 0.34, 5459],
  ['decryption of the old secret', -0.02, 5052],
  ['bind', 0.8, 200],
];

function syntheticStages(text: string): readonly StageResult[] {
  let [median, perRequest] = [0.62, 0.4];
  return ladder.map(([stage, adds, code], at) => {
    median += adds;
    perRequest += adds * 0.8;
    return {
      stage,
      workload: stage,
      title: at === 2 ? text : `what stops at ${stage}`,
      code,
      right: code !== 5213,
      latency: estimate(median, 0.05),
      capacity: estimate(1000 / perRequest, 40),
      marginal: at === 0 ? null : estimate(adds, 0.07),
      marginalCapacity: at === 0 ? null : estimate(adds * 0.8, 0.05),
      toldApart: at === 0 || Math.abs(adds) > 0.05,
    };
  });
}

/** A comparison with every verdict. */
export function syntheticCompare(text = 'the usual'): CompareResults {
  return {
    schema: 'bindgate.compare/1',
    verdict: 'FAIL',
    reasons: [text],
    kind: 'live',
    valid: true,
    interrupted: false,
    metrics: [
      compared('p50', estimate(1.104, 0.012), 'FAIL'),
      compared('p95', estimate(1.06, 0.07), 'INCONCLUSIVE'),
      { name: 'p99', ratio: null, low: null, high: null, verdict: 'INCONCLUSIVE', a: 0, b: 0 },
      compared('rate', estimate(0.999, 0.004), 'PASS'),
    ],
    a: { name: 'http://127.0.0.1:8080', outcomes: { 200: 9_000 } },
    b: { name: text, outcomes: { 200: 9_000 } },
    settings: defaultSettings,
  };
}

function compared(name: ComparedMetric['name'], { value, low, high }: Estimate, verdict: Verdict): ComparedMetric {
  return { name, ratio: value, low, high, verdict, a: 8, b: 8 * value };
}

function estimate(value: number, half: number): Estimate {
  return { value, low: value - half, high: value + half };
}
