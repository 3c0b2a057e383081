import { describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { jsonServer } from '../contract/testing/servers.ts';
import { profiles } from './profiles.ts';
import { plain } from './pure-bt/workloads.ts';
import { runSoak } from './soak.ts';
import { sessionWith, withoutK6 } from './testing/with-k6.ts';

describe.skipIf(withoutK6)('a soak', () => {
  const [smoke] = profiles;
  if (smoke === undefined) throw new Error('no profile');
  const order = {
    profile: { ...smoke, name: 'soak' as const, rate: 30, seconds: 10 },
    mix: [{ workload: plain, weight: 1 }],
    objectives: ['bound correctly 100 %'],
  };

  test('a soak longer than a token lives runs in legs, each with a fresh one', async () => {
    await using target = await openReferenceTarget();
    const tokens: string[] = [];
    const states: typeof target.states = {
      ...target.states,
      setup: async (state, signal) => {
        const setup = await target.states.setup(state, signal);
        if (setup.kind !== 'ready') return setup;
        tokens.push(setup.fixture['token'] ?? '');
        return setup;
      },
    };
    // A clock that is ahead leaves tokens of two hours five seconds to live, beside the margin.
    const ahead = (7_200 - 65) * 1_000;
    const { results } = await runSoak(sessionWith({ ...target, states }), order, () => Date.now() + ahead);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.length).toBeGreaterThanOrEqual(2);
    expect(results).toMatchObject({ valid: true, seconds: 10, dropped: 0 });
    expect(results.requests).toBeGreaterThanOrEqual(295);
    expect(results.notes.join()).toMatch(/legs, each with a fresh token/);
    expect(results.windows.map(({ from }) => from)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(results.objectives.every(({ kept }) => kept)).toBe(true);
    expect(results.drift?.length).toBe(2);
  });

  test('a soak whose later leg gets no device keeps what it has measured', async () => {
    await using target = await openReferenceTarget();
    let setups = 0;
    const states: typeof target.states = {
      ...target.states,
      setup: async (state, signal) => {
        setups += 1;
        return setups > 1 ? { kind: 'unsupported', reason: 'no device left' } : target.states.setup(state, signal);
      },
    };
    const ahead = (7_200 - 64) * 1_000;
    const { results } = await runSoak(sessionWith({ ...target, states }), order, () => Date.now() + ahead);
    expect(results.valid).toBe(false);
    expect(results.reasons.join()).toMatch(/after \d s: load needs the state .* no device left/);
    expect(results.requests).toBeGreaterThan(50);
  });

  test('a soak of a server without the load state says so', async () => {
    await using server = await jsonServer({}, 404);
    await using target = await openReferenceTarget();
    const unsupported = { ...target.states, setup: async () => ({ kind: 'unsupported' as const, reason: server.url }) };
    await expect(runSoak(sessionWith({ ...target, states: unsupported }), order)).rejects.toMatchObject({
      exitCode: 3,
    });
  });
});
