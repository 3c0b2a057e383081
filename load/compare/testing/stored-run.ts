import { judgeRun } from '../../judge/judge-run.ts';
import { steadyCurve } from '../../profiles.ts';
import type { LoadResults } from '../../results.ts';
import { syntheticShare } from '../../testing/shares.ts';

const run = { profile: 'average', planned: 6_000, seconds: 60, curve: steadyCurve(100, 60), workloads: [], notes: [] };

/** A valid stored load run: p50 5 ms, p95 8 ms, p99 10 ms at 100/s, and 6,000 binds. */
export const storedRun: LoadResults = {
  ...judgeRun([syntheticShare({ ...run, noiseFloor: null, objectives: [] })]),
  valid: true,
  reasons: [],
  requests: 6_000,
  ratePerSecond: 100,
  codes: [{ code: 200, count: 6_000 }],
  latency: { p50: 5, p90: 7, p95: 8, p99: 10, p999: 15, max: 20 },
  histogram: [],
  windows: [],
};
