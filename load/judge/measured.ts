import type { CodeCount, Latency, WindowResult, WorkloadResult } from '../results.ts';
import type { CountedCode } from '../run/codes.ts';
import type { Histogram } from '../run/histogram.ts';
import type { Quantiles } from '../run/quantiles.ts';
import { mixed, quantile } from '../run/quantiles.ts';
import type { RunWorkload, Share } from '../run/share.ts';

/** What a run measured, read from its share; every number that is missing is 0, and a gate asks for it. */
export type Measured = {
  readonly iterations: number;
  readonly requests: number;
  /** Requests without a whole HTTP answer. */
  readonly unanswered: number;
  readonly dropped: number;
  readonly bytesSent: number;
  /** Requests whose answer was judged. */
  readonly judged: number;
  readonly codes: readonly CodeCount[];
  readonly latency: Latency;
  readonly histogram: Histogram;
  readonly workloads: readonly WorkloadResult[];
  readonly latencyByCode: readonly (CodeCount & { readonly latency: Latency })[];
  readonly windows: readonly WindowResult[];
};

/** What the shares of a run say, as one. */
export function measured({ counters, distributions, run }: Share): Measured {
  const count = (metric: string): number => counters[metric] ?? 0;
  const codes = codesOf(counters, run.workloads);
  const histogram = numbered(counters, 'bucket_')
    .map(([bucket, of]) => [Number(bucket), of] as const)
    .sort(([a], [b]) => a - b);
  const usualOf = (index: number): Quantiles => distributions[`latency_${index}`] ?? mixed([]);
  return {
    iterations: count('iterations'),
    requests: count('http_reqs'),
    unanswered: count('unanswered'),
    dropped: count('dropped_iterations'),
    bytesSent: count('data_sent'),
    judged: codes.reduce((sum, { count: of }) => sum + of, 0),
    codes,
    latency: latencyOf(distributions['http_req_duration'] ?? mixed([])),
    histogram,
    workloads: run.workloads.map((workload, index) => workloadResult(workload, index, usualOf(index), count)),
    latencyByCode: byUsualCode(run.workloads).map(([code, indices]) => {
      const usualAnswers = indices.reduce((sum, index) => sum + count(`usual_${index}`), 0);
      return { code, count: usualAnswers, latency: latencyOf(mixed(indices.map(usualOf))) };
    }),
    windows: windowsOf(distributions, run),
  };
}

function windowsOf(distributions: Share['distributions'], run: Share['run']): readonly WindowResult[] {
  const apart = run.windowsByWorkload ? run.workloads.length : 1;
  const byWindow = Map.groupBy(numbered(distributions, 'window_'), ([index]) => Math.floor(Number(index) / apart));
  return [...byWindow]
    .sort(([a], [b]) => a - b)
    .map(([window, parts]) => {
      const latencies = mixed(parts.map(([, part]) => part));
      return { from: window * run.windowSeconds, requests: latencies.count, latency: latencyOf(latencies) };
    });
}

/** The percentiles of a distribution, rounded to microseconds. */
function latencyOf(of: Quantiles): Latency {
  const at = (share: number): number => Math.round(quantile(of, share) * 1000) / 1000;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function workloadResult(
  { name, title, weight, usual, usualStands }: RunWorkload,
  index: number,
  latencies: Quantiles,
  count: (metric: string) => number,
): WorkloadResult {
  const stands = (standing: typeof usualStands): number =>
    count(`${standing}_${index}`) + (usualStands === standing ? count(`usual_${index}`) : 0);
  const [right, open, wrong] = [stands('right'), stands('open'), stands('wrong')];
  return { name, title, weight, requests: right + open + wrong, right, open, usual, latency: latencyOf(latencies) };
}

/** Usual answers are counted by workload, all others by code. */
export function codesOf(counters: Share['counters'], workloads: readonly RunWorkload[]): readonly CodeCount[] {
  const counts = new Map<CountedCode, number>();
  const add = (code: CountedCode, count: number): void => {
    if (count > 0) counts.set(code, (counts.get(code) ?? 0) + count);
  };
  for (const [code, count] of numbered(counters, 'code_')) {
    add(code === 'other' || code === 'none' ? code : Number(code), count);
  }
  for (const [index, { usual }] of workloads.entries()) add(usual, counters[`usual_${index}`] ?? 0);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || String(a.code).localeCompare(String(b.code)));
}

function byUsualCode(workloads: readonly RunWorkload[]): readonly (readonly [CountedCode, readonly number[]])[] {
  const codes = [...new Set(workloads.map(({ usual }) => usual))];
  return codes.map((code) => [code, workloads.flatMap(({ usual }, index) => (usual === code ? [index] : []))]);
}

function numbered<Value>(of: Readonly<Record<string, Value>>, prefix: string): readonly (readonly [string, Value])[] {
  return Object.entries(of).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
}
