import { expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { readToken } from './run/product.ts';
import { runSoak } from './soak.ts';
import { generatorWith, onlyPlain, profileWith, siteAt, withoutK6 } from './testing/with-k6.ts';

test.skipIf(withoutK6)(
  'a soak runs in legs with a fresh token each, and keeps what it has when a leg gets no device',
  async () => {
    await using target = await openReferenceTarget();
    const tokens: string[] = [];
    const states: typeof target.states = {
      ...target.states,
      setup: async (state, signal) => {
        if (tokens.length === 2) return { kind: 'unsupported', reason: 'no device left' };
        const setup = await target.states.setup(state, signal);
        if (setup.kind === 'ready') tokens.push(readToken(setup));
        return setup;
      },
    };
    // A clock that is ahead leaves tokens of two hours a second and a half to live, beside the margin.
    const now = (): number => Date.now() + (7_200 - 61.5) * 1_000;
    const order = { profile: profileWith('soak', 40, 3), mix: onlyPlain, objectives: ['bound correctly 100 %'] };
    const { results } = await runSoak(siteAt({ ...target, states }), generatorWith(), order, now);
    expect(new Set(tokens).size).toBe(2);
    expect(results.reasons.join()).toMatch(/^after 2 s: load needs the state .* no device left$/);
    expect(results).toMatchObject({ valid: false, seconds: 2, dropped: 0 });
    expect(results.requests).toBeGreaterThanOrEqual(78);
    expect(results.notes.join()).toMatch(/2 legs, each with a fresh token/);
    expect(results.windows.map(({ from }) => from)).toEqual([0, 1]);
  },
);
