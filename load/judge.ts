import type { Profile } from './profiles.ts';
import type { Latency, LoadResults } from './results.ts';
import type { K6Run, K6Summary } from './run-k6.ts';

/** What a run measured, read from k6's summary. */
export type Measured = {
  readonly iterations: number;
  readonly requests: number;
  /** Requests without a whole HTTP answer. */
  readonly unanswered: number;
  readonly dropped: number;
  readonly bytesSent: number;
  readonly judged: number;
  readonly codes: LoadResults['codes'];
  readonly latency: Latency;
  readonly histogram: LoadResults['histogram'];
};

/** A generator busier than this share of its cores measures itself. */
const busiestShare = 0.8;

/** Reads k6's summary; every number that is missing is 0, and a gate asks for it. */
export function measure({ metrics }: K6Summary): Measured {
  const value = (metric: string, key: string): number => metrics[metric]?.values[key] ?? 0;
  const counters = (prefix: string): readonly (readonly [string, number])[] =>
    Object.entries(metrics).flatMap(([name, { values }]) =>
      name.startsWith(prefix) && (values['count'] ?? 0) > 0
        ? [[name.slice(prefix.length), values['count'] ?? 0] as const]
        : [],
    );
  const codes = counters('code_').map(([code, count]) => ({
    code: /^\d+$/.test(code) ? Number(code) : (code as 'other' | 'none'),
    count,
  }));
  const duration = (key: string): number => Math.round(value('http_req_duration', key) * 1000) / 1000;
  return {
    iterations: value('iterations', 'count'),
    requests: value('http_reqs', 'count'),
    unanswered: value('unanswered', 'count'),
    dropped: value('dropped_iterations', 'count'),
    bytesSent: value('data_sent', 'count'),
    judged: codes.reduce((sum, { count }) => sum + count, 0),
    codes: codes.sort((a, b) => b.count - a.count),
    latency: {
      p50: duration('p(50)'),
      p90: duration('p(90)'),
      p95: duration('p(95)'),
      p99: duration('p(99)'),
      p999: duration('p(99.9)'),
      max: duration('max'),
    },
    histogram: counters('bucket_')
      .map(([bucket, count]) => [Number(bucket), count] as const)
      .sort(([a], [b]) => a - b),
  };
}

/**
 * Why a run's numbers mean nothing; empty where they mean something.
 * Each gate stands for a k6 run that ended green and had measured nothing. Source: LOAD, "Green runs that measured nothing".
 */
export function invalidity(
  run: K6Run,
  measured: Measured | undefined,
  profile: Profile,
  cores: number,
): readonly string[] {
  if (run.interrupted) return ['interrupted'];
  if (run.exitCode !== 0)
    return [`k6 ended with exit code ${run.exitCode ?? 'none'}: ${run.said || 'it said nothing'}`];
  if (measured === undefined) return ['k6 wrote no summary'];
  const { iterations, requests, unanswered, dropped, bytesSent, judged } = measured;
  const planned = profile.rate * profile.seconds;
  return [
    ...(iterations === 0 ? ['no iteration ended'] : []),
    ...(requests !== iterations
      ? [`${iterations} iterations sent ${requests} requests; the script must have thrown`]
      : []),
    ...(unanswered > 0
      ? [`${unanswered} of ${requests} requests got no answer${run.said === '' ? '' : `: ${run.said}`}`]
      : []),
    ...(bytesSent === 0 ? ['no byte was sent'] : []),
    ...(judged + unanswered !== iterations ? [`${judged} of ${iterations} iterations came to a judgement`] : []),
    ...(dropped > 0
      ? [`${dropped} iterations could not be started on time; lower the rate or use a larger generator`]
      : []),
    // k6 may start one iteration less than rate times duration.
    ...(iterations + dropped < planned - 1 ? [`${iterations} iterations ended of ${planned} planned`] : []),
    ...(run.cpu !== null && run.cpu > cores * busiestShare
      ? [`the generator kept ${run.cpu.toFixed(1)} of ${cores} cores busy and measured itself`]
      : []),
  ];
}
