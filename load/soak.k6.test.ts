import { expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { readToken } from './run/product.ts';
import { runSoak } from './soak.ts';
import { generatorWith, onlyPlain, profileWith, siteAt, withoutK6 } from './testing/with-k6.ts';

test.skipIf(withoutK6)('runs a soak in legs with a new token each and keeps earlier legs', async () => {
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
  // The clock is ahead, so that tokens of two hours expire after one and a half seconds, plus the margin.
  const now = (): number => Date.now() + (7_200 - 61.5) * 1_000;
  const order = { profile: profileWith('soak', 40, 3), mix: onlyPlain, objectives: ['bound correctly 100 %'] };
  const { results } = await runSoak(siteAt({ ...target, states }), generatorWith(), order, now);
  expect(new Set(tokens).size).toBe(2);
  expect(results.reasons.join()).toMatch(/^after 2 s: load needs the state .* no device left$/);
  expect(results).toMatchObject({ valid: false, seconds: 2, dropped: 0 });
  expect(results.requests).toBeGreaterThanOrEqual(78);
  expect(results.notes.join()).toMatch(/2 legs, each with a new token/);
  expect(results.windows.map(({ from }) => from)).toEqual([0, 1]);
});
