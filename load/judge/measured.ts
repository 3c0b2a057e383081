import {
  type CodeCount,
  type Latency,
  type LoadResults,
  roundResult,
  type WindowResult,
  type WorkloadResult,
} from '../results.ts';
import type { CountedCode } from '../run/counted-codes.ts';
import { mergeQuantiles, type Quantiles, quantile } from '../run/quantiles.ts';
import type { RunWorkload, Share } from '../run/share.ts';

/** The measurements of a run, read from its share. A missing number is 0; a validity check finds it. */
export type Measured = Pick<
  LoadResults,
  'requests' | 'dropped' | 'codes' | 'latency' | 'latencyByCode' | 'workloads' | 'histogram' | 'windows'
> & {
  readonly iterations: number;
  /** Requests without a complete HTTP answer. */
  readonly unanswered: number;
  readonly bytesSent: number;
  /** Requests with an answer that was judged. */
  readonly judged: number;
};

/** The measurements of all shares of a run together. */
export function readMeasured({ counters, distributions, run }: Share): Measured {
  const count = (metric: string): number => counters[metric] ?? 0;
  const codes = countCodes(counters, run.workloads);
  const histogram = numberedEntries(counters, 'bucket_')
    .map(([bucket, of]) => [Number(bucket), of] as const)
    .sort(([a], [b]) => a - b);
  const usualLatency = (index: number): Quantiles => distributions[`latency_${index}`] ?? mergeQuantiles([]);
  return {
    iterations: count('iterations'),
    requests: count('http_reqs'),
    unanswered: count('unanswered'),
    dropped: count('dropped_iterations'),
    bytesSent: count('data_sent'),
    judged: codes.reduce((sum, { count: of }) => sum + of, 0),
    codes,
    latency: toLatency(distributions['http_req_duration'] ?? mergeQuantiles([])),
    histogram,
    workloads: run.workloads.map((workload, index) => workloadResult(workload, index, usualLatency(index), count)),
    latencyByCode: groupByUsualCode(run.workloads).map(([code, indices]) => {
      const usualAnswers = indices.reduce((sum, index) => sum + count(`usual_${index}`), 0);
      return { code, count: usualAnswers, latency: toLatency(mergeQuantiles(indices.map(usualLatency))) };
    }),
    windows: readWindows(distributions, run),
  };
}

function readWindows(distributions: Share['distributions'], run: Share['run']): readonly WindowResult[] {
  const apart = run.windowsByWorkload ? run.workloads.length : 1;
  const byWindow = Map.groupBy(numberedEntries(distributions, 'window_'), ([index]) =>
    Math.floor(Number(index) / apart),
  );
  return [...byWindow]
    .sort(([a], [b]) => a - b)
    .map(([window, parts]) => {
      const latencies = mergeQuantiles(parts.map(([, part]) => part));
      return { from: window * run.windowSeconds, requests: latencies.count, latency: toLatency(latencies) };
    });
}

/** The percentiles of a distribution, rounded to microseconds. */
function toLatency(of: Quantiles): Latency {
  const at = (share: number): number => roundResult(quantile(of, share), 3);
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function workloadResult(
  { name, title, weight, usual, usualStands }: RunWorkload,
  index: number,
  latencies: Quantiles,
  count: (metric: string) => number,
): WorkloadResult {
  const countOfClass = (codeClass: typeof usualStands): number =>
    count(`${codeClass}_${index}`) + (usualStands === codeClass ? count(`usual_${index}`) : 0);
  const [right, open, wrong] = [countOfClass('right'), countOfClass('open'), countOfClass('wrong')];
  return { name, title, weight, requests: right + open + wrong, right, open, usual, latency: toLatency(latencies) };
}

/** Usual answers are counted by workload, all others by code. */
export function countCodes(counters: Share['counters'], workloads: readonly RunWorkload[]): readonly CodeCount[] {
  const counts = new Map<CountedCode, number>();
  const add = (code: CountedCode, count: number): void => {
    if (count > 0) counts.set(code, (counts.get(code) ?? 0) + count);
  };
  for (const [code, count] of numberedEntries(counters, 'code_')) {
    add(code === 'other' || code === 'none' ? code : Number(code), count);
  }
  for (const [index, { usual }] of workloads.entries()) add(usual, counters[`usual_${index}`] ?? 0);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || String(a.code).localeCompare(String(b.code)));
}

function groupByUsualCode(workloads: readonly RunWorkload[]): readonly (readonly [CountedCode, readonly number[]])[] {
  const codes = [...new Set(workloads.map(({ usual }) => usual))];
  return codes.map((code) => [code, workloads.flatMap(({ usual }, index) => (usual === code ? [index] : []))]);
}

function numberedEntries<Value>(
  of: Readonly<Record<string, Value>>,
  prefix: string,
): readonly (readonly [string, Value])[] {
  return Object.entries(of).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
}
