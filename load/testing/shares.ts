import { steadyCurve } from '../profiles.ts';
import { type Quantiles, summaryRanks } from '../run/quantiles.ts';
import type { LoadRun, Share } from '../run/share.ts';

/** A distribution with values that are a function of the rank. */
export function distribution(count: number, at: (rank: number) => number): Quantiles {
  return { count, values: summaryRanks.map(at) };
}

/** A share of 100 requests of one workload, all bound within 1 to 2 ms, in a run of 50/s for 2 s. */
export function syntheticShare(run: Partial<LoadRun> = {}): Share {
  const latencies = distribution(100, (rank) => 1 + rank / 100);
  return {
    schema: 'bindgate.load-share/1',
    run: {
      id: 'L0',
      profile: 'smoke',
      target: { kind: 'url', url: 'http://127.0.0.1:8080' },
      lane: 'rows',
      parts: 1,
      planned: 100,
      seconds: 2,
      curve: steadyCurve(50, 2),
      windowSeconds: 1,
      windowsByWorkload: false,
      workloads: [
        { name: 'plain', title: 'a plain bindingCode', weight: 1, binds: true, usual: 200, usualStands: 'right' },
      ],
      objectives: ['bound correctly 100 %'],
      noiseFloor: { p50: 0.2, p90: 0.3, p95: 0.4, p99: 0.5, p999: 0.6, max: 0.7 },
      cores: 2,
      k6: { version: '2.2.0', from: 'PATH' },
      notes: [],
      ...run,
    },
    counters: { iterations: 100, http_reqs: 100, data_sent: 60_000, usual_0: 100, bucket_90: 100 },
    distributions: { latency_0: latencies, http_req_duration: latencies, window_0: latencies },
    generator: { exitCode: 0, seconds: 2, cpu: 0.5, said: '' },
  };
}
