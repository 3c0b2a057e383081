import type { LoadResults } from '../../results.ts';

/** A valid stored load run: p50 5 ms, p95 8 ms, p99 10 ms at 100/s, and 6,000 binds. */
export const storedRun: LoadResults = {
  schema: 'bindgate.load/1',
  profile: 'average',
  target: { kind: 'url', url: 'http://127.0.0.1:8080' },
  valid: true,
  reasons: [],
  notes: [],
  lane: 'rows',
  processes: 1,
  seconds: 60,
  curve: [
    { at: 0, rate: 100 },
    { at: 60, rate: 100 },
  ],
  planned: 6_000,
  requests: 6_000,
  ratePerSecond: 100,
  dropped: 0,
  generatorCpu: 0.2,
  noiseFloor: null,
  codes: [{ code: 200, count: 6_000 }],
  latency: { p50: 5, p90: 7, p95: 8, p99: 10, p999: 15, max: 20 },
  latencyByCode: [],
  workloads: [],
  histogram: [],
  windows: [],
  series: [],
  objectives: [],
  k6: { version: '2.2.0', from: 'PATH', exitCode: 0 },
};
