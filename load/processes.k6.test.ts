/** Several k6 processes that share a run: what they do together is what one would do. */

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { createStatesClient } from '../contract/targets/states-client.ts';
import type { Target } from '../contract/targets/target.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import { goodFixture, httpServer, statesServer } from '../contract/testing/servers.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import { percentile } from './histogram.ts';
import { judgeRun } from './judge.ts';
import { findK6, k6Places } from './k6-binary.ts';
import type { LoadOutcome } from './load.ts';
import { runLoad } from './load.ts';
import { measureLoad } from './measure-load.ts';
import { measure } from './measured.ts';
import { startNullServer } from './null-server.ts';
import { defaultObjectives } from './objectives.ts';
import { profiles } from './profiles.ts';
import { plain } from './pure-bt/workloads.ts';
import { readShares } from './read-shares.ts';
import type { LoadSession } from './session.ts';
import type { Share } from './share.ts';
import { mergeShares } from './share.ts';
import { fixedLatency } from './testing/latencies.ts';
import { loadExitCode } from './verdict.ts';

const [smoke] = profiles;
if (smoke === undefined) throw new Error('no profile');
const profile = { ...smoke, rate: 60, seconds: 1 };
const k6 = await findK6(k6Places(() => undefined));
const mix = [{ workload: plain, weight: 1 }];
/** How wide a bucket of the histogram is: what a percentile read from it may be off by. */
const histogramError = 0.05;

function sessionOf(target: Target, processes: number): LoadSession {
  if (k6 === undefined) throw new Error('no k6');
  const signal = new AbortController().signal;
  return { target, k6, dialect: defaultDialect, timeoutMs: 5_000, signal, processes };
}

function inThree(target: Target): Promise<LoadOutcome> {
  return runLoad(sessionOf(target, 3), { profile, mix, objectives: defaultObjectives });
}

// CI brings k6 before it runs the tests, so nothing is skipped there.
describe.skipIf(k6 === undefined && process.env['CI'] === undefined)('with k6', () => {
  test('three processes bind each device of the reference server once', async () => {
    await using target = await openReferenceTarget();
    const { results, shares } = await inThree(target);
    expect(results).toMatchObject({ reasons: [], processes: 3, dropped: 0 });
    expect(results.codes).toEqual([{ code: 200, count: results.requests }]);
    expect(results.objectives.map(({ name, kept }) => [name, kept])).toContainEqual([
      'each device is bound once',
      true,
    ]);
    expect(loadExitCode(results)).toBe(0);
    for (const { counters } of shares) {
      // k6 may start one iteration more or less.
      expect(Math.abs((counters['iterations'] ?? 0) - 20)).toBeLessThanOrEqual(1);
    }
    expect(shares.reduce((sum, { counters }) => sum + (counters['usual_0'] ?? 0), 0)).toBe(results.requests);
    // Judged again from its shares, as load merge reads them, it is the same.
    const read = shares.flatMap((share) => readShares('share', Buffer.from(JSON.stringify(share))));
    const again = judgeRun(read as [Share, ...Share[]]);
    expect(again).toMatchObject({ codes: results.codes, latency: results.latency, histogram: results.histogram });
    const longest = percentile(results.histogram, 1) / results.latency.max;
    expect(Math.abs(longest - 1)).toBeLessThan(histogramError);
  });

  test('a server sees each device of three processes once', async () => {
    const seen = new Map<string, number>();
    await using server = await httpServer((_request, response, body) => {
      const { dk } = JSON.parse(body) as { dk: string };
      const times = (seen.get(dk) ?? 0) + 1;
      seen.set(dk, times);
      const answer = times === 1 ? { code: 200, msg: '', data: { verified: 1 } } : { code: 5049, msg: 'bound' };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    await using states = await statesServer();
    await using target = openUrlTarget({ baseUrl: server.url }, createStatesClient({ operation, url: states.url }));
    const { results, shares } = await inThree(target);
    const devices = [...seen.keys()].filter((dk) => dk.startsWith(shares[0]?.run.id ?? 'none'));
    expect(devices.length).toBe(results.requests);
    expect(results).toMatchObject({ valid: true, dropped: 0, codes: [{ code: 200, count: devices.length }] });
  });

  test('three processes count and measure what one does, over the same latencies', async () => {
    const iterations = 6_000;
    const [one, three] = [await fixedRun(1, iterations), await fixedRun(3, iterations)];
    expect(three).toHaveLength(3);
    const [single, merged] = [one, three].map((shares) => measure(mergeShares(shares)));
    if (single === undefined || merged === undefined) throw new Error('no shares');
    expect(merged.codes).toEqual([{ code: 200, count: iterations }]);
    expect(merged).toMatchObject({ iterations, codes: single.codes, histogram: single.histogram });
    const sorted = Array.from({ length: iterations }, (_, number) => fixedLatency(number)).sort((a, b) => a - b);
    const [alone, together] = [single, merged].map(({ workloads }) => workloads[0]?.latency);
    for (const [rank, share] of Object.entries({ p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 })) {
      const due = sorted[Math.round(share * (iterations - 1))] ?? 0;
      const values = {
        alone: alone?.[rank as 'p50'] ?? 0,
        together: together?.[rank as 'p50'] ?? 0,
        histogram: percentile(merged.histogram, share),
      };
      for (const [of, value] of Object.entries(values))
        expect(Math.abs(value / due - 1), `${rank} ${of} ${value} for ${due}`).toBeLessThan(histogramError);
    }
    expect(together?.max).toBe(alone?.max);
  });
});

/** A run of so many iterations, whatever the clock does. */
async function fixedRun(processes: number, iterations: number): Promise<readonly [Share, ...Share[]]> {
  await using server = await startNullServer();
  await using states = await statesServer();
  await using target = openUrlTarget({ baseUrl: server.url }, createStatesClient({ operation, url: states.url }));
  const product = {
    ...{ fixture: goodFixture(1), expiredToken: undefined, mix, notes: [] },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const script = fileURLToPath(new URL('./testing/fixed-latencies.ts', import.meta.url));
  const { shares } = await measureLoad({ ...sessionOf(target, processes), script }, product, {
    ...{ profile: 'smoke', phase: 'fixed', mix, usual: new Map([[plain, 200]]), objectives: [], noiseFloor: null },
    ...{ notes: [], windowSeconds: 1, lane: 'vu' },
    curve: [
      { at: 0, rate: iterations },
      { at: 1, rate: iterations },
    ],
    scenario: { executor: 'shared-iterations', vus: 6, iterations, maxDuration: '30s' },
  });
  const [first, ...others] = shares;
  if (first === undefined) throw new Error('no share');
  return [first, ...others];
}
