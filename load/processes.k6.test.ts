/** Several k6 processes that share a run give the same result as one process. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { goodFixture, httpServer, jsonServer } from '../contract/testing/servers.ts';
import { targetOf } from '../contract/testing/targets.ts';
import { judgeRun } from './judge/judge-run.ts';
import { type Measured, readMeasured } from './judge/measured.ts';
import { readShares } from './judge/merge.ts';
import { defaultObjectives } from './judge/objectives.ts';
import { runLoad } from './load.ts';
import { steadyCurve } from './profiles.ts';
import { loadExitCode } from './results.ts';
import { draftPlan } from './run/draft-plan.ts';
import { bucketIndex } from './run/histogram.ts';
import { measure } from './run/measure.ts';
import { mergeShares } from './run/share.ts';
import { fixedLatency } from './testing/latencies.ts';
import { generatorWith, onlyPlain, operation, profileWith, siteAt, withoutK6 } from './testing/with-k6.ts';

describe.skipIf(withoutK6)('with k6', () => {
  test('binds each device once with three processes and judges one run', async () => {
    const seen = new Map<string, number>();
    const server = httpServer((_request, response, body) => {
      const { dk } = JSON.parse(body) as { dk: string };
      const times = (seen.get(dk) ?? 0) + 1;
      seen.set(dk, times);
      const answer = times === 1 ? operation.success : '{"code":5049,"msg":"bound"}';
      response.setHeader('content-type', 'application/json').end(answer);
    });
    await using target = await targetOf(server);
    const order = { profile: profileWith('smoke', 60, 1), mix: onlyPlain, objectives: defaultObjectives };
    const { results, shares } = await runLoad(siteAt(target), generatorWith({ processes: 3 }), order);
    const devices = [...seen.keys()].filter((dk) => dk.startsWith(shares[0]?.run.id ?? 'none'));
    expect(devices.length).toBe(results.requests);
    expect(results).toMatchObject({ reasons: [], processes: 3, dropped: 0 });
    expect(results.codes).toEqual([{ code: 200, count: devices.length }]);
    expect(results.objectives).toContainEqual(
      expect.objectContaining({ name: 'each device is bound once', kept: true }),
    );
    expect(loadExitCode(results)).toBe(0);
    for (const { counters } of shares) {
      // k6 may start one iteration more or less.
      expect(Math.abs((counters['iterations'] ?? 0) - 20)).toBeLessThanOrEqual(1);
    }
    // Judged again from the shares, as load merge does it, the result is the same.
    const read = shares.flatMap((share) => readShares('share', Buffer.from(JSON.stringify(share))));
    const { codes, latency, histogram } = results;
    expect(judgeRun(read)).toMatchObject({ codes, latency, histogram });
  });

  test('counts and measures with three processes as with one', async () => {
    const iterations = 6_000;
    const [single, merged] = [await fixedRun(1, iterations), await fixedRun(3, iterations)];
    expect(merged.codes).toEqual([{ code: 200, count: iterations }]);
    expect(merged).toMatchObject({ iterations, codes: single.codes, histogram: single.histogram });
    const buckets = Map.groupBy(
      Array.from({ length: iterations }, (_, number) => number),
      (number) => bucketIndex(fixedLatency(number)),
    );
    expect(new Map(merged.histogram)).toEqual(new Map([...buckets].map(([bucket, held]) => [bucket, held.length])));
    const sorted = Array.from({ length: iterations }, (_, number) => fixedLatency(number)).sort((a, b) => a - b);
    const [alone, together] = [single, merged].map(({ workloads }) => workloads[0]?.latency);
    for (const [rank, share] of Object.entries({ p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 })) {
      const expected = sorted[Math.round(share * (iterations - 1))] ?? 0;
      for (const value of [alone?.[rank as 'p50'] ?? 0, together?.[rank as 'p50'] ?? 0])
        expect(Math.abs(value / expected - 1), `${rank} ${value} for ${expected}`).toBeLessThan(0.05);
    }
    expect(together?.max).toBe(alone?.max);
  });
});

/** A run of a fixed number of iterations, independent of time. */
async function fixedRun(processes: number, iterations: number): Promise<Measured> {
  await using target = await targetOf(jsonServer({}));
  const script = fileURLToPath(new URL('./testing/fixed-latencies.ts', import.meta.url));
  const generator = generatorWith({ processes });
  const usual = new Map([[operation.plain, 200]]);
  const product = {
    site: siteAt(target),
    fixture: goodFixture(1),
    tokens: new Map(),
    mix: onlyPlain,
    notes: [],
    usual,
  };
  const curve = steadyCurve(iterations, 1);
  const plan = draftPlan(product, generator, { profile: 'smoke', phase: 'fixed', curve, windowSeconds: 1, lane: 'vu' });
  const scenario = { executor: 'shared-iterations', vus: 6, iterations, maxDuration: '30s' };
  const { shares } = await measure(generator, { ...plan, script, k6: { ...plan.k6, scenarios: { bind: scenario } } });
  expect(shares).toHaveLength(processes);
  const whole = mergeShares(shares);
  if (whole === undefined) throw new Error('no share');
  return readMeasured(whole);
}
