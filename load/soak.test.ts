import { expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { judgeRun } from './judge/judge-run.ts';
import { steadyCurve } from './profiles.ts';
import { judgeLegs, type Leg, runSoak } from './soak.ts';
import { syntheticShare } from './testing/shares.ts';
import { generatorWith, onlyPlain, profileWith, siteAt } from './testing/with-k6.ts';

/** A leg without problems: its start and its length in seconds. */
function leg(from: number, seconds: number): Leg {
  const share = syntheticShare({ profile: 'soak', planned: 50 * seconds, seconds, windowSeconds: 1 });
  const windows = Array.from({ length: seconds }, (_, index) => [`window_${index}`, share.distributions['window_0']]);
  const counts = { iterations: 50 * seconds, http_reqs: 50 * seconds, usual_0: 50 * seconds };
  const whole = {
    ...share,
    counters: { ...share.counters, ...counts },
    distributions: { ...share.distributions, ...Object.fromEntries(windows) },
  };
  const asked = { name: 'each device is bound once', kept: true, detail: '5 of 5' };
  const series = [{ at: seconds, requests: 50 * seconds, dropped: 0, codes: [] }];
  return { from, shares: [whole], results: judgeRun([whole], { objectives: [asked], series }) };
}

test('judges legs as one run with their windows in order', () => {
  const { results, shares } = judgeLegs([leg(0, 6), leg(6, 3)], 1);
  expect(results).toMatchObject({ valid: true, reasons: [], processes: 1, seconds: 9, planned: 450, requests: 450 });
  expect(results.curve).toEqual(steadyCurve(50, 9));
  expect(results.notes).toEqual(['2 legs, each with a new token']);
  expect(results.windows.map(({ from }) => from)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(results.series.map(({ at }) => at)).toEqual([6, 9]);
  expect(results.objectives.map(({ name, kept }) => [name, kept])).toEqual([
    ['bound correctly 100 %', true],
    ['each device is bound once', true],
  ]);
  expect(results.drift?.map(({ verdict }) => verdict)).toEqual(['steady', 'steady']);
  expect(shares).toHaveLength(2);
});

test('rejects a soak that ended early, with no note on a single leg', () => {
  const { results } = judgeLegs([leg(0, 6)], 1, ['after 6 s: no device left']);
  expect(results).toMatchObject({ valid: false, reasons: ['after 6 s: no device left'], requests: 300, notes: [] });
});

test('reports a server without the load state', async () => {
  await using target = await openReferenceTarget();
  const states = { ...target.states, setup: async () => ({ kind: 'unsupported' as const, reason: 'no such state' }) };
  const order = { profile: profileWith('soak', 30, 10), mix: onlyPlain, objectives: [] };
  await expect(runSoak(siteAt({ ...target, states }), generatorWith(), order)).rejects.toMatchObject({ exitCode: 3 });
});
